import { createDistribution, type Distribution } from "./distribution";
import type { DataChannel } from "../../core/daily/limits";
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
  /** What it names itself, or the method or event. Types of two channels may read the same: see `typeKey`. */
  readonly type: string;
  /** Who sent it: the same text for the same sender. */
  readonly from: string;
  /** Characters (UTF-16 units) of the payload's JSON: what daily-js counts. */
  readonly chars: number;
  /** Arrived when nobody listened. */
  readonly isUnheard: boolean;
  /** Larger than its channel allows: daily-js refuses it. */
  readonly isOverLimit: boolean;
};

/** A type as a pair of its channel and its name, in a text. */
const typeKey = ({ channel, type }: Pick<MessageFact, "channel" | "type">): string =>
  `${channel} ${type}`;

/** The pair that a key stands for. */
export function readTypeKey(key: string): Pick<MessageFact, "channel" | "type"> {
  const at = key.indexOf(" ");
  return { channel: key.slice(0, at) as DataChannel, type: key.slice(at + 1) };
}

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
  /** Of payloads, in characters. */
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
  chars: number;
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
    chars: 0,
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
    const place = largest.findIndex(({ chars }) => chars < fact.chars);
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
      const { chars } = fact;
      totals.messages++;
      totals.chars += chars;
      totals[fact.direction]++;
      if (fact.isUnheard) totals.unheard++;
      if (fact.isOverLimit) totals.overLimit++;
      const names = {
        channel: channels.add(fact.channel, chars),
        type: types.add(typeKey(fact), chars),
        from: senders.add(fact.from, chars),
      };
      rate.add(fact.at, names, chars);
      sizes.add(chars);
      rank(fact);
    },
    ended(outcome) {
      if (outcome.kind === "synced") synced.add(outcome.ms);
      else if (outcome.kind === "settled") settled.add(outcome.ms);
      else totals[outcome.kind]++;
    },
  };
}
