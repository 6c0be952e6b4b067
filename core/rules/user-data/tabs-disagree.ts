import { isPresent } from "../../daily/people-tracker";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** What has just changed in one tab may still be on its way from the other. Our own choice. */
const SETTLED_MS = 5_000;
const MAX_USERS = 2_000;

/** One user who is in the call twice, with different user data. */
export const tabsDisagree: Rule = {
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
    function note(userId: string | undefined, id: string): void {
      if (!userId || userId === id || sessions.size > MAX_USERS) return;
      const own = sessions.get(userId) ?? new Set();
      sessions.set(userId, own.add(id));
      if (own.size > 1) isSeveral.add(userId);
    }
    return {
      event({ event }) {
        if (event.kind !== "daily-event") return;
        if ("participant" in event) note(event.participant.user_id, event.participant.session_id);
        if (event.name !== "joined-meeting") return;
        for (const { participant } of event.participants)
          note(participant.user_id, participant.session_id);
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
          const seqs = held.map(({ seq }) => seq);
          const ids = present.map(({ sessionId }) => sessionId);
          report({ key: userId, seqs, at: latest, people: ids });
        }
      },
    };
  },
  example: {
    fires: `
      0 joined Ada
      10 joins Bob as bob-1
      20 joins Bobby as bob-1
      30 updated Bob as bob-1 {"hand":"up"}
      40 updated Bobby as bob-1 {"hand":"down"}`,
    passes: `
      0 joined Ada
      10 joins Bob as bob-1
      20 joins Cy as cy-1
      30 updated Bob as bob-1 {"hand":"up"}
      40 updated Cy as cy-1 {"hand":"down"}`,
  },
};
