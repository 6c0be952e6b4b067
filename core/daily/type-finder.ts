import type { Path } from "../lib/paths";
import { namesType, typeAt, type TypePath } from "./message-type";

/** A place that may name the type of an app's messages. */
type TypeCandidate = {
  readonly path: TypePath;
  /** The share of the messages that have a name there, from 0 to 1. */
  readonly share: number;
  /** Different names there, and the first of them. */
  readonly count: number;
  readonly examples: readonly string[];
};

/** Finds out where the messages of an app name their type. */
export type TypeFinder = {
  /** Learns from the data of an own message of the app: not from those of known protocols. */
  learn(data: unknown): void;
  /**
   * The place that names the type of nearly all messages; undefined while too few were seen, or where no place does. One
   * that was found stays until another is clearly better.
   */
  path(): TypePath | undefined;
  /** Places that could, the likeliest first: for a choice. */
  candidates(): readonly TypeCandidate[];
};

/** Before this many messages nothing is sure. */
const MIN_MESSAGES = 8;
/** After this many there is nothing more to learn. */
const MAX_MESSAGES = 5_000;
/** What is kept is bound: places, different values of each, and shapes of messages with one value. */
const MAX_PLACES = 64;
const MAX_NAMES = 64;
const MAX_SHAPES = 12;
const MAX_EXAMPLES = 6;

/** So many messages have to have a name at the place. */
const MIN_SHARE = 0.8;
/** How much better another place has to be than the one that was found. */
const MARGIN = 0.2;

const NAME = /^[\p{L}_$][\p{L}\p{N}_$.:/-]{0,59}$/u;

/** Fields that name a type only together. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["message_type", "event_type"],
  ["label", "type"],
  ["namespace", "type"],
  ["scope", "type"],
  ["channel", "type"],
  ["topic", "type"],
  ["type", "kind"],
  ["type", "event"],
  ["type", "action"],
  ["kind", "action"],
  ["event", "action"],
];

type Place = {
  readonly path: TypePath;
  /** Messages that have a name there. */
  count: number;
  /** Whether it has too many different values to be names. */
  isFree: boolean;
  /** The shapes of the messages of each name. */
  readonly shapes: Map<string, Set<string>>;
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Learns where an app has the type of its messages. A place that names it has few different values, and messages with
 * one value look alike: that tells `type` from a sender's name, a room or a text.
 */
export function createTypeFinder(): TypeFinder {
  const places = new Map<string, Place>();
  const shapes = new Set<string>();
  let messages = 0;
  let found: { readonly of: number; readonly place: Place | undefined } | undefined;

  function note(path: TypePath, name: string, shape: string): void {
    const key = JSON.stringify(path);
    let place = places.get(key);
    if (!place) {
      if (places.size >= MAX_PLACES) makeRoom();
      if (places.size >= MAX_PLACES) return;
      places.set(key, (place = { path, count: 0, isFree: false, shapes: new Map() }));
    }
    place.count++;
    if (place.isFree) return;
    const known = place.shapes.get(name);
    if (known) {
      if (known.size < MAX_SHAPES) known.add(shape);
      return;
    }
    if (place.shapes.size < MAX_NAMES) {
      place.shapes.set(name, new Set([shape]));
      return;
    }
    place.isFree = true;
    place.shapes.clear();
  }

  /** Forgets the places that most messages don't have: ids as keys, for instance. */
  function makeRoom(): void {
    for (const [key, { count }] of places) if (count < messages / 2) places.delete(key);
  }

  /** How well a place names the type; undefined where it does not. */
  function scoreOf({ path, count, isFree, shapes: byName }: Place): number | undefined {
    const names = byName.size;
    if (isFree || count < MIN_SHARE * messages || names > Math.max(3, count / 3)) return undefined;
    let pairs = 0;
    for (const { size } of byName.values()) pairs += size;
    const alike = names / pairs;
    const tells = shapes.size > 1 && names > 1;
    const isNamed = path.every(isTypeName);
    // Of a field with any name it takes more to believe it: people have names, too, and each their own role.
    if (!isNamed && (!tells || names < 3 || alike < 0.75)) return undefined;
    const depth = Math.max(...path.map(({ length }) => length));
    return (
      alike +
      (isNamed ? 0.5 : 0) +
      (names > 1 ? 0.2 : 0) +
      (tells ? 0.03 * Math.min(10, names) : 0) -
      0.05 * (depth - 1) -
      0.02 * rankOf(path) -
      // Two fields only where they tell more than one.
      0.25 * (path.length - 1)
    );
  }

  function ranked(): { place: Place; score: number }[] {
    return [...places.values()]
      .flatMap((place) => {
        const score = scoreOf(place);
        return score === undefined ? [] : [{ place, score }];
      })
      .sort((a, b) => b.score - a.score);
  }

  return {
    learn(data) {
      const message = inside(data);
      if (!isFields(message) || messages >= MAX_MESSAGES) return;
      messages++;
      const shape = shapeOf(message);
      if (shapes.size < MAX_NAMES) shapes.add(shape);
      for (const path of namesIn(message)) {
        const name = typeAt(message, [path]);
        if (name !== undefined) note([path], name, shape);
      }
      for (const pair of PAIRS) {
        const path = pair.map((field) => [field]);
        const name = typeAt(message, path);
        if (name !== undefined) note(path, name, shape);
      }
    },
    path() {
      if (messages < MIN_MESSAGES) return undefined;
      if (found?.of !== messages) {
        const [best] = ranked();
        const before = found?.place && scoreOf(found.place);
        const isStill = before !== undefined && best && best.score < before + MARGIN;
        found = { of: messages, place: isStill ? found?.place : best?.place };
      }
      return found.place?.path;
    },
    candidates: () =>
      ranked().map(({ place: { path, count, shapes: byName } }) => ({
        path,
        share: count / messages,
        count: byName.size,
        examples: [...byName.keys()].slice(0, MAX_EXAMPLES),
      })),
  };
}

/** JSON text inside a string is read once, as everywhere. */
function inside(data: unknown): unknown {
  if (typeof data !== "string" || !/^\s*\{/.test(data)) return data;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}

/** More fields than this aren't looked at. */
const MAX_FIELDS = 24;

/** The places of a message, at the top and one level down, that hold something like a name. */
function namesIn(message: Fields): Path[] {
  const paths: Path[] = [];
  for (const [field, value] of Object.entries(message).slice(0, MAX_FIELDS)) {
    if (typeof value === "string" && NAME.test(value)) paths.push([field]);
    if (!isFields(value)) continue;
    for (const [inner, each] of Object.entries(value).slice(0, MAX_FIELDS))
      if (typeof each === "string" && NAME.test(each)) paths.push([field, inner]);
  }
  return paths;
}

/** What a message looks like: its fields and the types of their values, those one level down among them. */
const shapeOf = (message: Fields, depth = 0): string =>
  Object.entries(message)
    .slice(0, MAX_FIELDS)
    .map(([field, value]) => {
      if (depth === 0 && isFields(value)) return `${field}{${shapeOf(value, 1)}}`;
      return `${field}:${Array.isArray(value) ? "list" : value === null ? "null" : typeof value}`;
    })
    .sort()
    .join();

const COMMON = ["type", "kind", "event", "action", "event_type", "cmd", "command", "op", "t"];

const isTypeName = (path: Path): boolean => {
  const name = path.at(-1);
  return typeof name === "string" && (namesType(name) || COMMON.includes(name) || isPairName(name));
};

const isPairName = (name: string): boolean => PAIRS.some(([first]) => first === name);

/** How common a name is: the lower the more. */
const rankOf = (path: TypePath): number => {
  const place = COMMON.indexOf(String(path[0]?.at(-1)));
  return place < 0 ? COMMON.length : place;
};
