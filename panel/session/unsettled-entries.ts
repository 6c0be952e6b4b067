import { SYNC_WINDOW_MS } from "../../core/daily/session-tracker";
import type { CallState } from "../../core/session/call-state";
import { type Entry, placeOf } from "../../core/session/session-log";

/** So many of the latest are followed; that is hundreds of times what fits into one sync. */
const MAX_FOLLOWED = 500;

/** What was synced may still be overwritten, and what was set replaced, for two sync windows; the rest is margin. */
const SETTLED_AFTER_MS = 5 * SYNC_WINDOW_MS;

type Followed = { readonly entry: Entry; isShown: boolean };

export type UnsettledEntries = {
  /** Takes note of an entry that was just tested. */
  follow(entry: Entry, isShown: boolean): void;
  /** Tests again what may have changed. Answers the list of shown entries: another one when it is not the same any more. */
  retest(shown: Entry[], matches: (entry: Entry) => boolean): Entry[];
};

/** The latest writes whose fate is open, so that a filter for it can be right without looking at the whole log again. */
export function createUnsettledEntries(
  callOf: (callId: string) => CallState | undefined,
): UnsettledEntries {
  let followed: Followed[] = [];
  return {
    follow(entry, isShown) {
      if (isSettled(entry, callOf(entry.event.callId))) return;
      followed.push({ entry, isShown });
      if (followed.length >= 2 * MAX_FOLLOWED) followed = followed.slice(-MAX_FOLLOWED);
    },

    retest(shown, matches) {
      let list = shown;
      for (const each of followed) {
        const { entry } = each;
        if (matches(entry) === each.isShown) continue;
        each.isShown = !each.isShown;
        // Whoever follows the list by its end has to begin anew.
        if (list === shown) list = [...shown];
        const place = placeOf(list, entry.index);
        if (each.isShown) list.splice(place, 0, entry);
        else if (list[place] === entry) list.splice(place, 1);
      }
      followed = followed.filter(({ entry }) => !isSettled(entry, callOf(entry.event.callId)));
      return list;
    },
  };
}

/** Whether nothing that is said of an entry will change any more. */
export function isSettled({ event }: Entry, call: CallState | undefined): boolean {
  if (event.kind !== "method-called" || event.method === "sendAppMessage") return true;
  if (event.outcome === "threw" || !call) return true;
  const { session, userData, span } = call.history;
  const fate = session.writes.get(event.seq)?.fate ?? userData.writes.get(event.seq)?.fate;
  if (!fate || fate.kind === "queued" || fate.kind === "pending") return !fate;
  if ((session.writes.get(event.seq)?.held.size ?? 0) > 0) return false;
  return (span?.to ?? 0) - event.at > SETTLED_AFTER_MS;
}
