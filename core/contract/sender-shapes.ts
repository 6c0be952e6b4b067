import type { DataChannel } from "../daily/limits";
import type { Path } from "../lib/paths";
import { idOf, MAX_TYPES, shownLabel, type TypeKey } from "./contract";
import type { Origin } from "./drift";
import { ANY, typesOf } from "./reading";
import { createShape, learn, MAX_FIELDS, type Room, type Shape } from "./shape";

/** Senders who send one type in different shapes, as two versions of an app do. */
export type SenderSplit = {
  /** `field`: some always send it, and others never. `type`: what they send there has no type in common. */
  readonly kind: "field" | "type";
  readonly channel: DataChannel;
  readonly label: string;
  readonly path: Path;
  /** Who has what: `present` and `absent`, or the types. The group of the largest sender first. */
  readonly groups: readonly {
    readonly has: string;
    readonly senders: readonly SenderCount[];
  }[];
};

type SenderCount = {
  /** A session id. */
  readonly sender: string;
  /** How many messages of the type came from there. */
  readonly count: number;
  /** The first of them. */
  readonly first: Origin;
};

export type SenderShapes = {
  /** Takes in a value that was parsed from JSON. One without a sender tells nothing. */
  take(key: TypeKey, value: unknown, origin: Origin): void;
  /** The splits as of now. Looks only at types that got messages since it was last asked. */
  splits(): readonly SenderSplit[];
};

/** So many senders of a type are compared, the first ones. */
const MAX_SENDERS = 20;
/** A sender of fewer says nothing about what it always or never sends. */
const MIN_TIMES = 5;

type Sent = { count: number; readonly first: Origin; readonly shape: Shape; readonly room: Room };
type Type = {
  readonly key: TypeKey;
  readonly senders: Map<string, Sent>;
  /** Undefined where there is something new to look at. */
  splits: readonly SenderSplit[] | undefined;
};

/**
 * Learns what each sender sends, and tells where senders differ all the time. A field that anyone sends only sometimes is
 * optional, and no difference.
 */
export function createSenderShapes(): SenderShapes {
  const types = new Map<string, Type>();

  function typeOf(key: TypeKey): Type | undefined {
    const id = idOf(key);
    const known = types.get(id);
    if (known || types.size >= MAX_TYPES) return known;
    const type: Type = { key, senders: new Map(), splits: [] };
    types.set(id, type);
    return type;
  }

  function senderOf({ senders }: Type, sender: string, origin: Origin): Sent | undefined {
    const known = senders.get(sender);
    if (known || senders.size >= MAX_SENDERS) return known;
    const first = { ...origin };
    const sent = { count: 0, first, shape: createShape(), room: { fields: MAX_FIELDS } };
    senders.set(sender, sent);
    return sent;
  }

  return {
    take(key, value, origin) {
      if (origin.sender === undefined) return;
      const type = typeOf(key);
      const sent = type && senderOf(type, origin.sender, origin);
      if (!sent) return;
      sent.count++;
      learn(sent.shape, value, sent.room, key.typeTexts);
      type.splits = undefined;
    },
    splits: () => [...types.values()].flatMap((type) => (type.splits ??= splitsOf(type))),
  };
}

/** What one sender has at a place. */
type Part = { readonly sender: SenderCount; readonly shape: Shape };
type Report = (kind: SenderSplit["kind"], path: Path, has: ReadonlyMap<string, Part[]>) => void;

function splitsOf({ key, senders }: Type): SenderSplit[] {
  const found: SenderSplit[] = [];
  const parts = [...senders].map(([sender, { count, first, shape }]) => ({
    sender: { sender, count, first },
    shape,
  }));
  compare(parts, [], (kind, path, has) => {
    const groups = [...has]
      .map(([what, some]) => ({
        has: what,
        senders: some.map(({ sender }) => sender).sort(byCount),
      }))
      .sort((a, b) => byCount(a.senders[0], b.senders[0]));
    found.push({ kind, channel: key.channel, label: shownLabel(key), path, groups });
  });
  return found;
}

const byCount = (a: SenderCount | undefined, b: SenderCount | undefined): number =>
  (b?.count ?? 0) - (a?.count ?? 0);

function compare(all: readonly Part[], path: Path, report: Report): void {
  const parts = all.filter(({ shape }) => shape.seen >= MIN_TIMES);
  if (parts.length < 2) return;
  const types = grouped(parts, ({ shape }) => typesOf(shape));
  if (haveNothingInCommon([...types.keys()], all)) {
    types.delete("");
    report("type", path, types);
    return;
  }
  compareFields(all, path, report);
  compare(
    inside(all, ({ items }) => items),
    [...path, ANY],
    report,
  );
}

function compareFields(all: readonly Part[], path: Path, report: Report): void {
  const parts = all.filter(({ shape }) => shape.kinds.object >= MIN_TIMES);
  if (parts.length < 2 || all.some(({ shape }) => shape.isOpen)) return;
  const names = new Set(all.flatMap(({ shape }) => [...shape.fields.keys()]));
  if (path.length > 0 && areKeysData(all, names)) return;
  for (const name of names) {
    const has = grouped(parts, ({ shape }) => presence(shape, name));
    // Anyone who sends it now and then shows that it is optional, with however few messages.
    const isOptional = all.some(({ shape }) => presence(shape, name) === "sometimes");
    if (has.size > 1 && !isOptional) report("field", [...path, name], has);
    else
      compare(
        inside(all, ({ fields }) => fields.get(name)),
        [...path, name],
        report,
      );
  }
}

/** What each of them has further in; without those who have nothing there. */
const inside = (parts: readonly Part[], go: (shape: Shape) => Shape | undefined): Part[] =>
  parts.flatMap(({ sender, shape }) => {
    const inner = go(shape);
    return inner ? [{ sender, shape: inner }] : [];
  });

/** More keys whose values are all of one type may stand for people or things. */
const MAX_ALIKE = 2;

/** Whether senders may well have other keys because what they say is something else, as in `{ada: 1}` and `{bob: 1}`. */
function areKeysData(parts: readonly Part[], names: ReadonlySet<string>): boolean {
  if (parts.some(({ shape }) => shape.isDictionary)) return true;
  const types = new Set(
    parts.flatMap(({ shape }) => [...shape.fields.values()].map((field) => typesOf(field))),
  );
  const isCommon = (name: string) => parts.every(({ shape }) => shape.fields.has(name));
  return types.size === 1 && (names.size > MAX_ALIKE || ![...names].some(isCommon));
}

function presence({ fields, kinds }: Shape, name: string): "present" | "absent" | "sometimes" {
  const seen = fields.get(name)?.seen ?? 0;
  if (seen === 0) return "absent";
  return seen === kinds.object ? "present" : "sometimes";
}

/** Whether no type of one group is in another, nor did anyone else send several of them. */
function haveNothingInCommon(groups: readonly string[], all: readonly Part[]): boolean {
  const told = groups.filter((types) => types !== "").map((types) => types.split(" or "));
  const types = told.flat();
  if (told.length < 2 || new Set(types).size < types.length) return false;
  return all.every(({ shape }) => ["", ...groups].includes(typesOf(shape)));
}

function grouped(parts: readonly Part[], by: (part: Part) => string): Map<string, Part[]> {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const group = by(part);
    const known = groups.get(group);
    if (known) known.push(part);
    else groups.set(group, [part]);
  }
  return groups;
}
