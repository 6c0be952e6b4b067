import { howMany } from "../lib/texts";
import type { ParticipantWithData } from "../../extension/protocol/event";
import type { Payload } from "../../extension/protocol/payload";
import type { DataChannel } from "../daily/limits";
import { isPresent, type PeopleTracker } from "../daily/people-tracker";
import { specialSender } from "../daily/delivery";
import { EMAIL, KEY, looksRandom, TOKEN } from "../lib/secrets";
import type { Finding } from "./finding";
import { DOCS_PAGES, type Rule } from "./rule";
import { readValue, type RuleEvent } from "./rule-event";
import {
  countOf,
  eachEvent,
  isToAll,
  type Leaf,
  byName,
  namesOf,
  textsIn,
  byType,
} from "./rule-parts";

/** Data that others can read, and whose it is. */
type Piece = {
  readonly channel: DataChannel;
  readonly payload: Payload;
  readonly value: () => unknown;
  /** The session id of who put it there, `LOCAL` for this page; undefined where Daily does not say. */
  readonly author: string | undefined;
};

const LOCAL = "local";

const piece = (channel: DataChannel, payload: Payload, author?: string): Piece => ({
  channel,
  payload,
  value: () => readValue(payload),
  author,
});

const idOf = ({ participant }: ParticipantWithData): string =>
  participant.local ? LOCAL : participant.session_id;

const userDataOf = (someone: ParticipantWithData): Piece[] =>
  someone.payload ? [piece("user-data", someone.payload, idOf(someone))] : [];

function authorOf({ event, call }: RuleEvent): string | undefined {
  if (call) return LOCAL;
  if ("fromId" in event) return event.fromId;
  return "participant" in event ? idOf(event) : undefined;
}

/** All data of an event that the room can read: also what was there already when the page came. */
function piecesOf(seen: RuleEvent): Piece[] {
  const { event, channel, payload, value } = seen;
  if (event.kind === "call-snapshot")
    return [
      ...event.participants.flatMap(userDataOf),
      ...(event.payload ? [piece("session-data", event.payload)] : []),
    ];
  if (event.kind === "daily-event" && event.name === "joined-meeting")
    return event.participants.flatMap(userDataOf);
  return channel && payload ? [{ channel, payload, value, author: authorOf(seen) }] : [];
}

function readersAt(seq: number, author: string | undefined, people: PeopleTracker): string[] {
  const authorId = author === LOCAL ? people.localId() : author;
  return [...people.people.values()]
    .filter((each) => each.sessionId !== authorId && isPresent(each, seq))
    .map(({ sessionId }) => sessionId);
}

/** A secret as it may be shown: enough to find it again, too little to use it. */
const masked = (secret: string): string =>
  `${secret.slice(0, 4)}… (${howMany(secret.length, "character")})`;

/** How many others could read it, as a sentence; by name where a name is given. */
function readersText({ most, people }: Finding, name?: (id: string) => string): string {
  // Not always the same ones: those who are named are all of them, as far as they are kept.
  const readers = Math.max(most, people.length);
  if (readers === 0) return "No one else was in the call to read it yet.";
  const said = `Up to ${howMany(readers, "person", "people")} could read it`;
  if (!name) return `${said}.`;
  const more = readers - people.length;
  return `${said}: ${people.map(name).join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}

/** What must not get about is told with its beginning, and with who could read it. */
const tellSecret: Rule["tell"] = (found, name) =>
  `${howMany(found.count, "payload")} in ${found.subject.text}: ${found.text}. ${readersText(found, name)}`;

const tellPlace: Rule["tell"] = (found) =>
  `${howMany(found.count, "payload")} in ${found.subject.text}. ${readersText(found)}`;

/** More different secrets than any call has; what is forgotten counts once more when it shows again. */
const MAX_KNOWN = 500;

/**
 * Looks for texts that not everyone should read, in all that the room can read. `find` returns the part of a text that
 * is the secret; it is told masked only. `hint` must be in a JSON text for it to be looked into at all. A value that
 * stays in user or session data is one payload, however often it is seen.
 */
const placed =
  (hint: RegExp, find: (leaf: Leaf<string>) => string | undefined): Rule["start"] =>
  (report, { people }) => {
    /** Who put it there, by what and where it is. */
    const known = new Map<string, string | undefined>();

    function look(seen: RuleEvent, { channel, value, author }: Piece): void {
      for (const leaf of textsIn(value())) {
        const secret = find(leaf);
        if (secret === undefined) continue;
        const { path } = leaf;
        const isMessage = channel === "app-message";
        const whose = channel === "user-data" ? author : "";
        const id = JSON.stringify([channel, whose, path, secret]);
        const isKnown = !isMessage && known.has(id);
        if (known.size >= MAX_KNOWN) known.clear();
        if (!isMessage && !isKnown) known.set(id, author);
        const readers = readersAt(seen.seq, isKnown ? known.get(id) : author, people);
        // A message that no one got is gone, and its secret with it.
        if (isMessage && readers.length === 0) continue;
        report({
          subject: isMessage
            ? byName(`app messages of type ${seen.type()}, ${path}`, seen.type())
            : byName(`${channel.replace("-", " ")}, ${path}`),
          seqs: isKnown ? [] : [seen.seq],
          times: isKnown ? 0 : 1,
          at: seen.at,
          amount: readers.length,
          paths: [path],
          people: readers,
          text: masked(secret),
        });
      }
    }

    return {
      event(seen) {
        const { call, phase } = seen;
        // No one reads what is refused, or before the join, which shows it once more; what is for some only may be meant.
        if (call && (call.outcome === "threw" || phase !== "joined" || !isToAll(call.to))) return;
        for (const each of piecesOf(seen)) if (hint.test(each.payload.json)) look(seen, each);
      },
    };
  };

/** A token that everyone in the room can read. */
const tokenInData: Rule = {
  id: "token-in-data",
  title: "A token in data that the room can read",
  level: "error",
  why: "Everyone in the call can read app messages to all, user data and session data. Who has a meeting token can join as its owner until it expires.",
  advice:
    "Have each participant get their own token from your server. Take this one back if it still holds.",
  docs: DOCS_PAGES.restAuthentication,
  tell: tellSecret,
  start: placed(/eyJ/, ({ value }) => TOKEN.exec(value)?.[0]),
};

const KEY_NAMES = /^(?:api_?key|secret|secret_?key|client_?secret|access_?key|password)$/i;
const SECRET = /^[\w+/=.-]{16,}$/;

/** A key or password that everyone in the room can read. */
const apiKeyInData: Rule = {
  id: "api-key-in-data",
  title: "A key in data that the room can read",
  level: "error",
  why: "Everyone in the call can read app messages to all, user data and session data, and an API key gives them what it gives you. Daily’s own key must never be in a page at all.",
  advice: "Keep keys on your server and have it make the requests. Replace this one.",
  docs: DOCS_PAGES.restAuthentication,
  tell: tellSecret,
  start: placed(
    /sk_live_|sk-|AKIA|AIza|gh[pousr]_|xox|key"|secret"|password"/i,
    ({ key, value }) => {
      const isNamedSo = KEY_NAMES.test(key) && SECRET.test(value);
      const secret = KEY.exec(value)?.[0] ?? (isNamedSo ? value : undefined);
      return secret !== undefined && looksRandom(secret) ? secret : undefined;
    },
  ),
};

/** E-mail addresses that the app hands around; what people write in a chat is theirs. */
const emailInData: Rule = {
  id: "email-in-data",
  title: "Data that the room can read may hold e-mail addresses",
  level: "info",
  why: "Everyone in the call can read app messages to all, user data and session data, guests without an account included.",
  advice: "Use an id of your own, and look the address up on your server where it is needed.",
  docs: DOCS_PAGES.channels,
  tell: tellPlace,
  start: placed(/@/, ({ value }) => (EMAIL.test(value) ? value : undefined)),
};

const SIGNED =
  /^https?:\/\/\S+[?&](?:X-Amz-Signature|X-Goog-Signature|Signature|sig|token|access_token|t)=[\w%.+/=-]{16,}/i;

/** An address that opens something without a login. */
const signedUrlInData: Rule = {
  id: "signed-url-in-data",
  title: "A signed address in data that the room can read",
  level: "warning",
  why: "A signed address opens what it points to for anybody who has it, as long as it holds. Everyone in the call can read it, and pass it on.",
  advice: "Send an id, and have your server sign an address for each person who may open it.",
  docs: DOCS_PAGES.channels,
  tell: tellPlace,
  start: placed(/https?:\/\//, ({ value }) => (SIGNED.test(value) ? value : undefined)),
};

const ROLE_KEYS = /^(?:role|userRole|user_role)$/;
const POWERS = /^(?:host|co-?host|owner|admin|administrator|moderator)$/i;
const FLAGS = /^is_?(?:host|owner|admin|moderator)$/i;

/** Someone says in a message that they are the host. */
const roleByMessage: Rule = {
  id: "role-by-message",
  title: "A role that anybody could claim",
  level: "warning",
  why: 'Any participant can send any app message: `{ role: "host" }` proves nothing. These came from participants whom Daily does not know as owners.',
  advice:
    "Give owners a meeting token with `is_owner`, and ask `participants()[fromId].owner`. For what must not be tampered with Daily advises its REST API, which arrives with fromId “API”.",
  docs: DOCS_PAGES.restMessage,
  code: `call.on("app-message", ({ data, fromId }) => {\n  if (!call.participants()[fromId]?.owner) return;\n  obey(data);\n});`,
  tell: (found, name) =>
    `${countOf(found, "message")} with ${found.paths.join(", ")} from ${namesOf(found, name)}.`,
  start: eachEvent((seen, { people }) => {
    const { event, channel, value, seq } = seen;
    if (channel !== "app-message" || event.kind !== "daily-event") return undefined;
    if (event.name !== "app-message" || specialSender(event.fromId)) return undefined;
    const person = people.people.get(event.fromId);
    if (!person || person.participant.owner !== false || !isPresent(person, seq)) return undefined;
    const paths = claimsIn(value());
    return paths.length > 0 ? { subject: byType(seen), paths, people: [event.fromId] } : undefined;
  }),
};

function claimsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key, each]) =>
      typeof each === "string"
        ? ROLE_KEYS.test(key) && POWERS.test(each)
        : each === true && FLAGS.test(key),
    )
    .map(([key]) => key);
}

export const TRUST: readonly Rule[] = [
  tokenInData,
  apiKeyInData,
  emailInData,
  signedUrlInData,
  roleByMessage,
];
