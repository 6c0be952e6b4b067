import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";
import { placeTooDeep } from "../lib/json";
import { type Refusal, refuseOther } from "../lib/other-file";
import { shortText } from "../lib/texts";
import {
  type Contract,
  createContract,
  createType,
  MAX_TYPES,
  type TypeContract,
} from "./contract";
import { createShape, JSON_KINDS, MAX_FIELDS, MAX_LEVELS, type Range, type Shape } from "./shape";

const FORMAT = "daily-contract";
const VERSION = 1;

/** A contract that was kept, for what comes later to be compared with. */
export type Baseline = {
  readonly savedAt: Date;
  /** Of the page that it was learned from: `https://app.example`. */
  readonly origin: string;
  /** Without its senders: who they were is of no use later, and no one else's business. */
  readonly contract: Contract;
};

type Read = { readonly ok: true; readonly baseline: Baseline } | Refusal;

/** UTF-16 units: more than 200 types of 400 fields take. */
const MAX_FILE = 20_000_000;
/** Different sizes that a type remembers. */
const MAX_STEPS = 20_000;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(count, v.minValue(1));
const finite = v.pipe(v.number(), v.finite());
const share = v.pipe(finite, v.minValue(0));
const range = v.pipe(
  v.tuple([finite, finite]),
  v.check(([min, max]) => min <= max, "ends before it starts"),
);
const name = v.pipe(v.string(), v.maxLength(300));

const shapeEntries = {
  kinds: v.strictObject(v.entriesFromList(JSON_KINDS, v.optional(count, 0))),
  words: v.optional(v.pipe(v.array(v.tuple([name, positive])), v.maxLength(12))),
  isFreeText: v.optional(v.boolean(), false),
  range: v.optional(range),
  lengths: v.optional(range),
  sizes: v.optional(range),
  isDictionary: v.optional(v.boolean(), false),
  isOpen: v.optional(v.boolean(), false),
};

type WrittenShape = v.InferOutput<v.ObjectSchema<typeof shapeEntries, undefined>> & {
  readonly items?: WrittenShape | undefined;
  readonly rest?: WrittenShape | undefined;
  readonly fields?: readonly (readonly [name: string, field: WrittenShape])[] | undefined;
};

const shapeSchema: v.GenericSchema<unknown, WrittenShape> = v.object({
  ...shapeEntries,
  items: v.optional(v.lazy(() => shapeSchema)),
  rest: v.optional(v.lazy(() => shapeSchema)),
  fields: v.optional(
    v.pipe(v.array(v.tuple([name, v.lazy(() => shapeSchema)])), v.maxLength(MAX_FIELDS)),
  ),
});

const typeSchema = v.object({
  channel: v.picklist(["app-message", "user-data", "session-data"]),
  label: name,
  typeTexts: v.pipe(
    v.array(v.object({ path: v.pipe(v.array(name), v.maxLength(MAX_LEVELS)), text: name })),
    v.maxLength(10),
  ),
  count: positive,
  firstAt: finite,
  lastAt: finite,
  maxShare: share,
  sizes: v.object({
    steps: v.pipe(v.array(v.tuple([positive, share])), v.maxLength(MAX_STEPS)),
    max: share,
  }),
  shape: shapeSchema,
});

const baselineSchema = v.object({
  savedAt: v.pipe(
    v.string(),
    v.maxLength(40),
    v.check((date) => Number.isFinite(Date.parse(date)), "isn't a date"),
  ),
  origin: name,
  isPartial: v.boolean(),
  types: v.pipe(v.array(typeSchema), v.maxLength(MAX_TYPES)),
});

/** A baseline as the text of a file. No value of a message is in it but words of the protocol. */
export function writeBaseline({ contract, savedAt, origin }: Baseline): string {
  const written = {
    format: FORMAT,
    version: VERSION,
    savedAt: savedAt.toISOString(),
    origin,
    isPartial: contract.isPartial,
    types: [...contract.types.values()].map(writtenType),
  };
  return `${JSON.stringify(written)}\n`;
}

const writtenType = (type: TypeContract) => ({
  channel: type.channel,
  label: type.label,
  typeTexts: type.typeTexts,
  count: type.count,
  firstAt: type.firstAt,
  lastAt: type.lastAt,
  maxShare: type.maxShare,
  sizes: type.sizes.counted(),
  shape: writtenShape(type.shape),
});

/** What isn't there, or is false, isn't written. */
const writtenShape = (shape: Shape): unknown => ({
  kinds: Object.fromEntries(Object.entries(shape.kinds).filter(([, times]) => times > 0)),
  words: shape.words && [...shape.words],
  isFreeText: shape.isFreeText || undefined,
  range: written(shape.range),
  lengths: written(shape.lengths),
  sizes: written(shape.sizes),
  isDictionary: shape.isDictionary || undefined,
  isOpen: shape.isOpen || undefined,
  items: shape.items && writtenShape(shape.items),
  rest: shape.rest && writtenShape(shape.rest),
  // A list, because a field may be called `__proto__`.
  fields:
    shape.fields.size > 0
      ? [...shape.fields].map(([key, field]) => [key, writtenShape(field)])
      : undefined,
});

const written = (of: Range | undefined) => of && [of.min, of.max];

/** Reads the text of a file. One that isn't a baseline is refused with a reason. Never throws. */
export function readBaseline(text: string): Read {
  if (text.trim() === "") return refuse("The file is empty.");
  if (text.length > MAX_FILE) return refuse("The file is larger than any baseline.");
  if (placeTooDeep(text) !== undefined)
    return refuse("The file is nested too deep for a baseline.");
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse(`The file isn't JSON, or not all of it: ${parsed.reason}`);
  const fields = asFields(parsed.value);
  if (fields?.["format"] !== FORMAT) return refuseOther(fields, "baseline");
  const wrongVersion = versionProblem(fields["version"]);
  if (wrongVersion !== undefined) return refuse(wrongVersion);
  const result = v.safeParse(baselineSchema, fields, { abortEarly: true });
  if (!result.success) return refuse(`The baseline is damaged: ${issueText(result.issues[0])}`);
  const { savedAt, origin, isPartial, types } = result.output;
  const contract = createContract();
  contract.include({
    isPartial,
    // By their place: two may say that they are the same, and are then one.
    types: new Map(types.map((type, place) => [String(place), readType(type)])),
  });
  return { ok: true, baseline: { savedAt: new Date(savedAt), origin, contract } };
}

function versionProblem(version: unknown): string | undefined {
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1)
    return "The baseline doesn't say which version it is.";
  if (version > VERSION)
    return `The baseline was made by a newer Inspector: version ${version}; this one reads up to ${VERSION}.`;
  return undefined;
}

function readType(written: v.InferOutput<typeof typeSchema>): TypeContract {
  const type = createType(written);
  type.sizes.include(written.sizes);
  const { count: times, firstAt, lastAt, maxShare, shape } = written;
  return { ...type, count: times, firstAt, lastAt, maxShare, shape: readShape(shape, 0) };
}

/** Deeper than this panel looks into values, all that is known is that there is more. */
function readShape(read: WrittenShape, level: number): Shape {
  const { kinds, words, isFreeText, isDictionary, isOpen, items, rest, fields } = read;
  const isTooDeep = level >= MAX_LEVELS && [items, rest, fields].some((each) => each !== undefined);
  const shape: Shape = {
    ...createShape(),
    seen: JSON_KINDS.reduce((sum, kind) => sum + kinds[kind], 0),
    kinds,
    words: words && new Map(words),
    isFreeText,
    range: readRange(read.range),
    lengths: readRange(read.lengths),
    sizes: readRange(read.sizes),
    isDictionary,
    isOpen: isOpen || isTooDeep,
  };
  if (isTooDeep) return shape;
  if (items) shape.items = readShape(items, level + 1);
  if (rest) shape.rest = readShape(rest, level + 1);
  for (const [key, field] of fields ?? []) shape.fields.set(key, readShape(field, level + 1));
  return shape;
}

const readRange = (read: readonly [number, number] | undefined): Range | undefined =>
  read && { min: read[0], max: read[1] };

const asFields = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;

function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}

/** Reasons hold words of the file: short enough to read. */
const refuse = (reason: string): Refusal => ({ ok: false, reason: shortText(reason, 300) });
