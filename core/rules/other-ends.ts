// What only the pages of others in the room can tell: what they received, what their listeners did, what they hold.
import type { DailyEvent } from "../../extension/protocol/event";
import { versionAt } from "../daily/people-tracker";
import { readSessionData } from "../daily/session-write";
import type { Reception } from "../delivery/deliveries";
import type { End } from "../delivery/ends";
import { SPREAD_MS } from "../delivery/spread";
import { sameJson } from "../lib/json";
import { parseStack } from "../lib/stack";
import { howMany, keyNames } from "../lib/texts";
import type { Finding } from "./finding";
import { type DeliveredEvent, DOCS_PAGES, type Rule, type Sighting, type Subject } from "./rule";
import { byName, gathered } from "./rule-parts";
import { createDifferenceWatch, DIFFERS_MS } from "./session-differences";

type Seen = Partial<Sighting>;
type Name = (id: string) => string;

/**
 * The run of a rule that looks at what became of messages (or of user data) at each other end: a finding for each type
 * and person, which says of how many it is. `look` must not remember anything: where what was told turns out to be
 * otherwise, it is asked about that again to take it back.
 */
const atEachEnd =
  (
    method: DeliveredEvent["sent"]["method"],
    subjectOf: (delivered: DeliveredEvent) => Subject,
    look: (delivered: DeliveredEvent) => Seen | undefined,
  ): Rule["start"] =>
  (report, _, retract) => {
    /** Subjects of what was told; and of how many it is by now, where that has grown since. */
    const told = new Set<string>();
    const grown = new Map<string, Sighting>();
    return {
      delivered(delivered) {
        const { sent, reception, outOf, before } = delivered;
        if (sent.method !== method) return;
        const found = look(delivered);
        // Most of the time nothing is wrong, and this is asked for each message and person.
        if (!found && told.size === 0) return;
        const { seq, at } = sent;
        const subject = subjectOf(delivered);
        const sighting = { subject, seqs: [seq], at, people: [reception.sessionId], outOf };
        const wrong = before && look({ ...delivered, reception: before });
        if (wrong) retract({ ...sighting, ...wrong });
        if (found) {
          told.add(subject.text);
          report({ ...sighting, ...found });
        } else if (told.has(subject.text))
          grown.set(subject.text, { subject, seqs: [], at, times: 0, outOf });
      },
      look() {
        for (const sighting of grown.values()) report(sighting);
        grown.clear();
      },
    };
  };

const byTypeAndName = ({ sent: { type }, name }: DeliveredEvent): Subject => ({
  text: `type ${type} to ${name}`,
  type,
  others: "other types",
});

/** `2 of 3 messages of type chat`; without the total where all of it is told. */
function messagesOf({ count, outOf, subject }: Finding): string {
  const all = Math.max(count, outOf);
  const type = subject.type === undefined ? subject.text : `type ${subject.type}`;
  return `${ofAll(count, all)}${howMany(all, "message")} of ${type}`;
}

const ofAll = (count: number, all: number): string => (count < all ? `${count} of ` : "");

/** The names of those it is about, each once. */
const whoOf = ({ people }: Finding, name: Name): string =>
  [...new Set(people.map(name))].join(", ");

/** How long it took at least, in ms, and at most: clocks of two machines may be off. Nothing where they don't tell. */
const leastMs = ({ latencyMs, uncertaintyMs = 0 }: Reception): number =>
  latencyMs === undefined ? 0 : latencyMs - uncertaintyMs;
const mostMs = ({ latencyMs, uncertaintyMs = 0 }: Reception): number =>
  latencyMs === undefined ? Infinity : latencyMs + uncertaintyMs;

const arrivalOf = ({ entry }: Reception): DailyEvent | undefined =>
  entry?.event.kind === "daily-event" ? entry.event : undefined;

/** A message that was sent and never arrived. */
const messageLost: Rule = {
  id: "message-lost",
  title: "A message never arrived",
  level: "warning",
  why: "Daily gives no receipt, so the sender can’t tell. The recipient was in the call, their page was in view and still ran seconds later, and this message isn’t among what it received. Nothing is claimed about equal messages.",
  advice:
    "Put what must not be missed into session data or user data, which a page gets as state. Where it has to be a message, have the recipient confirm it, and send it again until they do.",
  docs: DOCS_PAGES.channels,
  code: `call.on("app-message", ({ data, fromId }) => {\n  if (data.id) call.sendAppMessage({ type: "ack", id: data.id }, fromId);\n});`,
  tell: (found, name) => `${messagesOf(found)} never arrived at ${whoOf(found, name)}.`,
  start: atEachEnd("sendAppMessage", byTypeAndName, ({ reception: { verdict } }) =>
    verdict.kind === "lost" ? {} : undefined,
  ),
};

/** A message that was sent once and arrived more often. */
const messageDoubled: Rule = {
  id: "message-doubled",
  title: "A message arrived more than once",
  level: "warning",
  why: "It was sent once, and the recipient’s page got the event again: an app that adds up or appends shows it twice.",
  advice: "Give each message an id, and ignore one that you have seen.",
  docs: DOCS_PAGES.channels,
  code: `call.on("app-message", ({ data }) => {\n  if (seen.has(data.id)) return;\n  seen.add(data.id);\n});`,
  tell: (found, name) =>
    `${messagesOf(found)} arrived at ${whoOf(found, name)} more than once: up to ${howMany(found.most, "time")}.`,
  start: atEachEnd("sendAppMessage", byTypeAndName, ({ reception: { verdict } }) =>
    verdict.kind === "doubled" ? { amount: verdict.arrivals.length } : undefined,
  ),
};

/** A message that arrived after one that was sent later. */
const messageOvertaken: Rule = {
  id: "message-overtaken",
  title: "Messages arrived out of order",
  level: "warning",
  why: "A message that this page sent later arrived earlier. Daily documents no order for app messages, so what replaces an earlier value may be replaced by it.",
  advice: "Number messages whose order matters, and ignore what is older than what you have.",
  docs: DOCS_PAGES.channels,
  code: `call.on("app-message", ({ data, fromId }) => {\n  if (data.n <= (latest.get(fromId) ?? 0)) return;\n  latest.set(fromId, data.n);\n});`,
  tell: (found, name) =>
    `${messagesOf(found)} arrived at ${whoOf(found, name)} after a message that was sent later.`,
  start: atEachEnd("sendAppMessage", byTypeAndName, ({ reception }) =>
    reception.isOvertaken ? {} : undefined,
  ),
};

/** A message that arrived at a page without a listener. */
const noListenerAtOtherEnd: Rule = {
  id: "no-listener-at-other-end",
  title: "Arrived at a page that doesn’t listen",
  level: "warning",
  why: 'The message arrived, but the recipient’s page had no listener of `app-message` at that moment. App messages are not kept: one that arrives before `call.on("app-message")`, or after the listener was removed, is gone.',
  advice: "In each page that is to get messages, add the listener before you call `join()`.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", onAppMessage);\nawait call.join();`,
  tell: (found, name) =>
    `${messagesOf(found)} arrived at ${whoOf(found, name)}, whose page had no listener.`,
  start: atEachEnd("sendAppMessage", byTypeAndName, ({ sent, reception, receptions }) => {
    const { entry } = reception;
    if (sent.isOfPrebuilt || !entry || arrivalOf(reception)?.listeners !== 0) return undefined;
    // A page may have one call that listens and others that only help.
    const isHeard = receptions.some(
      (each) =>
        each.entry?.documentId === entry.documentId && (arrivalOf(each)?.listeners ?? 0) > 0,
    );
    return isHeard ? undefined : {};
  }),
};

/** A message at which a listener of the recipient threw. */
const listenerThrewAtOtherEnd: Rule = {
  id: "listener-threw-at-other-end",
  title: "A listener threw at another participant",
  level: "error",
  why: "daily-js swallows what a listener throws: the recipient’s console has one line, and listeners that were added later do not run for this event. Here nothing shows it.",
  advice:
    "Select the message, open Delivery and follow the time of arrival: that event has the error and its stack. Check what arrives before you use it: pages of different versions, or in a different state, may not expect the same.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data }) => {\n  if (data?.type !== "chat" || typeof data.text !== "string") return;\n  show(data.text);\n});`,
  tell(found, name) {
    const { count, most, text = "" } = found;
    const all = count === 1 ? "the same message" : "the same messages";
    const others =
      most > 0 ? ` ${count === 1 ? "" : "Up to "}${howMany(most, "other")} handled ${all}.` : "";
    const last = count === 1 ? "" : ". The last time";
    return `A listener at ${whoOf(found, name)} threw on ${messagesOf(found)}${last}: ${text}.${others}`;
  },
  start: atEachEnd("sendAppMessage", byTypeAndName, ({ reception, receptions }) => {
    const error = arrivalOf(reception)?.handlerError;
    if (!error) return undefined;
    const handled = receptions.filter((each) => {
      const arrival = arrivalOf(each);
      return arrival && arrival.listeners > 0 && !arrival.handlerError;
    });
    const text = `${error.name}: ${error.message.replace(/\.$/, "")}${placeIn(error.stack)}`;
    return { text, amount: handled.length };
  }),
};

/** Where an error was thrown, as far as its stack names a script: ` (chat.js:12)`. */
function placeIn(stack: string | undefined): string {
  const frame = parseStack(stack ?? "").find(({ isLibrary }) => !isLibrary);
  const file = frame?.url.split(/[?#]/)[0]?.split("/").at(-1);
  return frame && file ? ` (${file}:${frame.line})` : "";
}

/** User data that others do not have after a time in which it should have reached them. */
const userDataNotSpread: Rule = {
  id: "user-data-not-spread",
  title: "User data that hasn’t reached everyone",
  level: "warning",
  why: `User data is rate limited with eventual consistency: Daily documents no number for how long it takes to reach the others. ${SPREAD_MS / 1_000} s is our own choice. The others were in the call, their pages were in view and ran, and they had neither this value nor a later one.`,
  advice:
    "Don’t rely on user data being there at once: what must be seen soon is an app message. Set it less often, and only when it has changed.",
  docs: DOCS_PAGES.setUserData,
  tell(found, name) {
    const { count, outOf } = found;
    const all = Math.max(count, outOf);
    const values = `${ofAll(count, all)}${howMany(all, "value")}`;
    return `${values} of user data ${count === 1 ? "wasn’t" : "weren’t"} at ${whoOf(found, name)} ${SPREAD_MS / 1_000} s after being set.`;
  },
  start: atEachEnd(
    "setUserData",
    ({ name }) => ({ text: `user data at ${name}`, others: "user data at others" }),
    ({ reception }) => {
      const { kind } = reception.verdict;
      const isLate = kind === "held" && leastMs(reception) > SPREAD_MS;
      return kind === "lost" || isLate ? {} : undefined;
    },
  ),
};

/** Pages of one room that hold different session data. */
const sessionDataDiffers: Rule = {
  id: "session-data-differs",
  title: "Pages hold different session data",
  level: "warning",
  why: `Session data is one state for the room: all pages should get the same within about a second (documented, not measured). Until they do, people see different things. ${DIFFERS_MS / 1_000} s is our own choice.`,
  advice:
    "Compare both in Room. If one page has missed an update, it stays behind until the next one: write the keys again. If one is paused in a debugger or suspended, nothing is wrong.",
  docs: DOCS_PAGES.setMeetingSessionData,
  tell(found, name) {
    const { count, paths } = found;
    const times = count > 1 ? `, ${howMany(count, "time")}` : "";
    return `${whoOf(found, name)} had other session data than this page for more than ${DIFFERS_MS / 1_000} s${times}: ${keyNames(paths)}.`;
  },
  start(report, { people }, _, { own, others }) {
    const watches = new Map<string, ReturnType<typeof createDifferenceWatch>>();
    const isDue = () => [...watches.values()].some(({ isOpen }) => isOpen());
    function watchOf(other: End) {
      const watch = watches.get(other.callId) ?? createDifferenceWatch();
      watches.set(other.callId, watch);
      return watch;
    }
    return {
      isWaiting: isDue,
      look(now) {
        const self = own();
        if (!self) return;
        for (const other of others()) {
          if (!other.isTimed()) continue;
          for (const { id, at, ours, theirs } of watchOf(other).advance(self, other, now)) {
            const [a, b] = [readSessionData(ours.payload), readSessionData(theirs.payload)];
            const keys = Object.keys({ ...a, ...b }).filter((key) => !sameJson(a[key], b[key]));
            const { names = [] } = people.people.get(id) ?? {};
            const subject = byName(versionAt(names, ours.seq)?.name || id);
            report({ subject, seqs: [ours.seq], at, people: [id], paths: keys });
          }
        }
      },
    };
  },
};

/** So late, while others had it so soon; and so often before it is told. All three our own choice. */
const LATE_MS = 1_000;
const SOON_MS = 200;
const TIMES = 3;

/** A page that gets messages later than all others do. */
const slowAtOtherEnd: Rule = {
  id: "slow-at-other-end",
  title: "One page receives messages late",
  level: "info",
  why: "Other pages had the same messages in time, so what takes long is at this end: its network, a page that is busy, or a tab in the background, which the browser slows down. The panel can’t see which.",
  advice:
    "Bring that tab to the front and try again. If it stays slow, record a performance profile there: what blocks the page delays its messages as well.",
  docs: DOCS_PAGES.messagingEvents,
  tell: (found, name) =>
    `${whoOf(found, name)} received ${howMany(found.count, "message")} more than 1 s after they were sent, while others had them within 200 ms.`,
  start: gathered(
    { times: TIMES },
    atEachEnd(
      "sendAppMessage",
      ({ name }) => byName(name),
      ({ reception, receptions }) => {
        if (leastMs(reception) <= LATE_MS) return undefined;
        return receptions.some((each) => mostMs(each) <= SOON_MS) ? {} : undefined;
      },
    ),
  ),
};

export const OTHER_ENDS: readonly Rule[] = [
  messageLost,
  messageDoubled,
  messageOvertaken,
  noListenerAtOtherEnd,
  listenerThrewAtOtherEnd,
  userDataNotSpread,
  sessionDataDiffers,
  slowAtOtherEnd,
];
