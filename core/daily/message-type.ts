import { type Path, valueAt, withoutValueAt } from "../lib/paths";

/** What an app message is about: the type that it names itself, or that a known protocol gives it. */
export type MessageType = {
  /** Short enough for a column: `rtvi bot-ready`, `chat`. */
  readonly label: string;
  /** What that means, where the type comes from a known product. */
  readonly note?: string;
  /** It names no type, so its keys stand for one: `{msg, name}`. */
  readonly isShape?: true;
  /** The value inside, where the message is JSON text inside JSON. */
  readonly inner?: unknown;
  /** The places that only say the type. */
  readonly paths?: TypePath;
};

/** Where the messages of an app have their type: one place, or several whose values are it together, as `label+type`. */
export type TypePath = readonly Path[];

/** What an app message is said to be about when it does not say so itself. */
export const NO_TYPE = "(no type)";

type Fields = Readonly<Record<string, unknown>>;

/** Fields by which apps commonly name the type of a message, the telling ones first. */
const TYPE_FIELDS = ["type", "kind", "event", "action", "message_type", "event_type", "op", "t"];

/** Fields in which apps wrap the message proper, whose type is then one level down. */
const WRAPPERS = ["message", "data", "payload", "msg", "body"];

/** Fields whose value is the type where it reads like an identifier, and text or a person's name elsewhere. */
const MAYBE_TYPE_FIELDS = ["cmd", "command", "msg", "name"];

/** `make-speaker`, `room.state`: words that are joined by more than a blank. */
const IDENTIFIER = /^[A-Za-z]\w*(?:[-_.:/]\w+)+$/;
/** UTF-16 units of a text that is a type by itself. */
const MAX_WORD = 40;
const WORD = /^[A-Za-z][\w-]*$/;
/** UTF-16 units. What is longer isn't a name. */
const MAX_TYPE = 100;

/** A message that names its own type in a field, as that and the rest of it; undefined where it does not. */
export function splitType(data: unknown): { type: string; rest: Fields } | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const fields = data as Fields;
  const field = typeField(fields);
  if (field === undefined) return undefined;
  return { type: String(fields[field]), rest: without(fields, [field]) };
}

/** Whether apps commonly name the type of a message in a field of this name. */
export const namesType = (field: string): boolean => TYPE_FIELDS.includes(field);

/**
 * The type of the data of an app's own message: what it names itself, in a field of its own or one level down, a bare
 * word, or its keys (`{msg, name}`), so that messages of one shape are one type. Undefined for what has none of these.
 * `path`: where the app has it; a message that has none there is read as if no place were known.
 */
export function messageType(data: unknown, path?: TypePath): MessageType | undefined {
  if (typeof data === "string") return typeOfText(data, path);
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const fields = data as Fields;
  return (path && namedAt(fields, path)) ?? named(fields) ?? keysOf(fields);
}

/** The type at a place that is known: short texts and numbers. */
function namedAt(fields: Fields, paths: TypePath): MessageType | undefined {
  const label = typeAt(fields, paths);
  return label === undefined ? undefined : { label, paths };
}

/** What a message has at the places of its type, with spaces between; undefined where one of them holds no name. */
export function typeAt(data: unknown, paths: TypePath): string | undefined {
  const names: string[] = [];
  for (const path of paths) {
    const value = valueAt(data, path);
    if (typeof value !== "number" && typeof value !== "string") return undefined;
    if (value === "" || String(value).length > MAX_TYPE) return undefined;
    names.push(String(value));
  }
  return names.length === 0 ? undefined : names.join(" ");
}

/** Names in a path: a plain one, or any in brackets and quotes. */
const STEP = /(?:^|\.)([\p{L}_$][\p{L}\p{N}_$-]*)|\[("(?:[^"\\]|\\.)*")\]/uy;

/** Reads places as they are typed: `msg.type`, `label+type`, `["my type"]`. Undefined for anything else. */
export function readTypePath(text: string): TypePath | undefined {
  const paths = text.split("+").map((each) => readPath(each.trim()));
  return paths.every((path) => path !== undefined) ? paths : undefined;
}

function readPath(text: string): Path | undefined {
  const path: string[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const [, name, quoted] = STEP.exec(text) ?? [];
    if (name === undefined && quoted === undefined) return undefined;
    try {
      path.push(name ?? String(JSON.parse(quoted as string)));
    } catch {
      return undefined;
    }
  }
  return path.length === 0 ? undefined : path;
}

/** JSON text as a string: every quote in it is escaped, and its size counts so. */
function typeOfText(text: string, path?: TypePath): MessageType | undefined {
  if (text.length <= MAX_WORD && WORD.test(text)) return { label: text };
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const inner: unknown = JSON.parse(text);
    const type = messageType(inner, path);
    return {
      ...type,
      label: type?.label ?? "JSON text",
      note: "JSON text inside a string, shown parsed",
      inner,
    };
  } catch {
    return undefined;
  }
}

/** The field that commonly names the type, if a message has one. */
const typeField = (fields: Fields): string | undefined =>
  // So short a name may as well be that of a text.
  firstText(fields, TYPE_FIELDS, (text, name) => name.length > 2 || !/\s/.test(text));

/** A field whose value reads like an identifier, where that may be text or a person's name elsewhere. */
const maybeTypeField = (fields: Fields): string | undefined =>
  firstText(fields, MAYBE_TYPE_FIELDS, (text, name) =>
    (name.startsWith("c") || (name === "msg" && Object.keys(fields).length === 1)
      ? WORD
      : IDENTIFIER
    ).test(text),
  );

/** The first of some fields whose value is a short text that passes a test. */
function firstText(
  fields: Fields,
  names: readonly string[],
  test: (text: string, name: string) => boolean = () => true,
): string | undefined {
  return names.find((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value !== "string" || value === "" || value.length > MAX_TYPE) return false;
    return test(value, name);
  });
}

function named(fields: Fields): MessageType | undefined {
  const own = typeField(fields);
  if (own !== undefined) return { label: String(fields[own]), paths: [[own]] };
  const inner = wrapped(fields);
  if (inner) return inner;
  const maybe = maybeTypeField(fields);
  return maybe === undefined ? undefined : { label: String(fields[maybe]), paths: [[maybe]] };
}

function wrapped(fields: Fields): MessageType | undefined {
  for (const wrapper of WRAPPERS) {
    const inner = Object.hasOwn(fields, wrapper) ? fields[wrapper] : undefined;
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) continue;
    const field = typeField(inner as Fields) ?? maybeTypeField(inner as Fields);
    if (field !== undefined)
      return { label: String((inner as Fields)[field]), paths: [[wrapper, field]] };
  }
  return undefined;
}

/**
 * What a message says, without what its type says already: `{type: "chat", text}` is `{text}`. Undefined for a message
 * that is all type.
 */
export function contentOf(data: unknown, type: MessageType | undefined): unknown {
  if (!type || typeof data !== "object" || data === null) return data;
  const { paths = [] } = type;
  const content = paths.reduce(withoutValueAt, data) as Fields;
  const keys = Object.keys(content);
  const [only] = keys;
  if (only === undefined) return undefined;
  const value = content[only];
  // What wraps all that is left says nothing.
  if (keys.length > 1 || paths.length === 0 || !WRAPPERS.includes(only)) return content;
  return isEmptyObject(value) ? undefined : value;
}

const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const isEmptyObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** So many keys name a shape; more are only counted on. */
const MAX_KEYS = 3;

function keysOf(fields: Fields): MessageType | undefined {
  const keys = Object.keys(fields);
  if (keys.length === 0) return undefined;
  const shown = keys
    .slice(0, MAX_KEYS)
    .map((key) => (key.length > 20 ? `${key.slice(0, 19)}…` : key));
  const label = `{${shown.join(", ")}${keys.length > MAX_KEYS ? ", …" : ""}}`;
  return { label, isShape: true };
}
