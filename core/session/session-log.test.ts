import { describe, expect, test } from "vitest";

import {
  append,
  clearEntries,
  createSessionLog,
  foldOldest,
  openDocument,
  removeDocuments,
} from "./session-log";
import { printRows } from "../testing/print-rows";
import { CALL_ID, session } from "../testing/session-text";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };
const FRAME = { documentId: "frame", frameId: 7, url: "https://frame.example/" };

function logOf(text: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(text)) append(log, PAGE.documentId, event);
  return log;
}
const rows = (log: ReturnType<typeof logOf>) => printRows(log.entries, log.calls.get(CALL_ID), 0);

test("a promise settles once, whatever a page says", () => {
  const log = logOf(`
    10 joined Ada with Bob
    50 user-data {"hand":true}
    51 settles 2 resolved object
    90 settles 2 rejected userData is too large
  `);
  expect(rows(log)).toContain("↑ user-data Ada (you) {hand: true} [set]");
});

test("a session reads as rows", () => {
  const log = logOf(`
    0 created
    10 joined Ada with Bob, Cy
    20 send {"hi":1} to *
    21 send {"hi":2} to Bob Cy
    22 send {"hi":3} to Nobody
    30 refused send "x" because Message data too large. Max size is 4096
    40 received {"kind":"chat"} from Bob
    41 received {"notice":1} from API
    42 unheard 1 from Bob
    50 user-data {"hand":true}
    51 settles 10 resolved object
    52 user-data {"hand":false}
    53 settles 12 resolved undefined
    54 user-data 1
    55 settles 14 rejected userData is too large
    56 user-data 2
    60 session-data replace {"a":1}
    70 session-state {"a":1}
    80 updated Bob {"hand":true}
    90 left Bob
    99 leaves
  `);
  expect(rows(log)).toMatchInlineSnapshot(`
    [
      "· call daily-js 0.92.2, call object",
      "· call Joined https://you.daily.co/qa with 3 in the call",
      "↑ app-message Ada (you) → Everyone {hi: 1} [sent]",
      "↑ app-message Ada (you) → Bob & Cy {hi: 2} [sent]",
      "↑ app-message Ada (you) → id-nobody {hi: 3} [no recipient]",
      "↑ app-message Ada (you) → Everyone "x" [refused]",
      "↓ app-message Bob → Ada (you) chat [received]",
      "↓ app-message Server (REST API) → Ada (you) {notice: 1} [received]",
      "↓ app-message Bob → Ada (you) 1 [no listener]",
      "↑ user-data Ada (you) {hand: true} [set]",
      "↑ user-data Ada (you) {hand: false} [stored]",
      "↑ user-data Ada (you) 1 [refused]",
      "↑ user-data Ada (you) 2 [pending]",
      "↑ session-data Ada (you) {a: 1} [synced]",
      "↓ session-data Room {a: 1} [received]",
      "↓ user-data Bob {hand: true} [received]",
      "· people Bob left",
      "· call Left the meeting",
    ]
  `);
});

describe("numbers", () => {
  test("what the log has already is not taken again", () => {
    const log = logOf("0 created\n1 joined Ada");
    const [first] = session("0 created");
    expect(first && append(log, PAGE.documentId, first)).toBe(false);
    expect(log.entries).toHaveLength(2);
  });

  test("a gap is counted", () => {
    const log = logOf("0 created");
    for (const event of session("9 joined Ada", CALL_ID, 12)) append(log, PAGE.documentId, event);
    expect(log.documents.get("page")?.dropped).toBe(10);
  });

  test("two documents count apart", () => {
    const log = logOf("0 created\n1 joined Ada");
    openDocument(log, FRAME);
    for (const event of session("5 created\n6 joined Ada", "call-2"))
      append(log, FRAME.documentId, event);
    expect(log.entries.map(({ documentId, event }) => `${documentId} ${event.seq}`)).toEqual([
      "page 1",
      "page 2",
      "frame 1",
      "frame 2",
    ]);
    expect([...log.calls.keys()]).toEqual([CALL_ID, "call-2"]);
  });

  test("a document that comes back continues", () => {
    const log = logOf("0 created\n1 joined Ada");
    expect(openDocument(log, PAGE).lastSeq).toBe(2);
  });

  test("an event of a document that wasn't opened is refused", () => {
    const [event] = session("0 created");
    expect(event && append(createSessionLog(), "unknown", event)).toBe(false);
  });
});

describe("letting go", () => {
  const talk =
    "0 created\n1 joined Ada with Bob\n2 session-state {}\n3 received 1 from Bob\n4 left Bob";

  test("clearing keeps what still holds: people, numbers, state", () => {
    const log = logOf(talk);
    clearEntries(log);
    for (const event of session('9 received "late" from Bob', CALL_ID, 6))
      append(log, PAGE.documentId, event);
    expect(rows(log)).toEqual(['↓ app-message Bob → Ada (you) "late" [received]']);
    expect(log.documents.get("page")?.dropped).toBe(0);
  });

  test("past its limits the oldest part goes and is counted", () => {
    const log = logOf(
      Array.from({ length: 50 }, (_, index) => `${index} received ${index} from Bob`).join("\n"),
    );
    expect(foldOldest(log, { events: 49, payloadChars: 1_000 }).ofPage).toBe(3);
    expect(log.folded).toBe(3);
    expect(log.entries[0]?.event.seq).toBe(4);
    expect(foldOldest(log, { events: 49, payloadChars: 1_000 }).ofPage).toBe(0);
  });

  test("text counts as well as number", () => {
    const log = logOf(`0 received "${"x".repeat(500)}" from Bob\n1 received 1 from Bob`);
    expect(foldOldest(log, { events: 100, payloadChars: 100 }).ofPage).toBe(1);
    expect(log.payloadChars).toBe(1);
  });

  test("a removed document takes its events and calls along, others stay", () => {
    const log = logOf(talk);
    openDocument(log, FRAME);
    for (const event of session("5 created", "call-2")) append(log, FRAME.documentId, event);
    expect(removeDocuments(log, new Set(["page"]))).toBe(5);
    expect([...log.calls.keys()]).toEqual(["call-2"]);
    expect(log.entries.map(({ documentId }) => documentId)).toEqual(["frame"]);
  });
});
