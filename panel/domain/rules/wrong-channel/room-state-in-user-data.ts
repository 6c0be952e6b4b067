import { isPresent } from "../../people-tracker";
import { DOCS_PAGES, type Rule } from "../rule";

/** Names that are about the room and nobody in it. */
const ROOM_KEYS =
  /^(?:room|room_?state|shared_?state|meeting|meeting_?state|poll|agenda|playlist)$/i;
const MIN_PEOPLE = 3;

/** What is about the room is kept by one person. */
export const roomStateInUserData: Rule = {
  id: "room-state-in-user-data",
  title: "State of the room kept in one person’s user data",
  level: "info",
  why: "User data goes with its participant: when they leave or reload, the room has lost it. Nobody else can change it.",
  advice: "Keep it in session data, which belongs to the room.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ poll }, "shallow-merge");`,
  tell: ({ paths, people }, name) =>
    `${people.map(name).join(", ")} ${people.length === 1 ? "has" : "have"} ${paths.join(", ")} in their user data; the others have not.`,
  start: (report, { people }) => ({
    event({ event, channel, value, seq, at }) {
      if (channel !== "user-data" || event.kind !== "daily-event" || !("participant" in event))
        return;
      const data = value();
      if (typeof data !== "object" || data === null) return;
      const keys = Object.entries(data)
        .filter(([key, each]) => ROOM_KEYS.test(key) && typeof each === "object" && each !== null)
        .map(([key]) => key);
      if (keys.length === 0) return;
      const { session_id } = event.participant;
      const others = [...people.people.values()].filter(
        (each) => each.sessionId !== session_id && isPresent(each, seq),
      );
      const isAlone = !others.some(({ versions }) =>
        keys.some((key) => versions.at(-1)?.payload?.json.includes(`"${key}":`)),
      );
      if (isAlone && others.length >= MIN_PEOPLE - 1)
        report({ key: keys.join(", "), seqs: [seq], at, paths: keys, people: [session_id] });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob Cy
      10 updated Bob {"poll":{"question":"Tea?","votes":[1]}}`,
    passes: `
      0 joined Ada with Bob Cy
      10 updated Bob {"poll":"voted","hand":{"up":true}}`,
  },
};
