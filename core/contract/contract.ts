import type { DataChannel } from "../daily/limits";
import { createDistribution, type Distribution } from "../lib/distribution";
import { valueAt } from "../lib/paths";
import {
  createShape,
  include,
  isPartialShape,
  learn,
  MAX_FIELDS,
  type Room,
  type Shape,
  type TypeText,
} from "./shape";
import { isTypeText } from "./shareable";

/** Which type a value is of: app messages have one by name, user data and session data one for their channel. */
export type TypeKey = {
  readonly channel: DataChannel;
  /** As it is shown: `chat`, `rtvi server-message: sticker`; empty for user data and session data. */
  readonly label: string;
  /** Where the message says so: `[{path: ["type"], text: "chat"}]`. Guards are made of them. */
  readonly typeTexts?: readonly TypeText[];
};

/** What is known of a value beside itself. */
export type Occasion = {
  /** Epoch ms. */
  readonly at: number;
  /** The session id of who sent it, if Daily says so. */
  readonly sender?: string | undefined;
  /** Its size as daily-js counts it, in UTF-16 units. */
  readonly chars: number;
  /** What its channel took at the time, in the same. */
  readonly limit: number;
};

/** What was seen of one type. Grows in place. */
export type TypeContract = {
  readonly channel: DataChannel;
  readonly label: string;
  /** Those that all its messages have. */
  typeTexts: readonly TypeText[];
  count: number;
  /** Epoch ms of the first and the last one. */
  firstAt: number;
  lastAt: number;
  /** Of their sizes. */
  readonly sizes: Distribution;
  /** The largest share of its limit that one used, 1 for all of it. */
  maxShare: number;
  /** How many each sender sent. */
  readonly senders: Map<string, number>;
  /** How many came from further senders, who are not told apart. */
  fromOthers: number;
  readonly shape: Shape;
  /** How many more fields it may have. */
  readonly room: Room;
};

export type Contract = {
  /** By `idOf` their keys, in the order in which they were first seen. */
  readonly types: ReadonlyMap<string, TypeContract>;
  /** There were more than 200 types, and further ones were left out. */
  readonly isPartial: boolean;
  /** Takes in a value that was parsed from JSON. Returns what is now known of its type; undefined where that isn't kept. */
  learn(key: TypeKey, value: unknown, occasion: Occasion): TypeContract | undefined;
  /** Adds what another contract has seen: the same as if its values had been learned here, but for the order. */
  include(other: Pick<Contract, "types" | "isPartial">): void;
};

export const MAX_TYPES = 200;
const MAX_SENDERS = 50;

/** Stands for types whose name may not be written down: each of them looks like an id, a key or an address. */
const UNNAMED = "(type looks private)";

/** What a message says of its type at these places; places without a text are left out. */
export const typeTextsOf = (value: unknown, paths: readonly TypeText["path"][]): TypeText[] =>
  paths.flatMap((path) => {
    const text = valueAt(value, path);
    return typeof text === "string" ? [{ path, text }] : [];
  });

/** The name of a type as it may be written down. */
export const shownLabel = ({ label }: TypeKey): string => (isTypeText(label) ? label : UNNAMED);

/** What a contract knows a type by. */
export const idOf = (key: TypeKey): string => `${key.channel} ${shownLabel(key)}`;

/**
 * What messages an app has: learned value by value, with memory that does not grow with their number. Of a type are kept
 * at most 400 fields of 20 levels and 50 senders, and whatever was left out is said.
 */
export function createContract(): Contract {
  const types = new Map<string, TypeContract>();
  let isPartial = false;

  function typeOf(key: TypeKey): TypeContract | undefined {
    const id = idOf(key);
    const known = types.get(id);
    if (known) return known;
    if (types.size >= MAX_TYPES) {
      isPartial = true;
      return undefined;
    }
    const type = createType(key);
    types.set(id, type);
    return type;
  }

  return {
    types,
    get isPartial() {
      return isPartial;
    },
    learn(key, value, occasion) {
      const type = typeOf(key);
      if (type) learnMessage(type, key, value, occasion);
      return type;
    },
    include(other) {
      for (const each of other.types.values()) {
        const type = typeOf(each);
        if (type) includeType(type, each);
      }
      isPartial ||= other.isPartial;
    },
  };
}

/** A contract that knows what both know: the same as of one that learned all their values. */
export function merge(a: Contract, b: Contract): Contract {
  const both = createContract();
  both.include(a);
  both.include(b);
  return both;
}

/** A type of which nothing was seen. */
export function createType(key: TypeKey): TypeContract {
  const { channel, typeTexts = [] } = key;
  return {
    channel,
    label: shownLabel(key),
    typeTexts: typeTexts.filter(({ text }) => isTypeText(text)),
    count: 0,
    firstAt: Infinity,
    lastAt: -Infinity,
    sizes: createDistribution(1, 3),
    maxShare: 0,
    senders: new Map(),
    fromOthers: 0,
    shape: createShape(),
    room: { fields: MAX_FIELDS },
  };
}

function learnMessage(
  type: TypeContract,
  { typeTexts = [] }: TypeKey,
  value: unknown,
  { at, sender, chars, limit }: Occasion,
): void {
  type.count++;
  type.firstAt = Math.min(type.firstAt, at);
  type.lastAt = Math.max(type.lastAt, at);
  type.sizes.add(chars);
  if (limit > 0) type.maxShare = Math.max(type.maxShare, chars / limit);
  if (sender !== undefined) addSender(type, sender, 1);
  type.typeTexts = inBoth(type.typeTexts, typeTexts);
  learn(type.shape, value, type.room, typeTexts);
}

function addSender(type: TypeContract, sender: string, count: number): void {
  const before = type.senders.get(sender);
  if (before === undefined && type.senders.size >= MAX_SENDERS) type.fromOthers += count;
  else type.senders.set(sender, (before ?? 0) + count);
}

function includeType(type: TypeContract, other: TypeContract): void {
  type.count += other.count;
  type.firstAt = Math.min(type.firstAt, other.firstAt);
  type.lastAt = Math.max(type.lastAt, other.lastAt);
  type.sizes.include(other.sizes.counted());
  type.maxShare = Math.max(type.maxShare, other.maxShare);
  for (const [sender, count] of other.senders) addSender(type, sender, count);
  type.fromOthers += other.fromOthers;
  type.typeTexts = inBoth(type.typeTexts, other.typeTexts);
  include(type.shape, other.shape, type.room);
}

/** What both say of the type. */
function inBoth(some: readonly TypeText[], others: readonly TypeText[]): readonly TypeText[] {
  if (some === others) return some;
  const kept = some.filter((each) => others.some((other) => isSame(each, other)));
  return kept.length === some.length ? some : kept;
}

const isSame = (a: TypeText, b: TypeText): boolean =>
  a.text === b.text &&
  a.path.length === b.path.length &&
  a.path.every((step, index) => step === b.path[index]);

/** Whether something of a type could not be kept: fields, levels or senders. */
export const isPartialType = ({ shape, fromOthers }: TypeContract): boolean =>
  fromOthers > 0 || isPartialShape(shape);
