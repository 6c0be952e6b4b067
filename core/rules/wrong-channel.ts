import { howMany } from "../lib/texts";
import type { Participant } from "../../extension/protocol/event";
import { deliveryOf } from "../daily/delivery";
import { isPresent, type PeopleTracker } from "../daily/people-tracker";
import { gathering } from "./gathering";
import { DOCS_PAGES, REWRITES, type Rule } from "./rule";
import type { RuleEvent } from "./rule-event";
import {
  countOf,
  eachEvent,
  gathered,
  isSent,
  isToAll,
  byName,
  namesOf,
  byType,
} from "./rule-parts";

/** A message so soon after a join is an answer to it, and so many of them no chance. Our own choices. */
const ANSWER_MS = 1_000;
const ANSWERS = 3;
/** What comes so soon after one that answered nothing is a stream, which meets a join now and then. */
const STREAM_MS = 1_000;
const MAX_TYPES = 200;
const MAX_SILENT = 1_000;
/** UTF-16 units. */
const MAX_COMPARED = 10_000;
/** Numbers of events that are kept until it is a habit. */
const MAX_ANSWERS = 200;

type Join = { readonly seq: number; readonly at: number; readonly until: number };

/** An app message that is sent to everyone again for each newcomer: that is state. */
const stateByMessage: Rule = {
  id: "state-by-message",
  title: "State sent again for each newcomer",
  level: "warning",
  why: "App messages aren’t kept, so state that is sent as one has to be sent again whenever someone joins. Anyone who joins while the sender is away never gets it, and everyone else gets it once more each time.",
  advice:
    "Put state of the room into session data, and state of a person into their user data: Daily hands both to anyone who joins.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ layout }, "shallow-merge");\n// everyone, now and later:\ncall.on("meeting-session-state-updated", ({ meetingSessionState }) => show(meetingSessionState.data));`,
  rewrite: REWRITES.messageAsState,
  tell: ({ count, most, subject }) =>
    `A message of ${subject.text} was sent again right after ${howMany(count, "join")}. ${howMany(most, "late joiner")} missed what had been sent before.`,
  start(report, { people }) {
    const types = new Map<string, Sent>();
    let latest: Join | undefined;
    let joins = 0;
    /** Who joined, until they first say something. */
    const silent = new Map<string, Join>();
    /** The newcomer who said something last. */
    let asking: Join | undefined;
    return {
      event(seen) {
        const { event, type, seq, at } = seen;
        if (event.kind === "daily-event" && event.name === "participant-joined") {
          latest = { seq, at, until: at + event.handlerMs };
          joins++;
          if (silent.size < MAX_SILENT) silent.set(event.participant.session_id, latest);
        }
        if (event.kind === "daily-event" && event.name === "app-message") {
          asking = silent.get(event.fromId) ?? asking;
          silent.delete(event.fromId);
        }
        if (!isToEverybody(seen, people)) return;
        const sent = types.get(type());
        if (!sent) {
          if (types.size < MAX_TYPES) types.set(type(), sentFirst(seen, joins));
          return;
        }
        const { payload } = seen;
        // The same again, after someone who came since then has spoken: they asked for it.
        const isSame = sent.lastJson !== undefined && payload?.json === sent.lastJson;
        const asked = isSame && asking && asking.seq > sent.lastSeq ? asking : undefined;
        const join = asked ?? (latest && answeredJoin(sent, latest, at));
        sent.lastSeq = seq;
        sent.lastJson = shortJson(seen);
        if (!join) {
          sent.others++;
          sent.lastOther = at;
          return;
        }
        sent.lastJoin = join.seq;
        sent.answered++;
        sent.answers = [...sent.answers, join.seq, seq].slice(-MAX_ANSWERS);
        const missed = joins - sent.joinsBefore;
        if (!isHabit(sent, missed)) return;
        const seqs = [...sent.answers, sent.firstSeq];
        const times = sent.answers.length / 2;
        report({ subject: byType(seen), seqs, at, times, amount: missed });
        sent.answers = [];
      },
    };
  },
};

/** The data of a message, to be compared with the next one. */
const shortJson = ({ payload }: RuleEvent): string | undefined =>
  payload && payload.json.length <= MAX_COMPARED ? payload.json : undefined;

const sentFirst = (seen: RuleEvent, joinsBefore: number) => ({
  firstSeq: seen.seq,
  /** How many had joined when it was sent first. */
  joinsBefore,
  /** Sent right after a join, in pairs of numbers, as far as they have not been told. */
  answers: [] as number[],
  answered: 0,
  others: 1,
  lastJoin: 0,
  /** When it was last sent without a join before it. */
  lastOther: seen.at,
  lastSeq: seen.seq,
  /** The data that was sent last, unless it is long. */
  lastJson: shortJson(seen),
});

/** How a type of message has been sent so far. */
type Sent = ReturnType<typeof sentFirst>;

/** The join that a message answers; each is answered once. */
function answeredJoin({ lastJoin, lastOther }: Sent, join: Join, at: number): Join | undefined {
  if (join.seq === lastJoin || at - join.at >= ANSWER_MS) return undefined;
  // What the listeners of the join send is an answer, whatever else is sent.
  return at <= join.until || at - lastOther >= STREAM_MS ? join : undefined;
}

/** Whether most joins are answered, and most of what is sent are answers: changes in between are what makes it state. */
const isHabit = ({ answered, others }: Sent, joins: number): boolean =>
  answered >= ANSWERS && 3 * answered >= 2 * joins && 2 * answered >= others;

/** A message to one newcomer may be a handshake. */
function isToEverybody(seen: RuleEvent, people: PeopleTracker): boolean {
  if (!isSent(seen)) return false;
  const to = seen.call?.to;
  if (to === undefined || to === "*") return true;
  if (typeof to === "string" || to.length < 2) return false;
  const { audience } = deliveryOf("*", seen.seq, people);
  return audience.length > 1 && audience.every(({ sessionId }) => to.includes(sessionId));
}

/** In the words of a type: `chat-history`, `syncState`, `FULL_STATE`. */
const HISTORY =
  /\b(?:history|backlog|replay|snapshot|catch ?up|(?:shared|full|initial|current|whole) state|state sync|sync (?:state|chat|messages)|chat sync)\b|^sync$/;
/** The one who asks for it isn't the one who keeps it. */
const REQUEST = /\b(?:request|get|ask|need|want)\b/;
/** So soon after a join it is for the newcomer. Our own choice, like the number of times. */
const NEWCOMER_MS = 5_000;
const REPLAYS = 2;

/** What came before is sent to newcomers by hand. */
const historyReplay: Rule = {
  id: "history-replay",
  title: "History sent to late joiners by hand",
  level: "info",
  why: "Someone who is in the call has to be asked, be still there and answer, within 4 KB a message (documented). When the one who is asked leaves, the history is gone.",
  advice:
    "Keep the latest state in session data (100 KB in all, documented), and a longer history on a server.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ lastMessages: messages.slice(-20) }, "shallow-merge");`,
  tell: (found, name) =>
    `${countOf(found, "message")} to ${namesOf(found, name)}, who had just joined.`,
  start(report) {
    const gather = gathering(report, { times: REPLAYS });
    let newcomers: { readonly id: string; readonly at: number; readonly seq: number }[] = [];
    return {
      event(seen) {
        const { event, call, protocol, type, seq, at } = seen;
        if (event.kind === "daily-event" && event.name === "participant-joined") {
          const { session_id: id } = event.participant;
          newcomers = [...newcomers.filter((each) => at - each.at < NEWCOMER_MS), { id, at, seq }];
        }
        if (!isSent(seen) || isToAll(call?.to) || newcomers.length === 0) return;
        const ids = [call?.to ?? []].flat();
        const met = newcomers.filter((each) => ids.includes(each.id) && at - each.at < NEWCOMER_MS);
        // The chat of Prebuilt does it like that, and there is nothing to be done about it.
        if (met.length === 0 || protocol() === "prebuilt-chat") return;
        const words = wordsOf(type());
        if (!HISTORY.test(words) || REQUEST.test(words)) return;
        const seqs = [seq, ...met.map((each) => each.seq)];
        gather({ subject: byType(seen), seqs, at, people: met.map(({ id }) => id) });
      },
    };
  },
};

const wordsOf = (type: string): string =>
  type
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[^A-Za-z]+/g, " ")
    .trim()
    .toLowerCase();

/** Twice what Daily documents for session data, kept up for so long. */
const PER_SECOND = 2;
const SPAN_MS = 10_000;

/** Something that happens often goes through a channel for state. */
const eventsThroughState: Rule = {
  id: "events-through-state",
  title: "A stream of events through a channel for state",
  level: "warning",
  why: "Session data syncs about once a second and user data is rate limited (documented): both are made for values that hold for a while. Most of a fast stream is never seen, and what is seen comes late.",
  advice: "Send what happens now as an app message, and write the state when it has come to rest.",
  docs: DOCS_PAGES.channels,
  code: `call.sendAppMessage({ type: "cursor", x, y });\nonRest(() => call.setMeetingSessionData({ cursor: { x, y } }, "shallow-merge"));`,
  tell: (found) => `${countOf(found, "call")}, more than ${PER_SECOND} a second.`,
  start: gathered(
    { times: (PER_SECOND * SPAN_MS) / 1_000 + 1, withinMs: SPAN_MS },
    eachEvent(({ call }) =>
      call && call.method !== "sendAppMessage" && call.outcome !== "threw"
        ? { subject: byName(`${call.method}()`) }
        : undefined,
    ),
  ),
};

const MIN_KEYS = 2;
const MAX_KEYS = 500;
const MAX_USERS = 5_000;

/** Session data with a key for each participant. */
const peopleInSessionData: Rule = {
  id: "people-in-session-data",
  title: "Session data may hold the state of single people",
  level: "info",
  why: "If each participant writes their own of these keys, many write one object: they overwrite each other and share one update a second (documented). No one removes the keys of those who have left, and a session id is another one after each join.",
  advice:
    "What everyone sets about themselves belongs in setUserData(): it comes with the participant, and goes with them. What one host decides for all is right in session data: remove a key at `participant-left`.",
  docs: DOCS_PAGES.channels,
  code: `await call.setUserData({ hand: "up" });\n// the others:\nconst { userData } = call.participants()[sessionId];`,
  tell: ({ most, paths }) =>
    `${howMany(most, "key is", "keys are")} the id of a participant: ${paths.join(", ")}.`,
  start(report, { people }) {
    const userIds = new Set<string>();
    // Names aren't evidence: they are keys of anything.
    const isPerson = (key: string) => people.people.has(key) || userIds.has(key);
    function note({ user_id }: Participant): void {
      if (user_id !== undefined && userIds.size < MAX_USERS) userIds.add(user_id);
    }
    return {
      event({ event, value, seq, at }) {
        if (event.kind !== "daily-event") return;
        if ("participant" in event) note(event.participant);
        if (event.name === "joined-meeting")
          for (const { participant } of event.participants) note(participant);
        if (event.name !== "meeting-session-state-updated") return;
        const found = keysOf(value()).filter(({ key }) => isPerson(key));
        if (found.length < MIN_KEYS) return;
        const paths = found.slice(0, 5).map(({ path }) => path);
        report({ seqs: [seq], at, amount: found.length, paths });
      },
    };
  },
};

/** Keys of an object and of the objects in it. */
function keysOf(value: unknown): { readonly key: string; readonly path: string }[] {
  const own = (node: unknown) =>
    typeof node === "object" && node !== null && !Array.isArray(node) ? Object.entries(node) : [];
  const keys = own(value).flatMap(([key, each]) => [
    { key, path: key },
    ...own(each)
      .slice(0, MAX_KEYS)
      .map(([inner]) => ({ key: inner, path: `${key}.${inner}` })),
  ]);
  return keys.slice(0, MAX_KEYS);
}

/** Names that are about the room and no one in it, whatever their value. */
const ROOM_KEYS =
  /^(?:(?:room|shared|meeting)_?(?:state|layout|topic|mode|phase)|(?:current_?|active_?)?(?:layout|topic|slide|scene|agenda(?:_?item)?)|(?:is_?)?recording|spotlight|whiteboard)$/i;
/** Names of what is the room’s only if it is more than a word: `poll: "voted"` is about one person. */
const ROOM_OBJECTS = /^(?:room|meeting|poll|quiz|game|stage|playlist|queue|timer|scores?|board)$/i;
const MIN_PEOPLE = 3;

/** What is about the room is kept by one person. */
const roomStateInUserData: Rule = {
  id: "room-state-in-user-data",
  title: "State of the room kept in one person’s user data",
  level: "info",
  why: "User data goes with its participant: when they leave or reload, the room has lost it. No one else can change it.",
  advice: "Keep it in session data, which belongs to the room.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ poll }, "shallow-merge");`,
  tell: (found, name) =>
    `${namesOf(found, name)} ${found.people.length === 1 ? "has" : "have"} ${found.paths.join(", ")} in their user data; the others have not.`,
  start: eachEvent(({ event, channel, value, seq }, { people }) => {
    if (channel !== "user-data" || event.kind !== "daily-event" || !("participant" in event))
      return undefined;
    const data = value();
    if (typeof data !== "object" || data === null) return undefined;
    const paths = Object.entries(data)
      .filter(([key, each]) => isOfRoom(key, each))
      .map(([key]) => key);
    if (paths.length === 0) return undefined;
    const { session_id } = event.participant;
    const others = [...people.people.values()].filter(
      (each) => each.sessionId !== session_id && isPresent(each, seq),
    );
    const isAlone = !others.some(({ versions }) =>
      paths.some((key) => versions.at(-1)?.payload?.json.includes(`"${key}":`)),
    );
    return isAlone && others.length >= MIN_PEOPLE - 1
      ? { subject: byName(paths.join(", ")), paths, people: [session_id] }
      : undefined;
  }),
};

/** A name of someone on the stage is of the room; that one is there oneself is not. */
const isOfRoom = (key: string, value: unknown): boolean => {
  if (value === null || value === undefined || value === "") return false;
  if (ROOM_KEYS.test(key)) return true;
  if (/^stage$/i.test(key)) return typeof value !== "boolean";
  return ROOM_OBJECTS.test(key) && typeof value === "object";
};

export const WRONG_CHANNEL: readonly Rule[] = [
  stateByMessage,
  historyReplay,
  eventsThroughState,
  peopleInSessionData,
  roomStateInUserData,
];
