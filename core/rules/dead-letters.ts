import { isPrebuiltError } from "../daily/daily-errors";
import { howMany } from "../lib/texts";
import { deliveryOf, type Recipient, specialSender } from "../daily/delivery";
import { DOCS_PAGES, type Rule, type Trackers } from "./rule";
import type { RuleEvent } from "./rule-event";
import {
  countOf,
  eachEvent,
  isRefusedOutside,
  isSent,
  isToAll,
  byName,
  namesOf,
  byType,
} from "./rule-parts";
import { overLimit } from "./sizes";

/** Sent while the call had not joined. */
const sentBeforeJoin: Rule = {
  id: "sent-before-join",
  title: "Sent before the call had joined",
  level: "error",
  why: "Before `joined-meeting` daily-js refuses app messages and session data: it throws, and nothing is kept to be sent later. Up to daily-js 0.53 an app message was lost without a word.",
  advice: "Wait for the `joined-meeting` event, or for the promise of `join()`, before you send.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `await call.join();\ncall.sendAppMessage(data);`,
  tell: ({ count, subject }) =>
    `${subject.text}() was called ${howMany(count, "time")} before the join.`,
  start: eachEvent(({ call, phase }) => {
    if (!call || call.method === "setUserData" || phase === "left" || phase === "joined")
      return undefined;
    const isJoining = phase === "joining" && call.method === "sendAppMessage";
    return isRefusedOutside(call) || isJoining ? { subject: byName(call.method) } : undefined;
  }),
};

/** Sent once the call had left or ended. */
const sentAfterLeave: Rule = {
  id: "sent-after-leave",
  title: "Sent after the call had left",
  level: "error",
  why: "After `left-meeting`, a fatal error or `destroy()` daily-js refuses app messages and session data. Inside the handler of `left-meeting` it is too late already.",
  advice:
    "Send a goodbye before you call `leave()`, and stop timers that send when the call leaves.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.sendAppMessage({ type: "bye" });\nawait call.leave();`,
  tell: ({ count, subject }) =>
    `${subject.text}() was called ${howMany(count, "time")} after the call had left.`,
  start: eachEvent(({ call, phase }) =>
    call && phase === "left" && isRefusedOutside(call)
      ? { subject: byName(call.method) }
      : undefined,
  ),
};

/** More than any call has people. */
const MAX_SENDERS = 10_000;

/** Looks for recipients of app messages of which something is not as it should be. */
const oddRecipients = (
  isOdd: (recipient: Recipient, seen: RuleEvent, trackers: Trackers) => boolean,
): Rule["start"] =>
  eachEvent((seen, trackers) => {
    const { call, seq } = seen;
    if (!call || !isSent(seen) || isToAll(call.to)) return undefined;
    const { isKnown, recipients } = deliveryOf(call.to, seq, trackers.people);
    const odd = isKnown ? recipients.filter((each) => isOdd(each, seen, trackers)) : [];
    return odd.length > 0 ? { subject: byType(seen), people: odd.map(({ id }) => id) } : undefined;
  });

/** Whether the room has participants whom it hides from others, as far as its counts have said. */
function createHiddenWatch() {
  let hasHidden = false;
  return ({ event }: RuleEvent): boolean => {
    if (event.kind === "daily-event" && event.name === "participant-counts-updated")
      hasHidden = event.hidden > 0;
    return hasHidden;
  };
}

/** Addressed to an id that no one in the call has. */
const recipientUnknown: Rule = {
  id: "recipient-unknown",
  title: "Addressed to no one in the call",
  level: "warning",
  why: "daily-js does not check recipients: a message to an id that no one has is handed over without an error and reaches no one. A hidden participant is not in participants(), either: so this is silent while the counts include one, and about ids that have sent something.",
  advice:
    "Take recipients from `call.participants()` at the moment of sending. A session id is new on every join: do not store it.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `const { session_id } = Object.values(call.participants()).find((p) => p.user_name === "Bob");\ncall.sendAppMessage(data, session_id);`,
  tell: (found) =>
    `${countOf(found, "message")} went to ${howMany(found.people.length, "id")} that no one has: ${found.people.join(", ")}.`,
  start(...given) {
    const hasHidden = createHiddenWatch();
    /** Who has sent something is someone, listed or not. */
    const senders = new Set<string>();
    const look = oddRecipients(
      ({ standing, id }, seen) => standing === "nobody" && !hasHidden(seen) && !senders.has(id),
    )(...given);
    return {
      event(seen) {
        const { event } = seen;
        hasHidden(seen);
        if (event.kind === "daily-event" && event.name === "app-message")
          if (!specialSender(event.fromId) && senders.size < MAX_SENDERS) senders.add(event.fromId);
        look.event?.(seen);
      },
    };
  },
};

/** Addressed by user id, where Daily wants a session id. */
const userIdRecipient: Rule = {
  id: "user-id-recipient",
  title: "Addressed to a user id",
  level: "error",
  why: "Recipients are session ids. A user id equals the session id only as long as the participant has no meeting token with a user id, so this works in a first test and reaches no one later.",
  advice: "Use `session_id` of the participant, not `user_id`.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.sendAppMessage(data, participant.session_id);`,
  tell: (found) => `${countOf(found, "message")} went to the user id ${found.people.join(", ")}.`,
  start: oddRecipients(({ standing }) => standing === "user-id"),
};

/** A message that crosses with a leave is no one's mistake. Our own choice. */
const CROSSING_MS = 2_000;

/** Addressed to someone who is gone. */
const recipientLeft: Rule = {
  id: "recipient-left",
  title: "Addressed to someone who has left",
  level: "warning",
  why: "A session id ends when its participant leaves; who comes back has another one. The message is handed over without an error and reaches no one.",
  advice:
    "Forget recipients at `participant-left`, and look them up again at `participant-joined`.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.on("participant-left", ({ participant }) => recipients.delete(participant.session_id));`,
  tell: (found, name) =>
    `${countOf(found, "message")} went to ${namesOf(found, name)}, more than 2 s after they had left.`,
  start: oddRecipients(({ standing, person }, { seq, at }) => {
    if (standing !== "left") return false;
    const last = person?.stays.findLast(({ toSeq }) => toSeq !== undefined && toSeq < seq);
    return last?.toAt !== undefined && at - last.toAt > CROSSING_MS;
  }),
};

/** So many messages, so many milliseconds apart on average at most, are a stream. Our own choices. */
const STREAM_TIMES = 10;
const STREAM_MS = 2_000;

/** Broadcast while no one else was there. */
const emptyRoom: Rule = {
  id: "empty-room",
  title: "Sent to an empty room",
  level: "info",
  why: "A broadcast goes to those who are in the call at that moment, not to the sender, and it is not kept for those who join later.",
  advice:
    "Don’t send a stream, such as positions, while you’re alone. What people need when they join belongs in session data or user data. To tell each newcomer something, send it at `participant-joined`.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ topic }, "shallow-merge");`,
  tell(found) {
    const { count, firstAt, lastAt } = found;
    const told = `${countOf(found, "message")} went out while no one else was in the call`;
    return count >= STREAM_TIMES && lastAt - firstAt <= count * STREAM_MS
      ? `${told}: a stream, which you can pause while you’re alone.`
      : `${told}.`;
  },
  start(...given) {
    const hasHidden = createHiddenWatch();
    return eachEvent((seen, { people }) => {
      if (hasHidden(seen) || !isSent(seen) || !isToAll(seen.call?.to)) return undefined;
      const { isKnown, audience } = deliveryOf(seen.call?.to, seen.seq, people);
      const isAlone = isKnown && people.localId() !== undefined && audience.length === 0;
      return isAlone ? { subject: byType(seen) } : undefined;
    })(...given);
  },
};

/** Someone who waits in a lobby comes back sooner. Our own choice. */
const LONG_MS = 60_000;
const MAX_WAITING = 50;

/** User data that was set when the call was over. */
const userDataAfterLeave: Rule = {
  id: "user-data-after-leave",
  title: "User data set after the call had left",
  level: "info",
  why: "Outside of a call setUserData() resolves at once, but only stores the value: it goes out with the next join of the same call object, and to no one before that.",
  advice: "Set user data while the call is joined, or give it to the next `join({ userData })`.",
  docs: DOCS_PAGES.setUserData,
  tell: ({ count }) =>
    `${howMany(count, "value")} set after the call had left, and no join took it along.`,
  start(report, { userData }) {
    let waiting: { readonly seq: number; readonly at: number }[] = [];
    let isOver = false;
    /** Still stored, for no one: neither a join nor a later value has made it obsolete. */
    const isStored = (seq: number) => {
      const fate = userData.writes.get(seq)?.fate;
      return fate?.kind === "stored" && fate.by === undefined && !fate.isReplaced;
    };
    return {
      event({ event }) {
        if (event.kind === "daily-event" && event.name === "call-instance-destroyed") isOver = true;
      },
      decided({ call, phase, seq, at }) {
        if (call?.method === "setUserData" && phase === "left")
          waiting = [...waiting, { seq, at }].slice(-MAX_WAITING);
      },
      isWaiting: () => waiting.length > 0,
      look(now) {
        waiting = waiting.filter(({ seq, at }) => {
          if (!isStored(seq)) return false;
          if (!isOver && now - at < LONG_MS) return true;
          report({ seqs: [seq], at });
          return false;
        });
      },
    };
  },
};

/** Session data asked of a Prebuilt frame. */
const sessionDataInPrebuilt: Rule = {
  id: "session-data-in-prebuilt",
  title: "Session data in Daily Prebuilt",
  level: "error",
  why: "setMeetingSessionData() works with a call object only. On a Prebuilt frame it throws, and `meeting-session-state-updated` tells of the topology without any data.",
  advice: "Use app messages and user data with Prebuilt, or build on a call object.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `const call = Daily.createCallObject(); // instead of createFrame()`,
  tell: ({ count }) => `setMeetingSessionData() threw ${howMany(count, "time")}.`,
  start: eachEvent(({ call }) => (isPrebuiltError(call?.error?.message ?? "") ? {} : undefined)),
};

export const DEAD_LETTERS: readonly Rule[] = [
  sentBeforeJoin,
  sentAfterLeave,
  overLimit,
  recipientUnknown,
  userIdRecipient,
  recipientLeft,
  emptyRoom,
  userDataAfterLeave,
  sessionDataInPrebuilt,
];
