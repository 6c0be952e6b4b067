import type { Entry } from "../session/session-log";
import type { ProtocolMessage } from "./message";

/** Numbers that never came. */
export type SequenceGap = {
  /** The first number that is missing, and the last. Some in between may have come late. */
  readonly from: number;
  readonly to: number;
  /** How many of them are missing still. */
  readonly missing: number;
  /** The event after the gap. */
  readonly entry: Entry;
  /** Epoch ms. */
  readonly at: number;
};

/** A message that came after one with a higher number. */
type Reorder = {
  readonly number: number;
  /** The highest number that had come before it. */
  readonly after: number;
  readonly entry: Entry;
  readonly at: number;
};

export type Sequences = {
  /** Takes in a message, in the order of arrival. Those without a number are skipped. */
  take(message: ProtocolMessage): void;
  /** Gaps that aren't filled, the latest 1,000. */
  gaps(): readonly SequenceGap[];
  /** The latest 1,000. */
  reorders(): readonly Reorder[];
  revision(): number;
};

const MAX_KEPT = 1_000;
/** A jump by more than this isn't a loss, but another count. */
const MAX_GAP = 10_000;

type GapDraft = { -readonly [K in keyof SequenceGap]: SequenceGap[K] } & {
  readonly key: string;
  readonly late: Set<number>;
};

/** Follows the numbers that messages of a protocol have: of each that counts, from the first that was seen. */
export function createSequences(): Sequences {
  const highest = new Map<string, number>();
  let gaps: GapDraft[] = [];
  let reorders: Reorder[] = [];
  let revision = 0;

  function takeLate(key: string, number: number, after: number, entry: Entry, at: number): void {
    const gap = gaps.findLast(
      (each) => each.key === key && number >= each.from && number <= each.to,
    );
    // The same number twice, or from before the first: nothing was overtaken for sure.
    if (!gap || gap.late.has(number)) return;
    gap.late.add(number);
    gap.missing--;
    if (gap.missing === 0) gaps = gaps.filter((each) => each !== gap);
    reorders = [...reorders, { number, after, entry, at }].slice(-MAX_KEPT);
    revision++;
  }

  return {
    take({ decoded, direction, from, entry, at }) {
      const { seq } = decoded;
      if (!seq || direction === "out" || !Number.isSafeInteger(seq.number)) return;
      const key = `${seq.key} ${from}`;
      const { number } = seq;
      const before = highest.get(key);
      if (before !== undefined && number <= before && before - number <= MAX_GAP) {
        takeLate(key, number, before, entry, at);
        return;
      }
      highest.set(key, number);
      const missing = before === undefined ? 0 : number - before - 1;
      if (missing <= 0 || missing > MAX_GAP || before === undefined) return;
      const gap = {
        key,
        from: before + 1,
        to: number - 1,
        missing,
        entry,
        at,
        late: new Set<number>(),
      };
      gaps = [...gaps, gap].slice(-MAX_KEPT);
      revision++;
    },
    gaps: () => gaps,
    reorders: () => reorders,
    revision: () => revision,
  };
}
