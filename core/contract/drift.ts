import type { DataChannel } from "../daily/limits";
import type { Path } from "../lib/paths";
import { countText } from "../lib/texts";
import { type Contract, idOf, shownLabel, type TypeKey } from "./contract";
import { type Departure, findDepartures } from "./departures";
import { kindsOf } from "./reading";
import { kindOf } from "./shape";
import { isWord } from "./shareable";

/** The event that a value came with, and who sent it, if Daily says so. */
export type Origin = {
  readonly seq: number;
  readonly callId: string;
  /** Epoch ms. */
  readonly at: number;
  /** A session id. */
  readonly sender?: string | undefined;
};

/** One way in which messages depart from a baseline. Grows in place. */
export type Drifted = {
  readonly kind: "new-type" | Departure["kind"];
  readonly channel: DataChannel;
  readonly label: string;
  /** Empty for a new type, and where the value itself is of another type. */
  readonly path: Path;
  /** The types that were seen there, or the words of its enum; empty for what is new. */
  readonly expected: readonly string[];
  /** What came instead, at most five different ones: types, words, or how long a text was. Empty for a missing field. */
  readonly got: string[];
  /** How many messages of the type the baseline has seen; 0 for a new one. */
  readonly learnedFrom: number;
  readonly first: Origin;
  /** How many messages do it. */
  count: number;
};

export type Drift = {
  /** Each once, in the order in which they were first seen. */
  readonly departures: readonly Drifted[];
  /** There were more than 200, and further ones were left out. */
  readonly isPartial: boolean;
  /** Compares a value that was parsed from JSON. */
  take(key: TypeKey, value: unknown, origin: Origin): void;
};

/** A departure of one value, in words that may be shown and exported. */
export type Found = Pick<Drifted, "kind" | "path" | "expected"> & {
  readonly got: string | undefined;
};

const MAX_DEPARTURES = 200;
const MAX_GOT = 5;

/** Tells how later messages depart from a baseline, which must not learn in the meantime. */
export function createDrift(baseline: Contract): Drift {
  const known = new Map<string, Drifted>();
  const departures: Drifted[] = [];
  let isPartial = false;

  function drifted(key: TypeKey, found: Found, origin: Origin): Drifted | undefined {
    const { kind, path, expected } = found;
    const id = JSON.stringify([idOf(key), kind, path]);
    const before = known.get(id);
    if (before) return before;
    if (departures.length >= MAX_DEPARTURES) {
      isPartial = true;
      return undefined;
    }
    const learnedFrom = baseline.types.get(idOf(key))?.count ?? 0;
    const { channel } = key;
    const label = shownLabel(key);
    const first = { ...origin };
    const made = { kind, channel, label, path, expected, got: [], learnedFrom, first, count: 0 };
    known.set(id, made);
    departures.push(made);
    return made;
  }

  return {
    departures,
    get isPartial() {
      return isPartial;
    },
    take(key, value, origin) {
      // A message may depart in the same way at several places.
      const inMessage = new Set<Drifted>();
      const note = (found: Found): void => {
        const departure = drifted(key, found, origin);
        if (!departure) return;
        const { got } = departure;
        if (found.got !== undefined && got.length < MAX_GOT && !got.includes(found.got))
          got.push(found.got);
        inMessage.add(departure);
      };
      foundIn(baseline, key, value, note);
      for (const each of inMessage) each.count++;
    },
  };
}

/** Tells each departure of a value from a baseline. */
export function foundIn(
  baseline: Contract,
  key: TypeKey,
  value: unknown,
  tell: (found: Found) => void,
): void {
  const type = baseline.types.get(idOf(key));
  if (type) findDepartures(type.shape, value, (each) => tell(inWords(each)));
  // One that has not all types can't tell which are new.
  else if (!baseline.isPartial)
    tell({ kind: "new-type", path: [], expected: [], got: kindOf(value) });
}

/** Of texts, only those that are words of a protocol. */
function inWords(departure: Departure): Found {
  const { kind, path } = departure;
  switch (kind) {
    case "new-field":
      return { kind, path, expected: [], got: kindOf(departure.value) };
    case "missing-field":
      return { kind, path, expected: kindsOf(departure.field), got: undefined };
    case "other-type":
      return { kind, path, expected: departure.expected, got: departure.got };
    case "outside-enum":
      return { kind, path, expected: departure.expected, got: masked(departure.got) };
  }
}

const masked = (text: string): string =>
  isWord(text) ? text : `text of ${countText(text.length)} characters`;
