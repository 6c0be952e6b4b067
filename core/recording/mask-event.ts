import { createScanner } from "jsonc-parser";

import type {
  DailyEvent,
  ErrorInfo,
  Loss,
  PageEvent,
  Participant,
  ParticipantWithData,
} from "../../extension/protocol/event";
import { measure, type Payload } from "../../extension/protocol/payload";
import { isDailysOwnMessage } from "../daily/daily-errors";
import { isKnownLoss } from "../daily/losses";
import { specialSender } from "../daily/delivery";

/** Replaces values by placeholders. The same value gets the same placeholder, another one another. */
export type Mask = {
  /** A text of the same length, in UTF-16 units, in UTF-8 bytes and as a JSON text. Line breaks stay. */
  text(value: string): string;
  /** A JSON text of the same shape and size: keys stay, but for those that are among `ids`; so do `true`, `false`, `null`. */
  json(text: string): string;
  /** A key of an object as `json` writes it. */
  key(value: string): string;
  /** From now on this is masked where it is a key, too. */
  addId(id: string): void;
};

/** Tokens of the scanner, whose own names are not there at run time. */
const [STRUCTURE, KEYWORDS, STRING, NUMBER, WHITE, END] = [
  [1, 2, 3, 4, 5, 6],
  [7, 8, 9],
  10,
  11,
  [14, 15],
  17,
] as const;
const AS_IS: ReadonlySet<number> = new Set([...STRUCTURE, ...KEYWORDS, ...WHITE]);

const from = (first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String.fromCodePoint(first + index));

/** Placeholder letters of one, two, three and four bytes in UTF-8; the first of each is the one that fills. */
const LETTERS: readonly (readonly string[])[] = [
  Array.from("xabcdefghijklmnopqrstuvwyz"),
  from(0x430, 32),
  from(0x3042, 64),
  from(0x1f600, 64),
];

/** Nothing of a value shows in its placeholder but its size and kind. */
export function createMask(): Mask {
  const texts = new Map<string, string>();
  const numbers = new Map<string, string>();
  const ids = new Set<string>();
  /** How many there are of each length. */
  const counts = new Map<string, number>();

  function nextOf(kind: string): number {
    const next = counts.get(kind) ?? 0;
    counts.set(kind, next + 1);
    return next;
  }

  function known(of: Map<string, string>, value: string, make: () => string): string {
    const before = of.get(value);
    if (before !== undefined) return before;
    const mask = make();
    of.set(value, mask);
    return mask;
  }

  const text = (value: string): string =>
    value === ""
      ? ""
      : known(texts, value, () => placeholder(value, nextOf(`text ${value.length}`)));

  const number = (literal: string): string =>
    known(numbers, literal, () => otherNumber(literal, nextOf(`number ${literal.length}`)));

  const key = (value: string): string => (ids.has(value) ? text(value) : value);

  function json(source: string): string {
    const scanner = createScanner(source);
    const parts: string[] = [];
    for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
      const start = scanner.getTokenOffset();
      const end = start + scanner.getTokenLength();
      const literal = source.slice(start, end);
      if (AS_IS.has(token)) parts.push(literal);
      else if (token === NUMBER) parts.push(number(literal));
      else if (token !== STRING || scanner.getTokenError() !== 0) {
        // Cut short, or no JSON.
        parts.push(literal.replace(/[^"]/gs, "x"));
      } else {
        const value = scanner.getTokenValue();
        const masked = isKey(source, end) ? key(value) : text(value);
        parts.push(masked === value ? literal : JSON.stringify(masked));
      }
    }
    return parts.join("");
  }

  return { text, json, key, addId: (id) => void ids.add(id) };
}

/** Whether a string that ends here is followed by a colon. */
function isKey(source: string, end: number): boolean {
  let at = end;
  while (/\s/.test(source.charAt(at))) at++;
  return source.charAt(at) === ":";
}

/** Each kind of character and what fills its place. What JSON escapes becomes an escape of the same length. */
const FILLERS: readonly (readonly [RegExp, string])[] = [
  [/[ !#-[\]-\x7f]+/g, "x"],
  [/["\\\b\f\n\r\t]+/g, "\n"],
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  [/(?![\b\f\n\r\t])[\0-\x1f]/g, "\u0001"],
  [/\p{Surrogate}/gu, "\u0001"],
  [/[\x80-\u07ff]+/g, "а"],
  [/[\u0800-\ud7ff\ue000-\uffff]+/g, "あ"],
];

/** So many characters at the end tell placeholders apart; the rest is filled. */
const TELLING = 40;

/** The placeholder with this number for a text. */
function placeholder(value: string, order: number): string {
  let filled = value.replace(/[\u{10000}-\u{10ffff}]/gu, "\u{1f600}");
  for (const [kind, filler] of FILLERS) {
    filled = filled.replace(kind, (run) => filler.repeat(run.length));
  }
  let rest = order;
  const end = Array.from(filled.slice(-TELLING))
    .reverse()
    .map((character) => {
      const letters = LETTERS.find(([first]) => first === character);
      if (!letters) return character;
      const letter = letters[rest % letters.length] as string;
      rest = Math.floor(rest / letters.length);
      return letter;
    });
  return filled.slice(0, -TELLING) + end.reverse().join("");
}

/** The placeholder with this number for a number: sign, point and exponent stay, digits do not. */
function otherNumber(literal: string, order: number): string {
  const [mantissa = "", whole = ""] = /^-?(\d+)(?:\.\d+)?/.exec(literal) ?? [];
  const first = mantissa.length - mantissa.replace("-", "").length;
  const isDigit = mantissa === literal && whole === mantissa && whole.length === 1;
  let rest = order;
  const digits = Array.from(mantissa)
    .reverse()
    .map((character, fromEnd) => {
      if (!/\d/.test(character)) return character;
      const at = mantissa.length - 1 - fromEnd;
      // No zero where it would not be written: in front, and at the end of a fraction.
      const least =
        !isDigit && (at === first || (fromEnd === 0 && whole.length + first < mantissa.length))
          ? 1
          : 0;
      const digit = least + (rest % (10 - least));
      rest = Math.floor(rest / (10 - least));
      return String(digit);
    });
  return digits.reverse().join("") + literal.slice(mantissa.length);
}

/** Names that JavaScript and the browser give; any other is the app's own. */
const KNOWN_ERRORS = /^(?:|Eval|Range|Reference|Syntax|Type|URI|Aggregate|DataClone)Error$/;

/** Notes everyone whom an event names, so that they are masked where they are keys of payloads, too. */
export function noteIds(event: PageEvent, mask: Mask): void {
  if (event.kind === "call-snapshot") addAll(event.participants);
  if (event.kind !== "daily-event") return;
  if (event.name === "joined-meeting") addAll(event.participants);
  if ("participant" in event) addAll([event]);

  function addAll(people: readonly ParticipantWithData[]): void {
    for (const { participant } of people) {
      const { session_id, user_id, user_name } = participant;
      for (const each of [session_id, user_id, user_name]) if (each) mask.addId(each);
    }
  }
}

/** The same event without what the app, its users or its addresses say. Times, numbers of events and Daily's own words stay. */
export function maskEvent(event: PageEvent, mask: Mask): PageEvent {
  switch (event.kind) {
    case "call-created":
    case "call-failed":
      return { ...event, url: mask.text(event.url) };
    case "call-snapshot": {
      const { participants, payload, room } = event;
      return {
        ...event,
        url: mask.text(event.url),
        participants: participants.map((each) => maskPerson(each, mask)),
        ...(payload && { payload: maskPayload(payload, mask) }),
        ...(room !== undefined && { room: mask.text(room) }),
      };
    }
    case "method-called": {
      const { payload, error, to, stack, mergeStrategy, keysToDelete, lost } = event;
      return {
        ...event,
        payload: maskPayload(payload, mask),
        ...(error && { error: maskError(error, mask) }),
        ...(to !== undefined && {
          to: typeof to === "string" ? maskId(to, mask) : to.map((id) => maskId(id, mask)),
        }),
        ...(stack !== undefined && { stack: mask.text(stack) }),
        ...(mergeStrategy !== undefined && {
          mergeStrategy: /^(?:replace|shallow-merge)$/.test(mergeStrategy)
            ? mergeStrategy
            : mask.text(mergeStrategy),
        }),
        ...(lost && { lost: lost.map((each) => maskLoss(each, mask)) }),
        ...(keysToDelete && { keysToDelete: keysToDelete.map((key) => mask.key(key)) }),
      };
    }
    case "method-settled":
      return { ...event, ...(event.error && { error: maskError(event.error, mask) }) };
    case "command-failed":
    case "capture-problem":
      return { ...event, message: mask.text(event.message) };
    case "daily-event":
      return maskDailyEvent(event, mask);
  }
}

const maskLoss = ({ path, kind }: Loss, mask: Mask): Loss => ({
  path: path.map((key) => (typeof key === "string" ? mask.key(key) : key)),
  kind: isKnownLoss(kind) ? kind : mask.text(kind),
});

function maskDailyEvent(event: DailyEvent, mask: Mask): DailyEvent {
  const shared = event.handlerError && { handlerError: maskError(event.handlerError, mask) };
  switch (event.name) {
    case "app-message":
      return {
        ...event,
        ...shared,
        payload: maskPayload(event.payload, mask),
        fromId: maskId(event.fromId, mask),
      };
    case "participant-joined":
    case "participant-updated":
    case "participant-left":
      return { ...event, ...shared, ...maskPerson(event, mask) };
    case "meeting-session-state-updated":
      return {
        ...event,
        ...shared,
        ...(event.payload && { payload: maskPayload(event.payload, mask) }),
      };
    case "joined-meeting":
      return {
        ...event,
        ...shared,
        participants: event.participants.map((each) => maskPerson(each, mask)),
        ...(event.room !== undefined && { room: mask.text(event.room) }),
      };
    case "error":
    case "nonfatal-error":
    case "load-attempt-failed":
      return {
        ...event,
        ...shared,
        errorMsg: mask.text(event.errorMsg),
        ...(event.details && { details: maskPayload(event.details, mask) }),
      };
    case "network-connection":
      return {
        ...event,
        ...shared,
        ...(event.session_id !== undefined && { session_id: maskId(event.session_id, mask) }),
      };
    case "meeting-session-summary-updated":
      return { ...event, ...shared, sessionId: maskId(event.sessionId, mask) };
    // Named one by one: a new event has to say what of it is anyone's.
    case "joining-meeting":
    case "loaded":
    case "left-meeting":
    case "call-instance-destroyed":
    case "participant-counts-updated":
    case "access-state-updated":
      return { ...event, ...shared };
  }
}

function maskPayload(payload: Payload, mask: Mask): Payload {
  const json = mask.json(payload.json);
  const { problem } = payload;
  // Its numbers are those of the full payload, of which only a part is here.
  if (problem?.code === "truncated") return { ...payload, json };
  const message = problem?.code === "unserialisable" && mask.text(problem.message);
  return {
    json,
    ...measure(json),
    ...(problem && { problem: { ...problem, ...(message && { message }) } }),
  };
}

function maskPerson(
  { participant, payload }: ParticipantWithData,
  mask: Mask,
): ParticipantWithData {
  const { user_id, user_name } = participant;
  const masked: Participant = {
    ...participant,
    session_id: maskId(participant.session_id, mask),
    ...(user_id !== undefined && { user_id: maskId(user_id, mask) }),
    ...(user_name !== undefined && { user_name: mask.text(user_name) }),
  };
  return { participant: masked, ...(payload && { payload: maskPayload(payload, mask) }) };
}

/** Everyone and the server are no one in particular. */
const maskId = (id: string, mask: Mask): string =>
  id === "*" || specialSender(id) !== undefined ? id : mask.text(id);

function maskError({ name, message, stack }: ErrorInfo, mask: Mask): ErrorInfo {
  return {
    name: KNOWN_ERRORS.test(name) ? name : mask.text(name),
    // By its own words rules tell why daily-js refused a call.
    message: isDailysOwnMessage(message) ? message : mask.text(message),
    ...(stack !== undefined && { stack: mask.text(stack) }),
  };
}
