export type Clock = {
  /** Milliseconds since some fixed time. */
  now(): number;
  /** Does something after a while. */
  after(delayMs: number, act: () => void): void;
};

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  after: (delayMs, act) => void setTimeout(act, delayMs),
};
