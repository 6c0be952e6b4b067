/** How a local room behaves. The delays are invented: they give tests and the demo the shape of Daily's, not its timing. */
export type RoomSettings = {
  /** Port of the server; 0 picks a free one. Read once, at start. */
  port: number;
  /**
   * How long the others wait for a participant's user data. Invented: Daily documents "eventual consistency" and no
   * number (docs.daily.co/reference/daily-js/instance-methods/set-user-data).
   */
  userDataDelayMs: number;
  /**
   * How long session data updates are collected before one flush. Invented after the documented "about once a second"
   * (docs.daily.co/reference/daily-js/instance-methods/set-meeting-session-data).
   */
  sessionDataWindowMs: number;
  /** Sent to daily-js at join, which otherwise allows 4096 characters (daily-js 0.92.2). */
  maxAppMessageSize?: number;
};

export const DEFAULT_SETTINGS: RoomSettings = {
  port: 0,
  userDataDelayMs: 200,
  sessionDataWindowMs: 1000,
};
