import { expect, test } from "vitest";

import type { ShownRow } from "./shown-rows";
import { summarise } from "./summary";

const row = (change: Partial<ShownRow>): ShownRow => ({
  id: "row-1",
  rowIndex: 2,
  time: "14:03:07.123",
  direction: "out",
  channel: "App",
  people: "Ada (you) → Everyone",
  type: "reaction",
  summary: `reaction {emoji: "👏"}`,
  status: "sent",
  delivered: "",
  ...change,
});

const summaryOf = (...changes: Partial<ShownRow>[]) =>
  summarise({ rows: changes.map(row), statusBar: ["3 events", "connected"], recordingBytes: 2048 });

const RECEIVED = { direction: "in", status: "received" } as const;

test("a summary counts what was sent and received, and ends with the last rows", () => {
  expect(summaryOf({}, RECEIVED, { channel: "Call", direction: "none" })).toMatchInlineSnapshot(`
    "The panel showed: 3 events, connected.
    A recording of it is 2.0 KB.

                     sent  received     other
      App               1         1         0
      User              0         0         0
      Session           0         0         0
      People            0         0         0
      Call              0         0         1

    App messages by type:                       sent  received
      reaction                                     1         1

    The last rows:
      14:03:07.123  -> App     Ada (you) → Everyone      reaction {emoji: "👏"}                                sent
      14:03:07.123  <- App     Ada (you) → Everyone      reaction {emoji: "👏"}                                received
      14:03:07.123     Call    Ada (you) → Everyone      reaction {emoji: "👏"}                                sent"
  `);
});

test("the messages whose delivery the panel shows are counted, with their latencies", () => {
  const summary = summaryOf(
    { delivered: "2 of 2 · 38 ms" },
    { delivered: "1 of 1 · 1.2 s" },
    { delivered: "1 of 1 · 0.4 ms" },
    { delivered: "1 of 2 · 120 ms" },
    { delivered: "= 2 of 3" },
    { delivered: "0 of 1" },
    { delivered: "–" },
    {},
    { ...RECEIVED, delivered: "1 of 1 · 9 ms" },
  );
  expect(summary.split("\n\n")[3]).toMatchInlineSnapshot(`
    "Delivered, of 8 sent messages:
      to all in view       3
      to some              2
      to none              1
      not known            2
      latency: median 38 ms, largest 1200 ms"
  `);
});

test("without a latency there is none to tell", () => {
  const summary = summaryOf({ delivered: "0 of 2" });
  expect(summary).toContain("to none");
  expect(summary).not.toContain("latency");
});

test("nothing is said of deliveries where the panel shows none", () => {
  expect(summaryOf({}, RECEIVED)).not.toContain("Delivered");
});

test("a conversation is told turn by turn, with its times", () => {
  const item = { time: "14:03:07.123", who: "", text: "", calls: [], legs: [] };
  const summary = summarise({
    rows: [row({})],
    statusBar: [],
    recordingBytes: 0,
    conversation: {
      protocol: "RTVI 2.1.0",
      items: [
        { ...item, text: "Received: bot ready: 2.1.0" },
        { ...item, who: "Ada", text: "Do I need a coat?" },
        {
          ...item,
          who: "Bot",
          text: "No coat [interrupted 14:03:09.000] [not said: needed.]",
          calls: ['get_weather ({city: "Lisbon"}) → {celsius: 24} 185 ms'],
          legs: ["285 ms to first token", "spoke 455 ms"],
        },
      ],
      totals: [
        ["user stopped → first token", "1 · max 285 ms"],
        ["first audio → bot stopped", "1 · max 455 ms"],
      ],
    },
  });
  expect(summary.split("\n\n")[3]).toMatchInlineSnapshot(`
    "Conversation: RTVI 2.1.0, 2 turns
      14:03:07.123  Received: bot ready: 2.1.0
      14:03:07.123  Ada: Do I need a coat?
      14:03:07.123  Bot: No coat [interrupted 14:03:09.000] [not said: needed.]
                    get_weather ({city: "Lisbon"}) → {celsius: 24} 185 ms
                    (285 ms to first token, spoke 455 ms)
    Times:
      user stopped → first token  1 · max 285 ms
      first audio → bot stopped   1 · max 455 ms"
  `);
});
