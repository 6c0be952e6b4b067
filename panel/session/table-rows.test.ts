import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Arrangement } from "./arrangement";
import { COLUMNS } from "./columns";
import { append, createSessionLog, foldOldest, openDocument } from "../../core/session/session-log";
import { session } from "../../core/testing/session-text";
import { createTableRows, isGroup, type TableRow } from "./table-rows";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

const line = fc.constantFrom(
  'send {"kind":"chat"} to *',
  'send {"kind":"cursor","x":1} to *',
  'send {"kind":"cursor","x":22} to *',
  'received {"kind":"chat","text":"hello"} from Bob',
  "user-data 1",
  "leaves",
);
const texts = fc.array(line, { maxLength: 60 });

function logOf(lines: readonly string[]) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(
    ["0 joined Ada with Bob", ...lines.map((text, at) => `${at} ${text}`)].join("\n"),
  )) {
    append(log, PAGE.documentId, event);
  }
  return log;
}

const print = (rows: readonly TableRow[]) =>
  rows.map((row) => (isGroup(row) ? `${row.label} ×${row.entries.length}` : row.event.seq));

const arrangements: fc.Arbitrary<Arrangement> = fc.oneof(
  fc
    .constantFrom("none" as const, "runs" as const, "types" as const)
    .map((group) => ({ group, sort: undefined })),
  fc
    .record({ column: fc.constantFrom(...COLUMNS), isDescending: fc.boolean() })
    .map((sort) => ({ group: "none" as const, sort })),
);

describe("the rows of the table", () => {
  test("fold neighbours of one type", () => {
    const log = logOf([
      'send {"kind":"a"} to *',
      'send {"kind":"a"} to *',
      'send {"kind":"b"} to *',
      'send {"kind":"a"} to *',
    ]);
    const table = createTableRows(
      (callId) => log.calls.get(callId),
      () => 0,
    );
    table.startOver({ group: "runs", sort: undefined });
    table.advance(log.entries, () => false);
    expect(print(table.rows)).toEqual([1, "a ×2", 4, 5]);
    const group = table.rows.find(isGroup);
    if (group) table.toggle(group);
    expect(print(table.rows)).toEqual([1, "a ×2", 2, 3, 4, 5]);
  });

  test("are sorted with what has no value last, both ways", () => {
    const log = logOf(["user-data 22", "leaves", "user-data 1"]);
    const table = createTableRows(
      (callId) => log.calls.get(callId),
      () => 0,
    );
    for (const [isDescending, expected] of [
      [false, [4, 2, 1, 3]],
      [true, [2, 4, 1, 3]],
    ] as const) {
      table.startOver({ group: "none", sort: { column: "size", isDescending } });
      table.advance(log.entries, () => false);
      expect(print(table.rows)).toEqual(expected);
    }
  });

  test("arranged bit by bit, cut at any moment, are those arranged at once", () => {
    fc.assert(
      fc.property(
        texts,
        arrangements,
        fc.integer({ min: 1, max: 50 }),
        (lines, arrangement, step) => {
          const log = logOf(lines);
          const callOf = (callId: string) => log.calls.get(callId);
          const atOnce = createTableRows(callOf, () => 0);
          atOnce.startOver(arrangement);
          atOnce.advance(log.entries, () => false);

          const growing: typeof log.entries = [];
          const bitByBit = createTableRows(callOf, () => 0);
          bitByBit.startOver(arrangement);
          for (const entry of log.entries) {
            growing.push(entry);
            if (growing.length % step === 0) bitByBit.advance(growing, () => true);
          }
          while (!bitByBit.advance(growing, () => true));
          expect(print(bitByBit.rows)).toEqual(print(atOnce.rows));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("know the place of every entry, with groups open and closed, also after the oldest went", () => {
    fc.assert(
      fc.property(
        texts,
        arrangements,
        fc.nat(5),
        fc.boolean(),
        (lines, arrangement, nth, isFolded) => {
          const log = logOf(lines);
          const table = createTableRows(
            (callId) => log.calls.get(callId),
            () => 0,
          );
          table.startOver(arrangement);
          table.advance(log.entries, () => false);
          if (isFolded) {
            foldOldest(log, { events: Math.ceil(lines.length / 2) + 1, payloadChars: 1e9 });
            table.advance(log.entries, () => false);
          }
          const group = table.rows.filter(isGroup)[nth];
          if (group) table.toggle(group);
          const shown = new Set<number>();
          for (const entry of log.entries) {
            const row = table.rows[table.placeOf(entry)];
            expect(
              row === entry || (row && isGroup(row) && !row.isOpen && row.entries.includes(entry)),
            ).toBe(true);
            shown.add(table.placeOf(entry));
          }
          // Nothing but the heads of open groups is left over.
          expect(table.rows.length - shown.size).toBe(
            table.rows.filter((row) => isGroup(row) && row.isOpen).length,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
