import type { Participant } from "../../../extension/protocol/event";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

const MIN_KEYS = 2;
const MAX_KEYS = 500;
const MAX_USERS = 5_000;

/** Session data with a key for each participant. */
export const peopleInSessionData: Rule = {
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
    // Names are no evidence: they are keys of anything.
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
        report({ key: "session data", seqs: [seq], at, amount: found.length, paths });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob Cy
      10 session-state {"hands":{"id-bob":"up","id-cy":"down"}}`,
    passes: `
      0 joined Ada with Bob Cy
      10 session-state {"stage":{"id-bob":{"since":5}},"speaker":"id-cy"}
      2000 session-state {"scores":{"Bob":2,"Cy":3}}`,
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
