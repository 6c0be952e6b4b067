import type { CallEnds } from "./rule";

/** What is waited for, by a key of its own. Times are epoch ms. */
export type Waiting<T> = {
  /**
   * Waits from `at` on, or again where the key is waited for already. `since`: from when on all events have to be in
   * view, if that is earlier.
   */
  start(key: string, at: number, item: T, since?: number): void;
  /** What a key waits with. */
  get(key: string): T | undefined;
  /** It came. */
  stop(key: string): void;
  /** Nothing that is waited for can come any more. */
  clear(): void;
  /** To be called with the time of each event before it is looked at, so that what comes too late doesn't count. */
  pass(at: number): void;
  /** To be called when time has passed. */
  readonly look: (now: number) => void;
  readonly isWaiting: () => boolean;
};

type Open<T> = { readonly at: number; readonly since: number; readonly item: T };

/** A page may ask for anything any number of times: of more, the oldest are forgotten. */
const MAX_OPEN = 500;

/**
 * Tells what hasn't come within `waitMs`. Only of what the page would have shown: not where its events are missing since
 * it was asked for, nor for a time in which the page was gone.
 */
export function createWaiting<T>(
  waitMs: number,
  { own }: CallEnds,
  tell: (item: T) => void,
): Waiting<T> {
  const open = new Map<string, Open<T>>();
  /** Nothing is overdue before. */
  let dueAt = Infinity;

  function pass(at: number): void {
    if (at <= dueAt) return;
    dueAt = Infinity;
    for (const [key, each] of open) {
      const due = each.at + waitMs;
      if (at <= due) {
        dueAt = Math.min(dueAt, due);
        continue;
      }
      open.delete(key);
      if (own()?.isWholeSince(each.since) ?? true) tell(each.item);
    }
  }

  return {
    start(key, at, item, since = at) {
      open.delete(key);
      open.set(key, { at, since, item });
      dueAt = Math.min(dueAt, at + waitMs);
      if (open.size <= MAX_OPEN) return;
      for (const oldest of open.keys()) {
        open.delete(oldest);
        break;
      }
    },
    get: (key) => open.get(key)?.item,
    stop: (key) => void open.delete(key),
    clear: () => open.clear(),
    pass,
    look: (now) => pass(Math.min(now, own()?.seenUntil() ?? Infinity)),
    isWaiting: () => open.size > 0 && (own()?.seenUntil() ?? Infinity) === Infinity,
  };
}

/** Whether a call is over with an event, so that nothing can come any more. */
export const endsCall = (event: { readonly kind: string; readonly name?: string }): boolean =>
  event.kind === "daily-event" &&
  (event.name === "left-meeting" || event.name === "call-instance-destroyed");
