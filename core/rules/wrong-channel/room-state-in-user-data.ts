import { isPresent } from "../../daily/people-tracker";
import { DOCS_PAGES, type Rule } from "../rule";

/** Names that are about the room and no one in it, whatever their value. */
const ROOM_KEYS =
  /^(?:(?:room|shared|meeting)_?(?:state|layout|topic|mode|phase)|(?:current_?|active_?)?(?:layout|topic|slide|scene|agenda(?:_?item)?)|(?:is_?)?recording|spotlight|whiteboard)$/i;
/** Names of what is the room’s only if it is more than a word: `poll: "voted"` is about one person. */
const ROOM_OBJECTS = /^(?:room|meeting|poll|quiz|game|stage|playlist|queue|timer|scores?|board)$/i;
const MIN_PEOPLE = 3;

/** What is about the room is kept by one person. */
export const roomStateInUserData: Rule = {
  id: "room-state-in-user-data",
  title: "State of the room kept in one person’s user data",
  level: "info",
  why: "User data goes with its participant: when they leave or reload, the room has lost it. No one else can change it.",
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
        .filter(([key, each]) => isOfRoom(key, each))
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
      10 updated Bob {"layout":"grid","stage":"Cy","topic":"Tea"}`,
    passes: `
      0 joined Ada with Bob Cy
      10 updated Bob {"poll":"voted","stage":true,"hand":{"up":true}}`,
  },
};

/** A name of someone on the stage is of the room; that one is there oneself is not. */
const isOfRoom = (key: string, value: unknown): boolean => {
  if (value === null || value === undefined || value === "") return false;
  if (ROOM_KEYS.test(key)) return true;
  if (/^stage$/i.test(key)) return typeof value !== "boolean";
  return ROOM_OBJECTS.test(key) && typeof value === "object";
};
