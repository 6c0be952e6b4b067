import { clipText, copyOfStart, parse, stringify } from "./bounds";

/** A value of one of the three channels, made text once at capture. No one measures it again. */
export type Payload = {
  /** JSON text; empty when there is none, cut short when `problem.code` is `truncated`. */
  readonly json: string;
  /** UTF-16 code units of the whole JSON text: the ruler of daily-js (`JSON.stringify(data).length`, 0.92.2). */
  readonly chars: number;
  /** UTF-8 bytes of the whole JSON text, shown beside `chars` because Daily's documents speak of KB. */
  readonly bytes: number;
  readonly problem?: PayloadProblem;
};

type PayloadProblem = {
  readonly code: "undefined" | "unserialisable" | "truncated";
  readonly message: string;
};

export type ParsedPayload =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** More text than this of one payload stays in the page; ten times the largest limit of Daily. */
export const MAX_PAYLOAD_CHARS = 1_048_576;

// Taken before any script of the page could replace them.
const encoder = new TextEncoder();
const scratch = new Uint8Array(16_384);

/** Up to here looking at each unit is quicker than the way into the encoder and back. */
const SHORT = 512;

function isShortAscii(text: string): boolean {
  if (text.length > SHORT) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** UTF-8 length of `text`, in bytes. */
function utf8Length(text: string): number {
  if (isShortAscii(text)) return text.length;
  // Three bytes a unit is the most that UTF-8 needs, so this text fits the scratch buffer for sure.
  if (text.length * 3 <= scratch.length) return encoder.encodeInto(text, scratch).written;
  return encoder.encode(text).length;
}

/** Both rulers of a text: `chars` in UTF-16 code units, `bytes` in UTF-8. */
export function measure(text: string): { chars: number; bytes: number } {
  return { chars: text.length, bytes: utf8Length(text) };
}

/** Turns any value into a payload. Never throws: what cannot be serialised becomes a `problem`. `replacer` as of JSON. */
export function toPayload(
  value: unknown,
  replacer?: (key: string, value: unknown) => unknown,
): Payload {
  let json: string | undefined;
  try {
    json = stringify(value, replacer) as string | undefined;
  } catch (error) {
    return withoutText("unserialisable", messageOf(error) ?? "can't be made JSON");
  }
  if (json === undefined) return withoutText("undefined", `JSON has no form for ${typeof value}`);
  const { chars, bytes } = measure(json);
  if (chars <= MAX_PAYLOAD_CHARS) return { json, chars, bytes };
  const message = `only the first ${MAX_PAYLOAD_CHARS} of ${chars} characters were kept`;
  return {
    json: copyOfStart(json, MAX_PAYLOAD_CHARS),
    chars,
    bytes,
    problem: { code: "truncated", message },
  };
}

/** The message of something thrown, which may be anything: a proxy that throws, too. */
function messageOf(error: unknown): string | undefined {
  try {
    return clipText((error as { message?: unknown }).message);
  } catch {
    return undefined;
  }
}

function withoutText(code: PayloadProblem["code"], message: string): Payload {
  return { json: "", chars: 0, bytes: 0, problem: { code, message } };
}

/** The value of a JSON text, or the reason why it has none. Never throws. */
export function parseJson(text: string): ParsedPayload {
  try {
    return { ok: true, value: parse(text) as unknown };
  } catch (error) {
    return { ok: false, reason: messageOf(error) ?? "not JSON" };
  }
}

/** What was parsed last: several things are asked of a payload in a row. */
let latest: { readonly payload: Payload; readonly parsed: ParsedPayload } | undefined;

/** The value that a payload stands for, or the reason why it can't be shown as one. No one may change the value. */
export function parsePayload(payload: Payload): ParsedPayload {
  if (payload.problem) return { ok: false, reason: payload.problem.message };
  if (latest?.payload !== payload) latest = { payload, parsed: parseJson(payload.json) };
  return latest.parsed;
}
