import { createRandom } from "../room/random";

export type Schedule = {
  /** Does something after a while, unless stopped before. */
  after(delayMs: number, act: () => void): void;
  /** Does something again and again, each time after a span between the two. */
  every(span: readonly [shortestMs: number, longestMs: number], act: () => void): void;
  between(from: number, to: number): number;
  /** One of the items; undefined when there is none. */
  pick<T>(items: readonly T[]): T | undefined;
  stop(): void;
};

/** Timers and chance for a show that goes the same way for the same seed, as far as the clock allows. */
export function createSchedule(seed: number): Schedule {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const random = createRandom(seed);
  let isStopped = false;

  const schedule: Schedule = {
    after(delayMs, act) {
      if (isStopped) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        act();
      }, delayMs);
      timers.add(timer);
    },
    every(span, act) {
      schedule.after(schedule.between(...span), () => {
        act();
        schedule.every(span, act);
      });
    },
    between: (from, to) => from + random() * (to - from),
    pick: (items) => items[Math.floor(random() * items.length)],
    stop() {
      isStopped = true;
      timers.forEach((timer) => clearTimeout(timer));
      timers.clear();
    },
  };
  return schedule;
}
