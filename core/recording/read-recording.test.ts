import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ALL_SAMPLES } from "../testing/samples";
import { readRecording, upgrade } from "./read-recording";
import type { RecordedDocument } from "./recording";
import { exported, fileOf, imported, storeOf } from "../../panel/testing/recording-files";
import { session } from "../testing/session-text";

const TALK = session('0 created\n1 joined Ada with Bob\n2 send {"hi":1} to *\n3 left Bob');
const tellsOf = async (text: string) => {
  const { store, state } = await imported(text);
  return state?.kind === "failed"
    ? state.reason
    : { events: store.counts.value.events, ...store.session.value.source?.skipped };
};

/** A document whose seat is whatever a file may say. */
const seated = (seat: object) =>
  ({ documentId: "page", url: "", callIds: ["call-1"], dropped: 0, seat }) as RecordedDocument;
const clocked = (clock: object) => seated({ kind: "recording", name: "bob.json", clock });

describe("what isn't a recording is named", () => {
  test.each([
    ["nothing", "", "The file is empty."],
    ["white space", " \n", "The file is empty."],
    ["no JSON", "hello", "The file is not JSON, or not all of it"],
    ["half a file", fileOf(TALK).slice(0, 400), "The file is not JSON, or not all of it"],
    ["deep brackets", "[".repeat(500_000), "The file is not JSON, or not all of it"],
    ["deep JSON", "[".repeat(100_000) + "]".repeat(100_000), "JSON, but not a recording"],
    ["null", "null", "JSON, but not a recording"],
    ["another format", `{"format":"other"}`, "JSON, but not a recording"],
    ["a baseline", `{"format":"daily-contract"}`, "import it in the Types tab"],
    ["snippets", `{"format":"daily-snippets"}`, "import them in the Send tab"],
    ["a HAR", `{"log":{"entries":[]}}`, "HAR file of the Network panel"],
    [
      "a newer version",
      fileOf([], { version: 3 as 1 }),
      "made by a newer Inspector: version 3; this one reads up to 1.",
    ],
    ["a version as text", fileOf([], { version: "1" as never }), "which version it is"],
    ["no date", fileOf([], { recordedAt: "soon" }), "damaged: recordedAt: isn’t a date"],
    ["no events", fileOf([]).replace('"events":[]', '"events":{}'), "damaged: events"],
    ["no documents", fileOf([], { documents: 1 as never }), "damaged: documents"],
    [
      "a seat of no kind",
      fileOf([], { documents: [seated({ kind: "chair" })] }),
      "damaged: documents.0.seat",
    ],
    [
      "a seat in a nameless file",
      fileOf([], { documents: [seated({ kind: "recording" })] }),
      "documents.0.seat.name",
    ],
    [
      "a clock that isn't one",
      fileOf([], { documents: [clocked({ kind: "estimated", offsetMs: "1" })] }),
      "seat.clock.offsetMs",
    ],
    [
      "a clock beyond all times",
      fileOf([], { documents: [clocked({ kind: "one-way", offsetMs: 1, crossings: 1 })] }).replace(
        '"offsetMs":1',
        '"offsetMs":1e999',
      ),
      "seat.clock.offsetMs",
    ],
    [
      "a name of a million letters",
      fileOf([], { documents: [seated({ kind: "recording", name: "x".repeat(1e6) })] }),
      "seat.name",
    ],
  ])("%s", async (_, text, reason) => {
    expect(await tellsOf(text)).toContain(reason);
  });
});

test("older versions are upgraded one step at a time", () => {
  const steps = [
    (recording: object) => ({ ...recording, version: 2, first: true }),
    (recording: object) => ({ ...recording, version: 3, second: true }),
  ];
  expect(upgrade({ version: 1 }, steps)).toEqual({ version: 3, first: true, second: true });
  expect(upgrade({ version: 2 }, steps)).toEqual({ version: 3, second: true });
  expect(upgrade({ version: 4 }, steps)).toContain("version 4; this one reads up to 3");
});

describe("within a recording", () => {
  test("every kind of event is read as it was written", () => {
    const events = ALL_SAMPLES.map((event, index) => ({ ...event, seq: index + 1 }));
    const read = readRecording(fileOf(events));
    expect(read.ok && read.next().events.map(({ event }) => event)).toEqual(events);
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["a list", []],
    ["a number as text", { ...TALK[3], seq: "4" }],
    ["an unknown kind", { ...TALK[3], kind: "telepathy" }],
    ["a payload larger than any", { ...TALK[2], seq: 4, payload: hugePayload() }],
    ["a prototype", JSON.parse(`{"__proto__":{"kind":"call-created"},"seq":4}`)],
    ["the same again", TALK[2]],
    ["an earlier one", { ...TALK[3], seq: 1 }],
  ])("%s is left out and counted", async (_, bad) => {
    const told = await tellsOf(fileOf([...TALK.slice(0, 3), bad]));
    expect(told).toMatchObject({ events: 3, count: 1, first: expect.stringMatching(/./) });
  });

  test("an event of a call that no document lists has a document of its own", async () => {
    const events = [...TALK, ...session("0 created\n1 joined Cy", "call-2")];
    const { store } = await imported(fileOf(events));
    expect(store.counts.value).toMatchObject({ events: 6, dropped: 0 });
    expect(store.calls.value.map(({ callId }) => callId)).toEqual(["call-1", "call-2"]);
  });

  test("an event without a call goes to the document that misses its number", async () => {
    const problem = { seq: 2, at: 5, callId: "", kind: "capture-problem", where: "x", message: "" };
    const other = session("0 created\n1 joined Cy\n2 left Cy", "call-2");
    const gap = [TALK[0], ...other, problem, { ...TALK[1], seq: 3 }];
    const documents = ["call-1", "call-2"].map((callId) => ({
      documentId: `document of ${callId}`,
      url: "",
      callIds: [callId],
      dropped: 0,
    }));
    const { store } = await imported(fileOf(gap, { documents }));
    expect(store.session.value.source?.skipped.count).toBe(0);
    expect(
      store.session.value.log.entries.map(({ documentId, event }) => `${documentId} ${event.seq}`),
    ).toEqual([
      "document of call-1 1",
      "document of call-2 1",
      "document of call-2 2",
      "document of call-2 3",
      "document of call-1 2",
      "document of call-1 3",
    ]);
  });
});

test("no file throws, whatever is in it", async () => {
  const file = JSON.parse(await exported(storeOf(TALK))) as Record<string, unknown>;
  const name = fc.constantFrom(...Object.keys(file), "__proto__", "version");
  const changed = fc.tuple(name, fc.jsonValue()).map(([key, value]) => {
    const damaged: Record<string, unknown> = { ...file };
    Object.defineProperty(damaged, key, { value, enumerable: true });
    return JSON.stringify(damaged);
  });
  const events = fc
    .array(fc.oneof(fc.jsonValue(), fc.constantFrom(...TALK)))
    .map((list) => fileOf(list));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json(), changed, events), async (text) => {
      const { store, state } = await imported(text);
      const isShown = !store.isLive.value;
      // Either it is there, or it is said why it is not.
      expect(isShown).toBe(state === undefined);
      if (state)
        expect(state).toMatchObject({ kind: "failed", reason: expect.stringMatching(/./) });
    }),
  );
});

function hugePayload() {
  const json = JSON.stringify("x".repeat(2_000_000));
  return { json, chars: json.length, bytes: json.length };
}
