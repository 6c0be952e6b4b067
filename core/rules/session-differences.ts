import type { SessionVersion } from "../daily/session-write";
import { readSessionData } from "../daily/session-write";
import type { End } from "../delivery/ends";
import { sameJson } from "../lib/json";

/** Two pages get the same state a moment apart. So much longer is more than the way takes: our own choice. */
export const DIFFERS_MS = 5_000;
/** Events of other pages come to the panel later than they happen. */
const BEHIND_MS = 1_000;
/** A page has the state of its call at about its join. */
const AROUND_JOIN_MS = 1_000;

/** Two pages held different session data for longer than `DIFFERS_MS`. */
export type Difference = {
  /** When they began to, in epoch ms. */
  readonly at: number;
  /** Session id that the other page had. */
  readonly id: string;
  readonly ours: SessionVersion;
  readonly theirs: SessionVersion;
};

type Held = { readonly version: SessionVersion; readonly isTheirs: boolean };

/**
 * Compares the session data of two calls over time, each version once. What it says of a stretch of time depends on
 * nothing that comes later, so that it is the same live and in a recording.
 */
export function createDifferenceWatch() {
  let [ours, theirs]: (SessionVersion | undefined)[] = [];
  let since: number | undefined;
  let isTold = false;

  /** The first time that both were in the call and held different data for long enough, until a moment. */
  function differenceUntil(until: number, own: End, other: End): Difference | undefined {
    if (!ours || !theirs || since === undefined || isTold) return undefined;
    for (const ourStay of staysOf(own))
      for (const stay of staysOf(other)) {
        const isFresh =
          ours.at >= ourStay.fromAt - AROUND_JOIN_MS && theirs.at >= stay.fromAt - AROUND_JOIN_MS;
        const from = Math.max(since, ourStay.fromAt, stay.fromAt);
        const to = Math.min(until, ourStay.toAt, stay.toAt);
        if (isFresh && to - from > DIFFERS_MS) return { at: from, id: stay.id, ours, theirs };
      }
    return undefined;
  }

  function hold({ version, isTheirs }: Held): void {
    if (isTheirs) theirs = version;
    else ours = version;
    if (!ours || !theirs || isSame(ours, theirs)) {
      since = undefined;
      isTold = false;
    } else since ??= version.at;
  }

  return {
    /** Whether they differ, and that may become too long. */
    isOpen: () => since !== undefined && !isTold,
    /** What shows by now (epoch ms), as far as both pages are in view. */
    advance(own: End, other: End, now: number): Difference[] {
      const found: Difference[] = [];
      const end = Math.min(now - BEHIND_MS, own.seenUntil(), other.seenUntil());

      function look(until: number): void {
        const difference = differenceUntil(until, own, other);
        if (!difference) return;
        isTold = true;
        const first = Math.min(difference.ours.at, difference.theirs.at);
        if (own.isWholeSince(first) && other.isWholeSince(first)) found.push(difference);
      }

      for (const held of newVersions(own, ours, other, theirs)) {
        if (held.version.at > end) break;
        look(held.version.at);
        hold(held);
      }
      look(end);
      return found;
    },
  };
}

/** What two calls got since the versions that are known of them, by time. */
function newVersions(
  own: End,
  ours: SessionVersion | undefined,
  other: End,
  theirs: SessionVersion | undefined,
): Held[] {
  const since = (end: End, known: SessionVersion | undefined, isTheirs: boolean): Held[] => {
    const { versions } = end.history.session;
    const first = known ? versions.findLastIndex(({ seq }) => seq <= known.seq) + 1 : 0;
    return versions.slice(first).map((version) => ({ version, isTheirs }));
  };
  return [...since(own, ours, false), ...since(other, theirs, true)].sort(
    (a, b) => a.version.at - b.version.at,
  );
}

/** When the page of a call was in the call, and as whom. */
const staysOf = ({ history }: End) =>
  [...history.people.people.values()]
    .filter(({ participant }) => participant.local)
    .flatMap(({ sessionId, stays }) =>
      stays.map(({ fromAt, toAt = Infinity }) => ({ id: sessionId, fromAt, toAt })),
    );

/** Daily may write the same data in another order; what can't be read is never said to differ. */
function isSame(a: SessionVersion, b: SessionVersion): boolean {
  if (a.payload.json === b.payload.json || a.payload.problem || b.payload.problem) return true;
  return sameJson(readSessionData(a.payload), readSessionData(b.payload));
}
