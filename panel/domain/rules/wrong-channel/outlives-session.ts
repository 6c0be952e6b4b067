import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import type { RuleEvent } from "../rule-event";

/** What is written so soon after a join is put back. Our own choice, like all of these. */
const START_MS = 10_000;
/** Start values are short, and the same each time. */
const MIN_CHARS = 60;
const RESTORES = 2;
/** Names of what is looked at later, too. */
const RECORDS =
  /^(?:(?:chat|meeting|event|message)?_?(?:transcripts?|history|log|messages)|minutes|notes|records?)$/i;
const MIN_ITEMS = 20;
const GROWTHS = 3;
const MAX_KEYS = 50;

const RESTORED = "put back";

type Fields = Readonly<Record<string, unknown>>;
const NOTHING: Fields = {};

/** Data that somebody needs after the session, in session data or user data. */
export const outlivesSession: Rule = {
  id: "outlives-session",
  title: "Data that may have to outlive the session",
  level: "info",
  why: "Session data ends with the session (documented), and user data with its participant: when the last one has left, both are gone. Here a page put back what had been there before, or a record grew from state to state.",
  advice:
    "Keep it on a server, and put into session data only what the call needs, such as its id. If nobody needs it afterwards, nothing is wrong.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `await save(meetingId, transcript);\ncall.setMeetingSessionData({ meetingId }, "shallow-merge");`,
  tell: ({ key, count, most, paths }) =>
    key === RESTORED
      ? `Put back ${howMany(count, "time")} within 10 s after a join, as before the page had left: ${paths.join(", ")}.`
      : `${key} grew ${howMany(count, "time")}, up to ${howMany(most, "entry", "entries")}.`,
  start(report) {
    const restored = gathering(report, { times: RESTORES });
    const grown = gathering(report, { times: GROWTHS });
    const lengths = new Map<string, number>();
    let before = NOTHING;
    /** Read only when it is asked for: most states never are. */
    let room = (): unknown => NOTHING;
    let joinedAt = -Infinity;

    /** What this page writes of what was in the room when it left, and is no longer. */
    function lookForRestore({ value, seq, at }: RuleEvent): void {
      if (before === NOTHING || at - joinedAt > START_MS) return;
      const [given, there] = [fieldsOf(value()), fieldsOf(room())];
      const same = Object.keys(given).filter(
        (key) =>
          !Object.hasOwn(there, key) &&
          Object.hasOwn(before, key) &&
          isLongAndSame(given[key], before[key]),
      );
      if (same.length === 0) return;
      before = NOTHING;
      restored({ key: RESTORED, seqs: [seq], at, paths: same });
    }

    function lookForRecords(where: string, { value, seq, at }: RuleEvent): void {
      const fields = fieldsOf(value());
      for (const key of Object.keys(fields).slice(0, MAX_KEYS)) {
        const list = fields[key];
        if (!RECORDS.test(key) || !Array.isArray(list)) continue;
        const path = `${key} in ${where}`;
        const { length } = list;
        const isLonger = length > (lengths.get(path) ?? Infinity);
        lengths.set(path, length);
        if (isLonger && length >= MIN_ITEMS)
          grown({ key: path, seqs: [seq], at, amount: length, paths: [key] });
      }
    }

    return {
      event(seen) {
        const { event, call, channel, value, at } = seen;
        if (call?.outcome === "returned") {
          if (call.method === "setMeetingSessionData") lookForRestore(seen);
          if (call.method === "setUserData") lookForRecords("user data", seen);
        }
        if (event.kind !== "daily-event") return;
        if (event.name === "joined-meeting") joinedAt = at;
        if (event.name === "left-meeting") {
          before = fieldsOf(room());
          room = () => NOTHING;
        }
        if (event.name === "meeting-session-state-updated" && channel) {
          room = value;
          lookForRecords("session data", seen);
        }
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"notes":"<100>"}
      9000 leaves
      20000 joined Ada
      20010 session-data shallow-merge {"notes":"<100>"}
      20900 session-state {"notes":"<100>"}
      30000 leaves
      40000 joined Ada
      40010 session-data shallow-merge {"notes":"<100>"}
      40900 session-state {"notes":"<100>"}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"stage":null,"answered":0}
      9000 leaves
      20000 joined Ada
      20010 session-data replace {"stage":null,"answered":0}
      20900 session-state {"stage":null,"answered":0}
      30000 leaves
      40000 joined Ada
      40010 session-data replace {"stage":null,"answered":0}
      40900 session-state {"stage":null,"answered":0}`,
  },
};

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : NOTHING;

function isLongAndSame(a: unknown, b: unknown): boolean {
  const text = JSON.stringify(a) ?? "";
  return text.length >= MIN_CHARS && text === JSON.stringify(b);
}
