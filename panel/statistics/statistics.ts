import { createDistribution, type Distribution } from "../../core/lib/distribution";
import { type Message, type Outcome, typeKey } from "./messages";

/** So many messages, and the characters (UTF-16 units) of their payloads. */
type Count = { readonly messages: number; readonly chars: number };

/** What is shown of a count. */
export type Measure = keyof Count;

type Mutable = { -readonly [K in keyof Count]: Count[K] };

/** The name under which everything is counted that came after too many names. Nothing else is called so. */
export const REST = "\u0000rest";

/** More different names than anyone reads. An app that puts an id into its types must not fill the memory. */
const MAX_NAMES = 1_000;

/** Counts by name. */
export type Tally = {
  readonly counts: ReadonlyMap<string, Count>;
  /** Counts one message, and returns the name that it went under. */
  add(name: string, chars: number): string;
};

export function createTally(): Tally {
  const counts = new Map<string, Mutable>();
  return {
    counts,
    add(name, chars) {
      const own = counts.has(name) || counts.size < MAX_NAMES ? name : REST;
      addTo(counts, own, 1, chars);
      return own;
    },
  };
}

/** Adds to the count of a key, which need not be there yet. */
function addTo<K>(counts: Map<K, Mutable>, key: K, messages: number, chars: number): Count {
  const count = counts.get(key);
  if (!count) {
    const first = { messages, chars };
    counts.set(key, first);
    return first;
  }
  count.messages += messages;
  count.chars += chars;
  return count;
}

/** The names with the highest counts, the highest first and equal ones in the order of their first message. */
export function topNames(
  counts: ReadonlyMap<string, Count>,
  measure: Measure,
  limit: number,
): string[] {
  return [...counts]
    .filter(([name]) => name !== REST)
    .sort(([, a], [, b]) => b[measure] - a[measure])
    .slice(0, limit)
    .map(([name]) => name);
}

/** What messages are told apart by over time. */
export type Dimension = "channel" | "type" | "from";
export const DIMENSIONS: readonly Dimension[] = ["channel", "type", "from"];

type Names = { readonly [D in Dimension]: string };
type Counts = Map<string, { messages: number; chars: number }>;
type Bucket = { readonly [D in Dimension]: Counts };

/** One line of a chart: what is counted, and its count in each bucket. */
type RateLine = { readonly name: string; readonly counts: readonly number[] };

export type RateSeries = {
  /** Start of each bucket in epoch ms; they follow each other without a gap. */
  readonly starts: readonly number[];
  readonly widthMs: number;
  /** In the order of the names asked for; what belongs to none of them is the last, under `REST`, if there is any. */
  readonly lines: readonly RateLine[];
};

type RateBuckets = {
  add(at: number, names: Names, chars: number): void;
  /** The most in any whole second of the clock, for messages and chars each. */
  readonly peak: Count;
  /** What fell into the full second that began at `second`, in seconds since the epoch. */
  inSecond(second: number): Count;
  /** From the first to the last message, in epoch ms. */
  readonly span: { readonly from: number; readonly to: number } | undefined;
  /** Counts between two moments (epoch ms) in at most `maxBuckets` buckets of 1, 2, 4, … seconds. */
  read(wanted: {
    readonly by: Dimension;
    readonly names: readonly string[];
    readonly measure: Measure;
    readonly from: number;
    readonly to: number;
    readonly maxBuckets: number;
  }): RateSeries;
};

const MAX_BUCKETS = 300;
const NONE: Count = { messages: 0, chars: 0 };

/** Counts messages over time: by the second, and by coarser buckets as the time that they cover grows. */
export function createRateBuckets(): RateBuckets {
  const seconds = new Map<number, { messages: number; chars: number }>();
  let buckets = new Map<number, Bucket>();
  /** In seconds; a bucket begins at a multiple of it. */
  let width = 1;
  let span: { from: number; to: number } | undefined;
  const peak = { messages: 0, chars: 0 };

  function widen(): void {
    const before = width;
    width = widthFor(span ?? { from: 0, to: 0 }, width, MAX_BUCKETS);
    if (width === before) return;
    const narrow = buckets;
    buckets = new Map();
    for (const [index, bucket] of narrow) {
      const wide = bucketAt(Math.floor((index * before) / width));
      for (const dimension of DIMENSIONS)
        for (const [name, { messages, chars }] of bucket[dimension])
          addTo(wide[dimension], name, messages, chars);
    }
  }

  function bucketAt(index: number): Bucket {
    let bucket = buckets.get(index);
    if (!bucket) {
      bucket = { channel: new Map(), type: new Map(), from: new Map() };
      buckets.set(index, bucket);
    }
    return bucket;
  }

  return {
    add(at, names, chars) {
      span = span
        ? { from: Math.min(span.from, at), to: Math.max(span.to, at) }
        : { from: at, to: at };
      widen();
      const bucket = bucketAt(Math.floor(at / 1_000 / width));
      for (const dimension of DIMENSIONS) addTo(bucket[dimension], names[dimension], 1, chars);
      const second = addTo(seconds, Math.floor(at / 1_000), 1, chars);
      peak.messages = Math.max(peak.messages, second.messages);
      peak.chars = Math.max(peak.chars, second.chars);
    },
    peak,
    inSecond: (second) => seconds.get(second) ?? NONE,
    get span() {
      return span;
    },
    read({ by, names, measure, from, to, maxBuckets }) {
      const wide = widthFor({ from, to }, width, Math.max(2, maxBuckets));
      const first = Math.floor(from / 1_000 / wide);
      const length = Math.floor(to / 1_000 / wide) - first + 1;
      const lines = [...names, REST].map((name) => ({
        name,
        counts: Array.from({ length }, () => 0),
      }));
      const lineOf = new Map(lines.map((line) => [line.name, line.counts]));
      const rest = lineOf.get(REST) as number[];
      for (const [index, bucket] of buckets) {
        const place = Math.floor((index * width) / wide) - first;
        if (place < 0 || place >= length) continue;
        for (const [name, count] of bucket[by]) {
          const counts = lineOf.get(name) ?? rest;
          counts[place] = (counts[place] ?? 0) + count[measure];
        }
      }
      if (rest.every((count) => count === 0)) lines.pop();
      return {
        starts: Array.from({ length }, (_, place) => (first + place) * wide * 1_000),
        widthMs: wide * 1_000,
        lines,
      };
    },
  };
}

/** The narrowest width in seconds, doubled from `width`, with which a span needs no more than so many buckets. */
function widthFor({ from, to }: { from: number; to: number }, width: number, max: number): number {
  let wide = width;
  const needed = () => Math.floor(to / 1_000 / wide) - Math.floor(from / 1_000 / wide) + 1;
  while (needed() > max) wide *= 2;
  return wide;
}

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
