import { readFileSync } from "node:fs";

import fc from "fast-check";
import { expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { STATUS_WORDS, statusWord } from "../session/row-status";
import { createDeliveries } from "../delivery/deliveries";
import { createMatcher, isRoomWide, NO_FILTER } from "./filter";
import { createRoomWideList } from "../session/seats";
import {
  append,
  createSessionLog,
  type Entry,
  openDocument,
  type SessionLog,
} from "../session/session-log";
import { appendTo, logOf as logOfText } from "../testing/log-of-text";
import { CALL_ID, seatOf, session } from "../testing/session-text";
import { channelOf } from "../session/event-view";
import { createVisibleEntries } from "../../panel/session/visible-entries";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** Events 1 to 20; what a test finds is told by their numbers. */
const STORY = session(`
  0 created
  100 joined Ada with Bob
  200 send {"kind":"chat","text":"Hello"} to *
  300 received {"type":"reaction","n":3,"items":[{"id":"x"},{"id":"y"}]} from Bob
  400 send {"kind":"cue"} to Bob
  500 refused send {"kind":"big"} because Message data too large
  600 session-data shallow-merge {"poll":{"votes":3,"title":"A b"}}
  1400 session-state {"poll":{"votes":3,"title":"A b"}}
  1500 user-data {"hand":true} losing Date at since
  1510 settles 9 resolved object
  1600 updated Bob {"hand":true}
  1700 unheard "plain" from API
  1800 joins Cy
  1900 received {"type":"reaction"} from Cy
  2000 session-data replace {"a":1}
  2100 session-data shallow-merge {"b":"${"x".repeat(2100)}"}
  3100 session-state {"a":1,"b":"${"x".repeat(2100)}"}
  4000 send "{\\"type\\":\\"inner\\",\\"deep\\":[1]}" to *
  5000 left Bob
  6000 leaves
`);
const edited = STORY.map((event): PageEvent => {
  const { seq } = event;
  if (seq === 3 && event.kind === "method-called")
    return { ...event, stack: "at send (app.js:3:7)" };
  if (seq === 5 && event.kind === "method-called") return { ...event, by: "panel" };
  if (seq === 16 && event.kind === "method-called") return { ...event, keysToDelete: ["gone"] };
  if (seq === 14 && event.kind === "daily-event")
    return { ...event, handlerMs: 20.5, handlerError: { name: "Error", message: "mine" } };
  return event;
});

function logOf(events: readonly PageEvent[]): SessionLog {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of events) append(log, PAGE.documentId, event);
  return log;
}
const log = logOf(edited);
const NOW = (edited.at(-1)?.at ?? 0) + 1;

function found(text: string, filter = NO_FILTER): number[] {
  const matches = createMatcher(
    { ...filter, text },
    {
      callOf: (callId) => log.calls.get(callId),
      now: () => NOW,
      latestAt: () => log.entries.at(-1)?.event.at ?? 0,
    },
  );
  return log.entries.filter(matches).map(({ event }) => event.seq);
}

const clock = (ms: number) => new Date((edited[0]?.at ?? 0) + ms).toTimeString().slice(0, 8);

test.each<[string, number[]]>([
  ["hello", [3]],
  ['"too large"', [6]],
  // What the panel says of a status stands in no row.
  ["receipt", []],
  ['"Ada (you)" chat', [3]],
  ["channel:session", [7, 8, 15, 16, 17]],
  ["channel:user,people", [9, 11, 13, 19]],
  ["dir:out", [3, 5, 6, 7, 9, 15, 16, 18]],
  ["dir:in channel:app", [4, 12, 14]],
  ["from:bob", [4, 11, 19]],
  ["from:id-cy", [13, 14]],
  ["from:server", [12]],
  ["to:*", [3, 6, 18]],
  ["to:Bob", [3, 5, 6, 18]],
  ["with:Bob", [3, 4, 5, 6, 11, 18, 19]],
  ["type:reaction", [4, 14]],
  ["type:C*", [3, 5]],
  ["type:*a*n", [4, 12, 14]],
  ["type:inner", [18]],
  ["name:setUserData()", [9]],
  ["event:participant-*", [11, 13, 19]],
  ["size:>2k", [16, 17]],
  ["size:13..14 dir:out", [5, 6, 9]],
  ["bytes:<8 channel:session", [15]],
  ["status:refused,sent-partly,set", [6, 9]],
  ["status:error", [6, 14]],
  ["status:synced", [7, 16]],
  ["status:merged", [15]],
  ["status:no-listener", [12]],
  ["late:>500ms", [7, 15, 16]],
  ["late:10ms", [7, 9, 15, 16]],
  ["late:<11ms", [9]],
  ["handler:>16ms", [14]],
  ["listeners:0", [12]],
  ["seq:5..7,20", [5, 6, 7, 20]],
  ["since:join until:500ms", [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19]],
  ["since:leave", [20]],
  ["until:+300ms", [1, 2, 3, 4]],
  ["since:2s", [18, 19, 20]],
  [`since:${clock(4_000)}`, [18, 19, 20]],
  ["has:stack", [3]],
  ["has:error", [6]],
  ["has:handler-error", [14]],
  ["has:deletions", [16]],
  ["has:problem", []],
  ["has:losses", [9]],
  ["by:panel", [5]],
  ["path:poll.votes", [7, 8]],
  ["path:poll.votes=3 dir:out", [7]],
  ["path:poll.votes>3", []],
  ['path:poll.title="A b"', [7, 8]],
  ['path:poll.title="a b"', []],
  ["path:items[1].id=Y", [4]],
  ["path:items[*].id=x", [4]],
  ["path:deep[0]=1", [18]],
  ["path:hand=true,a=1 dir:out", [9, 15]],
  ["path:constructor", []],
  ["/h.llo/i", [3]],
  ["/h.llo/", []],
  ["-channel:app,session -channel:people,user", [1, 2, 20]],
  ["nonsense:1 has:stack", [3]],
])("%s finds its rows", (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test("a time that has not come yet is after everything", () => {
  const start = logOf(edited.slice(0, 3));
  const rows = (text: string) =>
    start.entries.filter(
      createMatcher(
        { ...NO_FILTER, text },
        { callOf: (id) => start.calls.get(id), now: () => NOW },
      ),
    ).length;
  expect([rows("since:leave"), rows("until:leave")]).toEqual([0, 3]);
});

test("a regular expression sees the beginning of a long payload only", () => {
  const long = logOf(session(`0 received "${"x".repeat(5_000)}END" from Bob`));
  const rows = (text: string) =>
    long.entries.filter(
      createMatcher({ ...NO_FILTER, text }, { callOf: (id) => long.calls.get(id), now: () => NOW }),
    ).length;
  expect([rows("/x/"), rows("/END/"), rows("END")]).toEqual([1, 0, 1]);
});

const term = fc.constantFrom(
  ...`hello /o/ channel:app dir:in from:Bob to:* with:Ada type:chat name:app* status:ok size:>9 bytes:..9 late:>0
    handler:>1 listeners:1 seq:>7 since:join until:+1s has:error by:page path:poll`.split(/\s+/),
);

test("what is negated finds exactly the other rows", () => {
  const all = log.entries.filter(channelOf).map(({ event }) => event.seq);
  fc.assert(
    fc.property(term, term, (one, other) => {
      const [without, within] = [found(`-${one} ${other}`), found(`${one} ${other}`)];
      expect([...without, ...within].toSorted((a, b) => a - b)).toEqual(found(other));
      expect(found(`${one} -${one}`)).toEqual([]);
      expect(found(`${one}`).every((seq) => all.includes(seq))).toBe(true);
    }),
  );
});

test.each([
  "status:synced",
  "status:queued,pending",
  "late:>1",
  "-status:waiting",
  "status:replaced",
  "set",
  "has:error",
])("%s is right for what becomes of a write later", (text) => {
  const later = session(
    '7000 session-data shallow-merge {"c":1}\n7100 user-data {"u":1}\n7200 settles 22 rejected no\n7900 session-state {"c":1}\n8000 session-state {"c":2}',
    CALL_ID,
    21,
  );
  const filter = { ...NO_FILTER, text };
  const grown = logOf([]);
  const callOf = (id: string) => grown.calls.get(id);
  const visible = createVisibleEntries(callOf);
  visible.startOver(createMatcher(filter, { callOf, now: () => NOW }));
  for (const event of [...edited, ...later]) {
    append(grown, PAGE.documentId, event);
    visible.advance(grown.entries, () => false);
    const matches = createMatcher(filter, { callOf, now: () => NOW });
    const seqs = visible.entries.map(({ event: { seq } }) => seq);
    expect(seqs).toEqual(grown.entries.filter(matches).map(({ event: { seq } }) => seq));
  }
});

/** A message to Bob and Cy that both receive, and others that not all do, seen in three pages. */
const ROOM = `
  0 joined Ada with Bob Cy
  0 at Bob: joined Bob with Ada Cy
  0 at Cy: joined Cy with Ada Bob
  100 send {"n":1} to *
  130 at Bob: received {"n":1} from Ada
  180 at Cy: received {"n":1} from Ada
  200 send {"n":2} to *
  260 at Cy: received {"n":2} from Ada
  300 send {"n":3} to Bob
  320 at Bob: received {"n":3} from Ada
  330 at Bob: received {"n":3} from Ada
  400 send {"n":4} to Bob
  410 send {"n":5} to Bob
  440 at Bob: received {"n":5} from Ada
  2000 at Bob: received {"n":4} from Ada
  2100 2 times every 10: send "ping" to Cy
  2150 at Cy: received "ping" from Ada
  2200 send {"n":6} to Dee
  2300 at Bob: send {"n":7} to *
  2330 at Cy: received {"n":7} from Bob
  2340 received {"n":7} from Bob
  4000 user-data {"hand":"up"}
  4001 settles 11 resolved object
  4100 at Bob: updated Ada {"hand":"up"}
  4200 at Cy: updated Ada {"hand":"up"}
  8000 at Bob: joins Eve
  14000 at Bob: joins Flo
  16000 send {"n":8} to Cy`;

/** What passes in the room, as whose event it is and its number. */
function inRoom(text: string, events: readonly PageEvent[] = session(ROOM)): string[] {
  const room = logOfText(events);
  const deliveries = createDeliveries(room);
  while (!deliveries.advance(() => false));
  const callOf = (id: string) => room.calls.get(id);
  const now = Math.max(...events.map(({ at }) => at));
  const matches = createMatcher(
    { ...NO_FILTER, text },
    { callOf, now: () => now, outcomeOf: (entry) => deliveries.outcomeOf(entry, now) },
  );
  const entries = isRoomWide({ ...NO_FILTER, text }, callOf)
    ? createRoomWideList(room).entries()
    : room.entries;
  return entries.filter(matches).map(({ event }) => `${seatOf(event) ?? "Ada"} ${event.seq}`);
}

const sent = (...numbers: number[]) => numbers.map((seq) => `Ada ${seq}`);

test.each<[string, string[]]>([
  ["delivered:all", sent(2, 4, 5, 6, 11)],
  ["delivered:some", sent(3)],
  ["delivered:none", []],
  ["delivered:lost", sent(3)],
  ["delivered:waiting", sent(13)],
  ["delivered:doubled", sent(4)],
  ["delivered:overtaken", sent(5)],
  ["delivered:unknown", sent(7, 8, 9)],
  ["delivered:<100ms", sent(2, 3, 4, 6)],
  ["delivered:>1s", sent(5)],
  ["delivered:lost,doubled", sent(3, 4)],
  ["delivered:all channel:user", sent(11)],
  ["dir:out -delivered:all", sent(3, 7, 8, 9, 13)],
  ["seat:Bob dir:in", ["Bob 2", "Bob 3", "Bob 4", "Bob 5", "Bob 6", "Bob 8"]],
  ["seat:id-cy dir:in channel:app", ["Cy 2", "Cy 3", "Cy 4", "Cy 5"]],
  ["seat:Bob delivered:all", ["Bob 7"]],
  ["seat:* path:n=7", ["Bob 7", "Cy 5"]],
  ["seat:Ada dir:in", ["Ada 10"]],
  ["-seat:Ada dir:out", ["Bob 7"]],
  ["seat:Eve", []],
])("%s finds its rows in a room of three pages", (text, expected) => {
  expect(inRoom(text)).toEqual(expected);
});

test.each(["delivered:all", "-delivered:waiting", "delivered:lost", "delivered:none,some"])(
  "%s is right for messages that arrive later",
  (text) => {
    const grown = createSessionLog();
    const deliveries = createDeliveries(grown);
    const callOf = (id: string) => grown.calls.get(id);
    let now = 0;
    const outcomeOf = (entry: Entry) => deliveries.outcomeOf(entry, now);
    const visible = createVisibleEntries(callOf, (entry) => deliveries.isOpen(entry));
    const matcher = () =>
      createMatcher({ ...NO_FILTER, text }, { callOf, now: () => now, outcomeOf });
    visible.startOver(matcher());
    const seen = new Set<string>();
    for (const event of session(ROOM)) {
      appendTo(grown, event);
      now = Math.max(now, event.at);
      while (!deliveries.advance(() => false));
      visible.advance(grown.entries, () => false);
      const shown = visible.entries.map(({ event: { seq } }) => seq);
      expect(shown).toEqual(grown.entries.filter(matcher()).map(({ event: { seq } }) => seq));
      seen.add(shown.join());
    }
    expect(seen.size).toBeGreaterThan(1);
  },
);

test("every status that a row can have is a word of the language", () => {
  const sources = ["../session/row-status.ts", "../daily/delivery.ts"].map((name) =>
    readFileSync(new URL(name, import.meta.url), "utf8"),
  );
  const labels = [
    ...sources.join("").matchAll(/label: (?:"([^"]+)"|[^,]*?\? "([^"]+)" : "([^"]+)")/g),
  ];
  expect(labels.length).toBeGreaterThan(20);
  // What was cleared has no row, so no one filters by it.
  const ofRows = labels
    .flatMap(([, ...texts]) => texts)
    .filter((text) => text !== "cleared from the log");
  for (const label of ofRows.filter(Boolean)) expect(STATUS_WORDS).toContain(statusWord(label));
});
