/** What an app message is about, where it follows a protocol that is known or names its own type. */
export type MessageType = {
  /** Short enough for a column: `rtvi bot-ready`, `chat`. */
  readonly label: string;
  /** What that means, where the type comes from a known product. */
  readonly note?: string;
  /** It names no type, so its keys stand for one: `{msg, name}`. */
  readonly isShape?: true;
  /** The value inside, where the message is JSON text inside JSON. */
  readonly inner?: unknown;
};

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
const WORD = /^[A-Za-z][\w-]*$/;
const MAX_TYPE = 40;

/** A message that names its own type, as that and the rest of it; undefined where it does not, or follows a protocol. */
export function splitType(data: unknown): { type: string; rest: Fields } | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const fields = data as Fields;
  if (rtvi(fields) || prebuiltChat(fields) || tavus(fields)) return undefined;
  const type = typeField(fields);
  const field = TYPE_FIELDS.find((each) => type !== undefined && fields[each] === type);
  if (type === undefined || field === undefined) return undefined;
  const { [field]: _, ...rest } = fields;
  return { type, rest };
}

/** Whether apps commonly name the type of a message in a field of this name. */
export const namesType = (field: string): boolean => TYPE_FIELDS.includes(field);

/**
 * The type of an app message's data: what it names itself, in a field of its own or one level down, a bare word, or its
 * keys (`{msg, name}`), so that messages of one shape are one type. Undefined for what has none of these.
 */
export function messageType(data: unknown): MessageType | undefined {
  if (typeof data === "string") return typeOfText(data);
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const fields = data as Fields;
  return rtvi(fields) ?? prebuiltChat(fields) ?? tavus(fields) ?? named(fields) ?? keysOf(fields);
}

/** Vapi and others send JSON text as a string: every quote in it is escaped, and its size counts so. */
function typeOfText(text: string): MessageType | undefined {
  if (text.length <= MAX_TYPE && WORD.test(text)) return { label: text };
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const inner: unknown = JSON.parse(text);
    const type = messageType(inner);
    return {
      label: type?.label ?? "JSON text",
      note: "JSON text inside a string, shown parsed",
      inner,
    };
  } catch {
    return undefined;
  }
}

/** Pipecat's RTVI: `{id, label: "rtvi-ai", type, data}`. */
function rtvi({ label, type }: Fields): MessageType | undefined {
  if (label !== "rtvi-ai") return undefined;
  return { label: `rtvi ${String(type)}`, note: "RTVI, the protocol of Pipecat" };
}

const PREBUILT_CHAT = ["chat-msg", "request-chat-history", "sync-chat-msg", "sync-chat-complete"];

function prebuiltChat({ event }: Fields): MessageType | undefined {
  if (typeof event !== "string" || !PREBUILT_CHAT.includes(event)) return undefined;
  return { label: event, note: "The chat of Daily Prebuilt" };
}

/** Tavus: `{message_type: "conversation", event_type: "conversation.echo", …}`. */
function tavus({ message_type, event_type }: Fields): MessageType | undefined {
  if (message_type !== "conversation" || typeof event_type !== "string") return undefined;
  return { label: event_type, note: "Tavus conversational video" };
}

/** What a message says in a field that commonly names the type. */
const typeField = (fields: Fields): string | undefined => firstText(fields, TYPE_FIELDS);

function firstText(
  fields: Fields,
  names: readonly string[],
  test: (text: string, name: string) => boolean = () => true,
): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === "string" && value !== "" && value.length <= MAX_TYPE && test(value, name))
      return value;
  }
  return undefined;
}

function named(fields: Fields): MessageType | undefined {
  const label =
    typeField(fields) ??
    wrappedType(fields) ??
    firstText(fields, MAYBE_TYPE_FIELDS, (text, name) =>
      (name.startsWith("c") ? WORD : IDENTIFIER).test(text),
    );
  return label === undefined ? undefined : { label };
}

function wrappedType(fields: Fields): string | undefined {
  for (const wrapper of WRAPPERS) {
    const inner = Object.hasOwn(fields, wrapper) ? fields[wrapper] : undefined;
    const found =
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? typeField(inner as Fields)
        : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

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
