/** What an app message is about, where it follows a protocol that is known or names its own type. */
export type MessageType = {
  /** Short enough for a column: `rtvi bot-ready`, `chat`. */
  readonly label: string;
  /** What that means, where the type comes from a known product. */
  readonly note?: string;
  /** The value inside, where the message is JSON text inside JSON. */
  readonly inner?: unknown;
};

/** What an app message is said to be about when it does not say so itself. */
export const NO_TYPE = "(no type)";

type Fields = Readonly<Record<string, unknown>>;

/** Fields by which apps commonly name the type of a message, the telling ones first. */
const TYPE_FIELDS = ["type", "kind", "event", "action", "message_type", "op", "t"];

/** A message that names its own type, as that and the rest of it; undefined where it does not, or follows a protocol. */
export function splitType(data: unknown): { type: string; rest: Fields } | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const fields = data as Fields;
  if (rtvi(fields) || prebuiltChat(fields) || tavus(fields)) return undefined;
  const type = named(fields)?.label;
  const field = TYPE_FIELDS.find((each) => type !== undefined && fields[each] === type);
  if (type === undefined || field === undefined) return undefined;
  const { [field]: _, ...rest } = fields;
  return { type, rest };
}

/** Whether apps commonly name the type of a message in a field of this name. */
export const namesType = (field: string): boolean => TYPE_FIELDS.includes(field);

/** The type of an app message's data, or undefined when it names none. */
export function messageType(data: unknown): MessageType | undefined {
  if (typeof data === "string") return typeOfText(data);
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const fields = data as Fields;
  return rtvi(fields) ?? prebuiltChat(fields) ?? tavus(fields) ?? named(fields);
}

/** Vapi and others send JSON text as a string: every quote in it is escaped, and its size counts so. */
function typeOfText(text: string): MessageType | undefined {
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

function named(fields: Fields): MessageType | undefined {
  for (const field of TYPE_FIELDS) {
    const value = fields[field];
    if (typeof value === "string" && value !== "" && value.length <= 40) return { label: value };
  }
  return undefined;
}
