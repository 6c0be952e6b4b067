const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export type Interruption = {
  /** Resolves when somebody presses Ctrl+C or asks the process to end. */
  readonly happened: Promise<void>;
  /**
   * Takes away what others have put onto these signals since: Playwright would end the process before the browser's
   * profile is gone and the server closed. What was there before stays, such as the handler by which tsx follows.
   */
  takeOver(): void;
};

/** Watches for the end that comes from outside. */
export function watchForInterruption(): Interruption {
  let interrupt: () => void;
  const happened = new Promise<void>((resolve) => (interrupt = resolve));
  const own = SIGNALS.map((signal) => {
    // For good, not once: a second signal would end the process in the middle of its cleaning up.
    process.on(signal, interrupt);
    return { signal, before: new Set(process.listeners(signal)) };
  });

  return {
    happened,
    takeOver() {
      for (const { signal, before } of own) {
        for (const listener of process.listeners(signal)) {
          if (!before.has(listener)) process.off(signal, listener);
        }
      }
    },
  };
}
