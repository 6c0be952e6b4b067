import { createDistribution, type Distribution } from "./distribution";
import type { DataChannel } from "./limits";
import { createRateBuckets, type RateBuckets } from "./rate-buckets";
import { createTally, type Tally } from "./tally";

/** A call of one of the three methods, or one of their events arriving: what statistics need to know of it. */
export type MessageFact = {
  readonly callId: string;
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  readonly channel: DataChannel;
  readonly direction: "out" | "in";
  readonly type: string;
  /** Who sent it: the same text for the same sender. */
  readonly from: string;
  /** UTF-8 bytes of the payload's JSON. */
  readonly bytes: number;
  /** Arrived when nobody listened. */
  readonly isUnheard: boolean;
  /** Larger than its channel allows: daily-js refuses it. */
  readonly isOverLimit: boolean;
};

/** What became of a call in the end. */
export type Outcome =
  | { readonly kind: "refused" | "failed" }
  /** Session data: a state of the room had it after so many ms. */
  | { readonly kind: "synced"; readonly ms: number }
  /** User data: the promise of a value that was set in a call settled after so many ms. */
  | { readonly kind: "settled"; readonly ms: number };

/** All that was added so far; grown in place. */
export type Statistics = {
  readonly totals: Readonly<Totals>;
  readonly channels: Tally;
  readonly types: Tally;
  readonly senders: Tally;
  readonly rate: RateBuckets;
  /** The largest payloads, the largest first and of equal ones the older first. */
  readonly largest: readonly MessageFact[];
  /** Of payloads, in bytes. */
  readonly sizes: Distribution;
  /** In ms. */
  readonly synced: Distribution;
  /** In ms. */
  readonly settled: Distribution;
  add(fact: MessageFact): void;
  ended(outcome: Outcome): void;
};

type Totals = {
  messages: number;
  bytes: number;
  out: number;
  in: number;
  unheard: number;
  overLimit: number;
  refused: number;
  /** Session data that daily-js took and the room could not store. */
  failed: number;
};

/** Twice what is shown: half of them may be the echo of the other half. */
const LARGEST = 20;
/** Chromium gives times to a tenth of a millisecond at best where a page is not isolated. */
const STEPS_PER_MS = 10;

/** Adds up facts, each at a cost that does not depend on how many there were before. */
export function createStatistics(): Statistics {
  const totals: Totals = {
    messages: 0,
    bytes: 0,
    out: 0,
    in: 0,
    unheard: 0,
    overLimit: 0,
    refused: 0,
    failed: 0,
  };
  const channels = createTally();
  const types = createTally();
  const senders = createTally();
  const rate = createRateBuckets();
  const largest: MessageFact[] = [];
  const sizes = createDistribution();
  const synced = createDistribution(STEPS_PER_MS);
  const settled = createDistribution(STEPS_PER_MS);

  function rank(fact: MessageFact): void {
    const place = largest.findIndex(({ bytes }) => bytes < fact.bytes);
    if (place < 0 && largest.length >= LARGEST) return;
    largest.splice(place < 0 ? largest.length : place, 0, fact);
    largest.length = Math.min(largest.length, LARGEST);
  }

  return {
    totals,
    channels,
    types,
    senders,
    rate,
    largest,
    sizes,
    synced,
    settled,
    add(fact) {
      const { bytes } = fact;
      totals.messages++;
      totals.bytes += bytes;
      totals[fact.direction]++;
      if (fact.isUnheard) totals.unheard++;
      if (fact.isOverLimit) totals.overLimit++;
      const names = {
        channel: channels.add(fact.channel, bytes),
        type: types.add(fact.type, bytes),
        from: senders.add(fact.from, bytes),
      };
      rate.add(fact.at, names, bytes);
      sizes.add(bytes);
      rank(fact);
    },
    ended(outcome) {
      if (outcome.kind === "synced") synced.add(outcome.ms);
      else if (outcome.kind === "settled") settled.add(outcome.ms);
      else totals[outcome.kind]++;
    },
  };
}
