import { howMany } from "../lib/texts";
import type { Participant } from "../../extension/protocol/event";
import { isPresent } from "../daily/people-tracker";
import type { UserDataWrite } from "../daily/user-data-tracker";
import { DOCS_PAGES, type Rule } from "./rule";
import { gathered, byName } from "./rule-parts";

/** Looks for calls of setUserData() by what became of them. */
const eachSetting =
  (isMeant: (write: UserDataWrite) => boolean): Rule["start"] =>
  (report, { userData }) => ({
    decided({ seq, at }) {
      const write = userData.writes.get(seq);
      if (write && isMeant(write)) report({ seqs: [seq], at });
    },
  });

/** So many within so long are more than someone who changes their mind. Our own choice. */
const CHANGES = 5;
const WITHIN_MS = 10_000;

/** User data that changes faster than it spreads. */
const userDataChurn: Rule = {
  id: "user-data-churn",
  title: "User data changes faster than it spreads",
  level: "warning",
  why: "User data is rate limited with eventual consistency (documented, without a number): everyone ends on the same value, but values that are replaced at once are probably seen by no one.",
  advice: "Set it when the change is done. What must be seen every time is an app message.",
  docs: DOCS_PAGES.setUserData,
  code: `call.sendAppMessage({ type: "cursor", x, y });\nonRest(() => call.setUserData({ cursor: { x, y } }));`,
  tell: ({ count }) => `${howMany(count, "value")} replaced within a second of being set.`,
  start: gathered(
    { times: CHANGES, withinMs: WITHIN_MS },
    eachSetting(({ replacedAfterMs }) => replacedAfterMs !== undefined),
  ),
};

/** Once or twice is a safe habit. Our own choice. */
const TIMES = 3;

/** The same user data again and again. */
const userDataSame: Rule = {
  id: "user-data-same",
  title: "The same user data set again",
  level: "info",
  why: "A value equal to the one before makes no `participant-updated`: no one is told. Code that waits for the event waits for ever.",
  advice: "Set it when it has changed; in React, check what the effect depends on.",
  docs: DOCS_PAGES.setUserData,
  tell: ({ count }) => `${howMany(count, "call")} with the value that was there already.`,
  start: gathered(
    { times: TIMES },
    eachSetting(({ fate }) => fate.kind === "silent"),
  ),
};

/** `join({ userData })` after setUserData(). */
const joinOverwritesUserData: Rule = {
  id: "join-overwrites-user-data",
  title: "The join overwrote the user data that was set",
  level: "warning",
  why: "Before a call, setUserData() stores its value for the join. `join({ userData })` takes the place of it, and no one ever sees what was set.",
  advice: "Give user data in one place: in the options, or with setUserData() after the join.",
  docs: DOCS_PAGES.setUserData,
  code: `await call.join({ url });\nawait call.setUserData(userData);`,
  tell: ({ count }) => `${howMany(count, "stored value")} lost at a join.`,
  start(report, { userData }) {
    let stored: number | undefined;
    return {
      event({ event, call, phase, seq, at }) {
        if (call?.method === "setUserData" && phase !== "joined") stored = seq;
        if (event.kind !== "daily-event" || event.name !== "joined-meeting") return;
        const own = event.participants.find(({ participant }) => participant.local)?.payload;
        const fate = stored === undefined ? undefined : userData.writes.get(stored)?.fate;
        if (stored !== undefined && own && fate?.kind === "stored" && fate.isReplaced)
          report({ seqs: [stored, seq], at });
        stored = undefined;
      },
    };
  },
};

/** What has just changed in one tab may still be on its way from the other. Our own choice. */
const SETTLED_MS = 5_000;
const MAX_USERS = 2_000;

/** One user who is in the call twice, with different user data. */
const tabsDisagree: Rule = {
  id: "tabs-disagree",
  title: "Two sessions of one user may disagree",
  level: "info",
  why: "User data belongs to a session, not to a user: someone who is in the call in two tabs has two values, and an app that looks people up by user id shows either of them.",
  advice: "Look people up by session id, or have a new tab take over the value of the old one.",
  docs: DOCS_PAGES.setUserData,
  tell: ({ people }, name) =>
    `${howMany(people.length, "session")} of ${name(people[0] ?? "")}, with different values for 5 s or longer.`,
  start(report, { people }) {
    const sessions = new Map<string, Set<string>>();
    const isSeveral = new Set<string>();
    const told = new Set<string>();
    let isWaiting = false;
    function note({ user_id: userId, session_id: id }: Participant): void {
      if (!userId || userId === id || sessions.size > MAX_USERS) return;
      const own = sessions.get(userId) ?? new Set();
      sessions.set(userId, own.add(id));
      if (own.size > 1) isSeveral.add(userId);
    }
    return {
      event({ event }) {
        if (event.kind !== "daily-event") return;
        if ("participant" in event) note(event.participant);
        if (event.name !== "joined-meeting") return;
        for (const { participant } of event.participants) note(participant);
      },
      isWaiting: () => isWaiting,
      look(now) {
        isWaiting = false;
        for (const userId of isSeveral) {
          const present = [...(sessions.get(userId) ?? [])].flatMap((id) => {
            const person = people.people.get(id);
            return person && isPresent(person, Infinity) ? [person] : [];
          });
          const held = present.flatMap(({ versions }) => versions.slice(-1));
          const values = new Set(held.flatMap(({ payload }) => payload?.json ?? []));
          const latest = held.reduce((max, { at }) => Math.max(max, at), 0);
          if (told.has(userId) || values.size < 2) continue;
          if (now - latest < SETTLED_MS) {
            isWaiting = true;
            continue;
          }
          told.add(userId);
          report({
            subject: byName(userId),
            seqs: held.map(({ seq }) => seq),
            at: latest,
            people: present.map(({ sessionId }) => sessionId),
          });
        }
      },
    };
  },
};

export const USER_DATA: readonly Rule[] = [
  userDataChurn,
  userDataSame,
  joinOverwritesUserData,
  tabsDisagree,
];
