import { createDistribution, type Distribution } from "./distribution";
import { type Message, type Outcome, typeKey } from "./messages";
import { createRateBuckets, type RateBuckets } from "./rate-buckets";
import { createTally, type Tally } from "./tally";

/** All that was added so far; grown in place. */
export type Statistics = {
  readonly totals: Readonly<Totals>;
  readonly channels: Tally;
  readonly types: Tally;
  readonly senders: Tally;
  readonly rate: RateBuckets;
  /** The largest payloads, the largest first and of equal ones the older first. */
  readonly largest: readonly Message[];
  /** Of payloads, in characters. */
  readonly sizes: Distribution;
  /** In ms. */
  readonly synced: Distribution;
  /** In ms. */
  readonly settled: Distribution;
  add(message: Message): void;
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

/** Adds up messages, each at a cost that does not depend on how many there were before. */
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
  const largest: Message[] = [];
  const sizes = createDistribution();
  const synced = createDistribution(STEPS_PER_MS);
  const settled = createDistribution(STEPS_PER_MS);

  function rank(message: Message): void {
    const place = largest.findIndex(({ chars }) => chars < message.chars);
    if (place < 0 && largest.length >= LARGEST) return;
    largest.splice(place < 0 ? largest.length : place, 0, message);
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
    add(message) {
      const { chars } = message;
      totals.messages++;
      totals.chars += chars;
      totals[message.direction]++;
      if (message.isUnheard) totals.unheard++;
      if (message.isOverLimit) totals.overLimit++;
      const names = {
        channel: channels.add(message.channel, chars),
        type: types.add(typeKey(message), chars),
        from: senders.add(message.from, chars),
      };
      rate.add(message.at, names, chars);
      sizes.add(chars);
      rank(message);
    },
    ended(outcome) {
      if (outcome.kind === "synced") synced.add(outcome.ms);
      else if (outcome.kind === "settled") settled.add(outcome.ms);
      else totals[outcome.kind]++;
    },
  };
}
