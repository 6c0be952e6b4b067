/**
 * A session as text, for tests that read like a story. One event a line: milliseconds since the start, then what
 * happened. People are written by name; their session id is `id-<name>` in lower case.
 *
 *     0 created
 *     10 joined Ada with Bob
 *     20 send {"hi":1} to Bob
 *     30 refused send "x" because Message data too large
 *     40 received {"kind":"chat"} from Bob
 *     50 user-data {"hand":true}        (a call of setUserData; `settles 5 resolved object` follows it)
 *     60 session-data replace {"a":1}   (a call of setMeetingSessionData)
 *     70 session-state {"a":1}
 *     80 updated Bob {"hand":true}
 *     90 left Bob
 *     100 3 times every 20: send {"n":$n} to *       ($n counts from 1; <400> is a text of 400 characters)
 *     180 received "x" from Bob by 2 in 120 ms throwing no such thing       (2 listeners; the first one threw; `by 2, one twice` for the same function twice)
 *
 * A call may end with `losing Map at tags`: what JSON loses of its data.
 * `another …` happens to a second call of the same page, `panel send …` is sent from the panel, `at Bob: …` happens in the page of someone else in the room, whose events are numbered by themselves (`log-of-text.ts` puts them into a log). Data may also be `undefined`, or `circular`: what JSON has no form for. Someone may join `as owner` or `as <user id>`. A recipient `#abc` is the id `abc` itself.
 */
import type { PageEvent, ParticipantWithData } from "../../extension/protocol/event";
import { type Payload, parseJson, toPayload } from "../../extension/protocol/payload";
import { sessionLines } from "./session-lines";

const START = Date.UTC(2026, 0, 1, 12);
export const CALL_ID = "call-1";

type Unnumbered<T> = T extends unknown ? Omit<T, "seq" | "at" | "callId"> : never;
type Parse = (...parts: string[]) => Unnumbered<PageEvent>;

const emitted = { kind: "daily-event", listeners: 1, handlerMs: 0 } as const;
const info = { version: "0.92.2", mode: "call-object", url: "https://app.example/" } as const;

const idOf = (name: string): string =>
  name === "*" ? "*" : name.startsWith("#") ? name.slice(1) : `id-${name.toLowerCase()}`;

const SENTENCES: readonly (readonly [RegExp, Parse])[] = [
  [
    /^created( prebuilt)?$/,
    (prebuilt) => ({ kind: "call-created", ...info, ...(prebuilt && { mode: "prebuilt" }) }),
  ],
  [/^fails$/, () => ({ kind: "call-failed", ...info })],
  [/^joining$/, () => ({ ...emitted, name: "joining-meeting" })],
  [
    /^joined (\w+)(?: having (.+?))?(?: with (.+))?$/,
    (me, json, others) => ({
      ...emitted,
      name: "joined-meeting",
      participants: [
        person(me as string, json, true),
        ...names(others).map((name) => person(name)),
      ],
      room: "https://you.daily.co/qa",
      maxAppMessageSize: 4096,
    }),
  ],
  [
    /^joins (\w+)(?: as (\S+))?$/,
    (name, as) => {
      const { participant } = person(name as string);
      const more = as === "owner" ? { owner: true } : as ? { user_id: as } : {};
      return { ...emitted, name: "participant-joined", participant: { ...participant, ...more } };
    },
  ],
  [/^left (\w+)$/, (name) => ({ ...emitted, name: "participant-left", ...person(name as string) })],
  [
    /^updated (\w+)(?: as (\S+))? ([^a].*)$/,
    (name, userId, json) => {
      const { participant, payload } = person(name as string, json);
      return {
        ...emitted,
        name: "participant-updated",
        participant: { ...participant, ...(userId && { user_id: userId }) },
        ...(payload && { payload }),
        changed: ["userData"],
      };
    },
  ],
  [
    /^send (.+) to (.+?)(?: losing (\S+) at (\S+))?$/,
    (json, to, lost, path) => ({
      ...called("sendAppMessage", json, lost, path),
      to: recipients(to as string),
    }),
  ],
  [
    /^refused send (.+) because (.+)$/,
    (json, message) => ({
      ...called("sendAppMessage", json),
      to: "*",
      ...threw(message as string),
    }),
  ],
  [
    /^refused session-data (replace|shallow-merge) (.+) because (.+)$/,
    (strategy, json, message) => ({
      ...called("setMeetingSessionData", json),
      mergeStrategy: strategy as string,
      ...threw(message as string),
    }),
  ],
  [
    /^(received|unheard) (.+?) from (\S+)(?: by (\d+)(, one twice)?)?(?: in (\d+) ms)?(?: throwing (.+))?$/,
    (how, json, from, listeners, twice, ms = "0", message) => ({
      ...emitted,
      listeners: Number(listeners ?? (how === "unheard" ? 0 : 1)),
      ...(twice && { sameListeners: 1 }),
      handlerMs: Number(ms),
      ...(message && { handlerError: { name: "TypeError", message } }),
      name: "app-message",
      payload: payloadOf(json),
      fromId: sender(from as string),
    }),
  ],
  [
    /^user-data (.+?)(?: losing (\S+) at (\S+))?$/,
    (json, lost, path) => called("setUserData", json, lost, path),
  ],
  [
    /^settles (\d+) (resolved|rejected) (.+)$/,
    (seq, outcome, rest) => ({
      kind: "method-settled",
      method: "setUserData",
      calledSeq: Number(seq),
      ...(outcome === "resolved"
        ? { outcome: "resolved", valueType: rest as string }
        : { outcome: "rejected", error: { name: "Error", message: rest as string } }),
    }),
  ],
  [
    /^session-data (replace|shallow-merge) (.+?)(?: without (\S+))?$/,
    (strategy, json, deleted) => ({
      ...called("setMeetingSessionData", json),
      mergeStrategy: strategy as string,
      ...(deleted && { keysToDelete: [deleted] }),
    }),
  ],
  [
    /^session-state (.+)$/,
    (json) => ({
      ...emitted,
      name: "meeting-session-state-updated",
      payload: payloadOf(json),
      topology: "sfu",
    }),
  ],
  [
    /^(nonfatal-error|error) (\S+) (.+?)( unheard)?$/,
    (name, type, errorMsg, unheard) => ({
      ...emitted,
      ...(unheard && { listeners: 0 }),
      name: name as "error",
      type: type as string,
      errorMsg: errorMsg as string,
    }),
  ],
  [
    /^counts (\d+) and (\d+) hidden$/,
    (present, hidden) => ({
      ...emitted,
      name: "participant-counts-updated",
      present: Number(present),
      hidden: Number(hidden),
    }),
  ],
  [/^leaves$/, () => ({ ...emitted, name: "left-meeting" })],
  [/^destroyed$/, () => ({ ...emitted, name: "call-instance-destroyed" })],
];

const AT = " at ";

/** Whose page an event of a session text is of; undefined for the page itself. */
export const seatOf = ({ callId }: PageEvent): string | undefined => callId.split(AT)[1];

/**
 * The events of a session text, those of each page numbered from `firstSeq`. Throws for a line that isn't a sentence of
 * it.
 */
export function session(text: string, callId = CALL_ID, firstSeq = 1): PageEvent[] {
  const nextSeq = new Map<string, number>();
  return sessionLines(text).map((line) => {
    const [, at, seat = "", rest = ""] = /^(\d+) (?:at (\w+): )?(.+)$/.exec(line) ?? [];
    const seq = nextSeq.get(seat) ?? firstSeq;
    nextSeq.set(seat, seq + 1);
    for (const [pattern, parse] of SENTENCES) {
      const match = pattern.exec(rest.replace(/^(?:another|panel) /, ""));
      if (!match) continue;
      return {
        ...parse(...match.slice(1)),
        ...(rest.startsWith("panel ") && { by: "panel" }),
        seq,
        at: START + Number(at),
        callId: `${callId}${rest.startsWith("another ") ? "-b" : ""}${seat && AT}${seat}`,
      } as PageEvent;
    }
    throw new Error(`Not a sentence of a session: ${line}`);
  });
}

function person(name: string, json?: string, local = false): ParticipantWithData {
  const session_id = idOf(name);
  return {
    participant: {
      session_id,
      user_id: `user-${name.toLowerCase()}`,
      user_name: name,
      local,
      owner: false,
    },
    ...(json && { payload: payloadOf(json) }),
  };
}

const threw = (message: string) =>
  ({ outcome: "threw", error: { name: "Error", message } }) as const;

function called(
  method: "sendAppMessage" | "setUserData" | "setMeetingSessionData",
  json: string | undefined,
  lost?: string,
  path = "",
) {
  return {
    kind: "method-called",
    method,
    payload: payloadOf(json),
    by: "page",
    outcome: "returned",
    ...(lost && { lost: [{ path: path.split("."), kind: lost }] }),
  } as const;
}

function payloadOf(json: string | undefined): Payload {
  if (json === "undefined") return toPayload(undefined);
  if (json === "circular") return toPayload(Object.assign([], { toJSON: () => 1n }));
  const parsed = parseJson(json ?? "");
  if (!parsed.ok) throw new Error(`Not JSON: ${json}`);
  return toPayload(parsed.value);
}

const names = (list: string | undefined): string[] => list?.split(/[ ,]+/).filter(Boolean) ?? [];
const sender = (name: string): string => (/^(?:API|transcription)$/.test(name) ? name : idOf(name));

function recipients(list: string): string | string[] {
  const [first = "*", ...others] = names(list).map(idOf);
  return others.length === 0 ? first : [first, ...others];
}
