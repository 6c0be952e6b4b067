/**
 * The state in which daily-js looks for media tracks whenever a participant changes (read in daily-js 0.40.0 to 0.92.2):
 * of a remote participant it takes the newest stream of theirs whose pending track is of the kind that it looks for.
 */
type MediaState = {
  readonly local: { readonly streams: object; readonly public: object };
  readonly participants: object;
  readonly streams: Readonly<Record<string, Stream>>;
};

type Stream = {
  readonly participantId: string;
  readonly type: "cam";
  readonly pendingTrack: MediaStreamTrack;
  readonly starttime: string;
};

export type MediaStore = {
  /** What daily-js gets hold of. */
  readonly store: { getState(): MediaState };
  /** Gives a remote participant an audio track, which is silent. */
  addVoice(sessionId: string): void;
  removeVoice(sessionId: string): void;
  /** Removes every voice. */
  readonly clear: () => void;
};

/** The media of one call: none but the voices that the room says are there. */
export function createMediaStore(): MediaStore {
  const voices = new Map<string, { readonly stream: Stream; readonly context: AudioContext }>();

  function removeVoice(sessionId: string): void {
    const voice = voices.get(sessionId);
    voices.delete(sessionId);
    voice?.stream.pendingTrack.stop();
    void voice?.context.close();
  }

  return {
    store: {
      getState: () => ({
        local: { streams: {}, public: {} },
        participants: {},
        streams: Object.fromEntries([...voices].map(([id, { stream }]) => [id, stream])),
      }),
    },
    addVoice(sessionId) {
      removeVoice(sessionId);
      const context = new AudioContext();
      const [pendingTrack] = context.createMediaStreamDestination().stream.getAudioTracks();
      if (!pendingTrack) return;
      const starttime = new Date().toISOString();
      const stream: Stream = { participantId: sessionId, type: "cam", pendingTrack, starttime };
      voices.set(sessionId, { stream, context });
    },
    removeVoice,
    clear() {
      for (const sessionId of voices.keys()) removeVoice(sessionId);
    },
  };
}
