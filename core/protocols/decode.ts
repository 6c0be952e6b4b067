import { insideOf, isFields } from "./fields";
import { LEMONSLICE } from "./lemonslice";
import { PREBUILT_CHAT } from "./prebuilt-chat";
import type { Origin, Protocol, ProtocolId, Reading, Sequence } from "./protocol";
import { RTVI } from "./rtvi";
import { TAVUS } from "./tavus";
import { TRANSCRIPTION } from "./transcription";
import { VAPI } from "./vapi";

/** What a message of a known protocol says. */
export type Decoded = Reading & {
  readonly protocol: ProtocolId;
  /** The protocol's name, as it is shown, and what it is in a few words. */
  readonly name: string;
  readonly note: string;
  /** As the protocol calls it: `bot-ready`; and as a column shows it: `rtvi bot-ready`. */
  readonly type: string;
  readonly label: string;
  /** Whether the type is one that is known of the protocol. Of others nothing but the content is told. */
  readonly isKnown: boolean;
  /** What it says beside its type, without the protocol's own keys; undefined for nothing. */
  readonly content: unknown;
  /** The value inside, where the message is JSON text inside a string. */
  readonly inner?: unknown;
  readonly seq?: Sequence | undefined;
};

/** In the order in which they are tried: a message of one may look like one of a later. */
const PROTOCOLS: readonly Protocol[] = [
  RTVI,
  TAVUS,
  PREBUILT_CHAT,
  VAPI,
  LEMONSLICE,
  TRANSCRIPTION,
];

const UNKNOWN: Reading = {};

/**
 * The message of a known protocol that an app message's data is; undefined for anything else. Each message is looked at
 * by itself, for a room may carry several protocols. JSON text inside a string is read once. Never throws.
 */
export function decode(data: unknown, origin: Origin): Decoded | undefined {
  const isText = typeof data === "string";
  const value = insideOf(data);
  for (const { id, name, note, recognise, types } of PROTOCOLS) {
    const found = recognise(value, origin, isText);
    if (!found) continue;
    const { type, label = type, body, message, content, seq } = found;
    const read = types.get(type);
    const { line, parts, asks, answers, stream, ends } = read?.(body, message) ?? UNKNOWN;
    // One by one: tokens come by the thousand, and spreading several objects takes ten times as long.
    return {
      protocol: id,
      name,
      note,
      type,
      label,
      isKnown: read !== undefined,
      content,
      inner: isText && isFields(value) ? value : undefined,
      seq,
      line,
      parts,
      asks,
      answers,
      stream,
      ends,
    };
  }
  return undefined;
}
