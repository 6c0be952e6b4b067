/** The state in which daily-js looks for media tracks whenever a participant changes. There never are any. */
export const store = {
  getState: () => ({ local: { streams: {}, public: {} }, participants: {}, streams: {} }),
};
