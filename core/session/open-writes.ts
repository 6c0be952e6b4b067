import { SYNC_WINDOW_MS } from "../daily/session-tracker";
import type { CallState } from "./call-state";
import type { Entry } from "./session-log";

/** What was synced may still be overwritten, and what was set replaced, for two sync windows; the rest is margin. */
const SETTLED_AFTER_MS = 5 * SYNC_WINDOW_MS;

/** So many of the latest are followed, so that a flood costs no more; that is hundreds of times what fits into one sync. */
const MOST = 2_000;

type Open<T> = { readonly entry: Entry; known: T };

/** Writes of which something may still become, each with what was known of it last. */
export type OpenWrites<T> = {
  /** Notes an entry that was just looked at, if it is such a write. */
  follow(entry: Entry, known: T): void;
  /** Looks at each again: `look` returns what is known of it now. Settled ones are looked at a last time. */
  recheck(look: (entry: Entry, known: T) => T): void;
  /** Forgets those that fail a test. */
  keep(test: (entry: Entry) => boolean): void;
};

/** Of messages there are more: as many as a busy room sends while any of them is expected to arrive. */
export const MOST_MESSAGES = 10_000;

/** A write gets its fate only from what comes after it: whatever was said of one has to be looked at again until then. */
export function createOpenWrites<T>(
  callOf: (callId: string) => CallState | undefined,
  most = MOST,
  /** Whether something that isn't the fate of a write is open about an entry. */
  isOtherwiseOpen: (entry: Entry) => boolean = () => false,
): OpenWrites<T> {
  let open: Open<T>[] = [];
  const isOpen = ({ entry }: Open<T>) =>
    isOtherwiseOpen(entry) || !isSettled(entry, callOf(entry.event.callId));
  return {
    follow(entry, known) {
      const write = { entry, known };
      if (!isOpen(write)) return;
      open.push(write);
      if (open.length >= 2 * most) open = open.slice(-most);
    },
    recheck(look) {
      if (open.length === 0) return;
      for (const each of open) each.known = look(each.entry, each.known);
      open = open.filter(isOpen);
    },
    keep: (test) => void (open = open.filter(({ entry }) => test(entry))),
  };
}

/** Whether nothing that is said of an entry will change any more. */
function isSettled({ event }: Entry, call: CallState | undefined): boolean {
  if (event.kind !== "method-called" || event.method === "sendAppMessage") return true;
  if (event.outcome === "threw" || !call) return true;
  const { session, userData, span } = call.history;
  const fate = session.writes.get(event.seq)?.fate ?? userData.writes.get(event.seq)?.fate;
  if (!fate || fate.kind === "queued" || fate.kind === "pending") return !fate;
  if ((session.writes.get(event.seq)?.held.size ?? 0) > 0) return false;
  return (span?.to ?? 0) - event.at > SETTLED_AFTER_MS;
}
