export type ChangeSignal = {
  /** Says that something has changed. */
  readonly changed: () => void;
  /** Resolves when the condition holds, now or after a change; rejects when it throws or after the timeout. */
  until(condition: () => boolean, timeoutMs: number): Promise<void>;
};

/** Lets tests wait for a state instead of for a time. */
export function createChangeSignal(): ChangeSignal {
  const waiting = new Set<() => void>();

  return {
    changed() {
      for (const check of waiting) check();
    },
    until(condition, timeoutMs) {
      return new Promise((resolve, reject) => {
        const settle = (error?: unknown): void => {
          clearTimeout(timer);
          waiting.delete(check);
          if (error) reject(error as Error);
          else resolve();
        };
        const check = (): void => {
          try {
            if (condition()) settle();
          } catch (error) {
            settle(error);
          }
        };
        const timer = setTimeout(
          () => settle(new Error(`Not within ${timeoutMs} ms: ${condition.toString()}`)),
          timeoutMs,
        );
        waiting.add(check);
        check();
      });
    },
  };
}
