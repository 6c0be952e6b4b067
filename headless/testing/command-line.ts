/** Recordings for tests of the command line, and the command line over them. */
import { seatOf, session } from "../../core/testing/session-text";
import { run } from "../cli/run";

/** The file that an export of such a session is, a minute after its last event. */
export function fileOf(text: string): string {
  const events = session(text);
  const ids = [...new Set(events.map((event) => seatOf(event)))];
  const callIds = (seat: string | undefined) => [
    ...new Set(events.filter((event) => seatOf(event) === seat).map(({ callId }) => callId)),
  ];
  return JSON.stringify({
    format: "daily-recording",
    version: 1,
    recordedAt: new Date(Math.max(...events.map(({ at }) => at)) + 60_000).toISOString(),
    page: { url: "https://app.example/", title: "App" },
    userAgent: "test",
    documents: ids.map((seat) => ({
      documentId: seat === undefined ? "page" : `page of ${seat}`,
      url: "https://app.example/",
      callIds: callIds(seat),
      dropped: 0,
      ...(seat !== undefined && { seat: { kind: "tab" } }),
    })),
    events,
  });
}

export const SINS = `
  0 created
  5 refused send {"type":"hi"} because sendAppMessage() only supported after join.
  10 joined Ada with Bob
  20 send {"type":"cue"} to #nobody
  30 unheard {"type":"chat"} from Bob
  40 session-data replace {"score":1}
  900 session-state {"score":1}`;
const GOOD = `
  0 created
  10 joined Ada with Bob
  20 send {"type":"cue"} to Bob
  40 session-data replace {"score":2}
  900 session-state {"score":2}
  1000 updated Bob {"hand":true}`;

const BEFORE = `
  0 created
  10 joined Ada with Bob
  20 6 times every 10: send {"type":"hand","raised":true} to *`;
const AFTER = `
  0 created
  10 joined Ada with Bob
  20 send {"type":"hand","raised":"yes"} to *
  30 send {"type":"wave"} to *`;

const FILES: Readonly<Record<string, string>> = {
  "sins.json": fileOf(SINS),
  "good.json": fileOf(GOOD),
  "before.json": fileOf(BEFORE),
  "after.json": fileOf(AFTER),
  "quiet.json": fileOf("0 created"),
  "masked.json": JSON.stringify({ ...(JSON.parse(fileOf(AFTER)) as object), masked: true }),
  "broken.json": '{"format":"daily-recording",',
  "other.json": "{}",
  "traffic.har": '{"log":{"entries":[]}}',
};
/** What was written, by the names of the files. */
export const written: Record<string, string> = {};
/** Runs a command line over these files. */
export const call = (...args: string[]) =>
  run(args, "1.2.3", {
    read(file) {
      const text = FILES[file] ?? written[file];
      if (text === undefined) throw new Error("There is no such file.");
      return text;
    },
    write(file, text) {
      if (file.startsWith("no-folder/")) throw new Error("There is no such directory.");
      written[file] = text;
    },
    isSame: (a, b) => a === b,
  });
