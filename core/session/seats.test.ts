import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { session } from "../testing/session-text";
import { createRoomWideList, listSeats, ownRooms } from "./seats";
import {
  append,
  clearEntries,
  createSessionLog,
  entryLists,
  foldOldest,
  hasEntryIn,
  openDocument,
  removeDocuments,
  type SessionLog,
} from "./session-log";

const TAB = { kind: "tab", tabId: 2 } as const;
/** As many events as a seat keeps, and as much text of theirs. */
const SEAT_EVENTS = 50_000;
const SEAT_CHARS = 33_554_432;

const open = (log: SessionLog, documentId: string, origin?: typeof TAB) =>
  openDocument(log, { documentId, frameId: 0, url: `https://${documentId}.example/` }, origin);

/** A message that the call of a document received. */
const received = (documentId: string, seq: number, json = `${seq}`): PageEvent => ({
  kind: "daily-event",
  name: "app-message",
  seq,
  at: seq,
  callId: `call-${documentId}`,
  fromId: "id-eve",
  payload: { json, chars: json.length, bytes: json.length },
  listeners: 1,
  handlerMs: 0,
});

function says(log: SessionLog, documentId: string, text: string): void {
  for (const event of session(text, `call-${documentId}`)) append(log, documentId, event);
}

function setup() {
  const log = createSessionLog();
  open(log, "ada");
  for (const seat of ["bob", "cy"]) open(log, seat, TAB);
  let seq = 0;
  const flood = (documentId: string, count: number, json?: string) => {
    for (let n = 0; n < count; n++) append(log, documentId, received(documentId, ++seq, json));
  };
  const sizes = () => entryLists(log).map(({ entries, folded }) => [entries.length, folded]);
  return { log, flood, sizes };
}

describe("a seat has bounds of its own", () => {
  test("in events: what goes is counted, and no one else loses anything", () => {
    const { log, flood, sizes } = setup();
    flood("ada", 3);
    flood("cy", 2);
    flood("bob", SEAT_EVENTS);
    expect(foldOldest(log)).toEqual({ ofPage: 0, ofSeats: 0 });
    flood("bob", 1);
    const gone = 2_501;
    expect(foldOldest(log)).toEqual({ ofPage: 0, ofSeats: gone });
    expect(sizes()).toEqual([
      [3, 0],
      [SEAT_EVENTS + 1 - gone, gone],
      [2, 0],
    ]);
    // The list of its call is cut at the same place.
    expect(log.ofCall.get("call-bob")).toEqual(entryLists(log)[1]?.entries);
    expect(log.ofCall.get("call-ada")).toHaveLength(3);
  });

  test("in text", () => {
    const { log, flood, sizes } = setup();
    const chars = 1_048_576;
    for (const each of ["ada", "bob", "cy"]) flood(each, 1, `"${"x".repeat(chars - 2)}"`);
    flood("bob", SEAT_CHARS / chars - 1, `"${"y".repeat(chars - 2)}"`);
    expect(foldOldest(log).ofSeats).toBe(0);
    flood("bob", 1, "1");
    expect(foldOldest(log)).toEqual({ ofPage: 0, ofSeats: 2 });
    expect(sizes()).toEqual([
      [1, 0],
      [SEAT_CHARS / chars - 1, 2],
      [1, 0],
    ]);
  });

  test("and the page's bounds are the page's alone", () => {
    const { log, flood, sizes } = setup();
    flood("bob", 2_000);
    flood("ada", 1_001);
    const limits = { events: 1_000, payloadChars: 1_000_000 };
    expect(foldOldest(log, limits)).toEqual({ ofPage: 51, ofSeats: 0 });
    expect(sizes()).toEqual([
      [950, 51],
      [2_000, 0],
      [0, 0],
    ]);
  });
});

test("seats are listed with their names and counts, each for itself", () => {
  const { log } = setup();
  says(log, "ada", "0 created\n1 joined Ada with Bob, Cy");
  says(log, "bob", "0 created\n1 joined Bob with Ada\n2 send 1 to *");
  append(log, "bob", received("bob", 9));
  says(log, "cy", "0 created");
  expect(listSeats(log)).toMatchObject([
    { name: "Bob", sessionId: "id-bob", isLive: true, isJoined: true, events: 4, dropped: 5 },
  ]);
  clearEntries(log);
  expect(listSeats(log)).toMatchObject([{ name: "Bob", events: 0, dropped: 0, folded: 0 }]);
  removeDocuments(log, new Set(["bob"]));
  expect(listSeats(log)).toEqual([]);
});

test("the rooms of the page are those of its own calls, as long as it isn't left", () => {
  const { log } = setup();
  says(log, "bob", "0 created\n1 joined Bob");
  expect([...ownRooms(log)]).toEqual([]);
  says(log, "ada", "0 created\n1 joined Ada");
  expect([...ownRooms(log)]).toEqual(["https://you.daily.co/qa"]);
  open(log, "ada").isLeaving = true;
  expect([...ownRooms(log)]).toEqual([]);
  open(log, "ada");
  expect([...ownRooms(log)]).toEqual(["https://you.daily.co/qa"]);
});

test("the list of the room is all entries in order, whatever is appended, removed or cleared", () => {
  const documents = ["ada", "ada-frame", "bob", "cy"] as const;
  const document = fc.constantFrom(...documents);
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant("append" as const), document }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), document }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("fold" as const), document, count: fc.nat(3) }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("look" as const) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const log = createSessionLog();
      const list = createRoomWideList(log);
      let seq = 0;
      let seen: { readonly entries: readonly unknown[]; readonly items: unknown[] } | undefined;
      const isOpen = (documentId: string) => log.documents.has(documentId);
      for (const each of [...steps, { kind: "look" } as const]) {
        switch (each.kind) {
          case "append": {
            const isSeat = !each.document.startsWith("ada");
            if (!isOpen(each.document)) open(log, each.document, isSeat ? TAB : undefined);
            append(log, each.document, received(each.document, ++seq));
            break;
          }
          case "remove":
            removeDocuments(log, new Set([each.document]));
            break;
          case "clear":
            clearEntries(log);
            break;
          case "fold": {
            // As `foldOldest` does, at sizes that a test can have.
            const found = log.documents.get(each.document);
            if (found) (found.seat ?? log).entries.splice(0, each.count);
            break;
          }
          case "look": {
            const expected = entryLists(log)
              .flatMap(({ entries }) => entries)
              .sort((a, b) => a.index - b.index);
            const entries = list.entries();
            expect(entries).toEqual(expected);
            expect(entries.every((entry) => hasEntryIn(log, entry))).toBe(true);
            // What follows the list by its end may rely on it: it grows, or it is another one.
            if (seen && seen.entries === entries)
              expect(entries.slice(0, seen.items.length)).toEqual(seen.items);
            seen = { entries, items: [...entries] };
          }
        }
      }
    }),
    { numRuns: 1_000 },
  );
});
