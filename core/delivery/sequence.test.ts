import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type roomLog, roomSequence } from "../testing/room-story";
import { channelOf } from "../session/event-view";
import { createRoomWideList } from "../session/seats";
import { append, createSessionLog, type Entry, openDocument } from "../session/session-log";
import { createDeliveries } from "./deliveries";
import { idsInView } from "./sequence-columns";
import { createSequence, type SequenceRow } from "./sequence";
import { sceneOf } from "./sequence-scene";

const labelOf = ({ name, isOwn }: { name: string; isOwn: boolean } = { name: "?", isOwn: false }) =>
  isOwn ? `${name} (you)` : name;

/** Rows from the second one on that people don't join with, each as it is drawn: `Ada → Bob arrived, Cy lost: hi [38 ms]`. */
function drawn(stories: Parameters<typeof roomSequence>[0], order?: "time" | "seats") {
  const { sequence, columns, context } = roomSequence(stories, order);
  const name = (column: number) => labelOf(columns.list[column]);
  return sequence.rows.flatMap((row) => {
    const scene = sceneOf(row, context);
    const { from, ends, mark, type, summary, result, isArrivalOnly, level } = scene;
    const to = ends.map(
      ({ column, reach, isTrouble }) => `${name(column)} ${reach}${isTrouble ? "!" : ""}`,
    );
    const arrow = to.length > 0 ? ` ${isArrivalOnly ? "…→" : "→"} ${to.join(", ")}` : "";
    const what = [type, summary].filter(Boolean).join(" ");
    const bad = level === "ok" ? "" : ` (${level})`;
    return `${name(from)}${arrow}${mark ? ` ${mark}` : ""}: ${what}${result && ` [${result}]`}${bad}`;
  });
}
const messages = (stories: Parameters<typeof roomSequence>[0], order?: "time" | "seats") =>
  drawn(stories, order).filter((row) => !/ (join|leave): /.test(row));

const ADA = "0 joined Ada with Bob, Cy";
const BOB = "5 joined Bob with Ada, Cy";
const CY = "6 joined Cy with Ada, Bob";
/** The page runs on: so what hasn't come is lost. */
const RUNS = `
  8000 received "a" from Dee
  16000 received "b" from Dee`;

describe("a row for each message", () => {
  test("from its send to its arrival, drawn once, whichever seat told first", () => {
    const stories = {
      ada: `${ADA}\n 100 send {"type":"hi"} to Bob`,
      bob: `${BOB}\n 138 received {"type":"hi"} from Ada`,
    };
    expect(messages(stories)).toEqual(["Ada (you) → Bob arrived: hi [38 ms]"]);
    expect(messages({ ada: stories.ada, bob: stories.bob }, "seats")).toEqual(messages(stories));
    const { ada, bob } = stories;
    expect(messages({ bob, ada }, "seats")).toEqual(["Ada → Bob (you) arrived: hi [38 ms]"]);
  });

  test("a broadcast has an end for each, with the time of the slowest", () => {
    expect(
      messages({
        ada: `${ADA}\n 100 send {"type":"hi"} to *`,
        bob: `${BOB}\n 138 received {"type":"hi"} from Ada`,
        cy: `${CY}\n 180 received {"type":"hi"} from Ada`,
      }),
    ).toEqual(["Ada (you) → Bob arrived, Cy arrived: hi [80 ms]"]);
  });

  test("whoever isn't in view has an end of which nothing is known", () => {
    expect(
      messages({
        ada: `${ADA}\n 100 send {"type":"hi"} to *`,
        bob: `${BOB}\n 138 received {"type":"hi"} from Ada`,
      }),
    ).toEqual(["Ada (you) → Bob arrived, Cy unknown: hi [38 ms]"]);
  });

  test("lost, doubled, without a listener", () => {
    const sent = `${ADA}\n 100 send {"type":"hi"} to Bob`;
    expect(messages({ ada: sent, bob: BOB + RUNS })[0]).toBe(
      "Ada (you) → Bob lost!: hi [not received] (warning)",
    );
    const twice = `
      110 received {"type":"hi"} from Ada
      120 received {"type":"hi"} from Ada`;
    expect(messages({ ada: sent, bob: BOB + twice })).toEqual([
      "Ada (you) → Bob doubled!: hi [received 2 times] (warning)",
    ]);
    expect(messages({ ada: sent, bob: `${BOB}\n 138 unheard {"type":"hi"} from Ada` })).toEqual([
      "Ada (you) → Bob arrived!: hi [38 ms] (warning)",
    ]);
  });

  test("equal ones claim counts only, and their arrivals no message", () => {
    expect(
      messages({
        ada: `${ADA}\n 100 send {"type":"hi"} to Bob\n 110 send {"type":"hi"} to Bob`,
        bob: `${BOB}\n 138 received {"type":"hi"} from Ada`,
      }),
    ).toEqual([
      "Ada (you) → Bob equal: hi [1 of 2 equal]",
      "Ada (you) → Bob equal: hi [1 of 2 equal]",
      "Ada (you) …→ Bob arrived: hi",
    ]);
  });

  test("of someone who isn't in view, and of a server, as it arrives", () => {
    expect(
      messages({
        ada: `${ADA}\n 100 received {"type":"hi"} from Cy\n 200 received {"type":"go"} from API`,
        bob: BOB,
      }),
    ).toEqual(["Cy → Ada (you) arrived: hi", "Server → Ada (you) arrived: go"]);
  });

  test("of the same sender who isn't in view, once for all who got it", () => {
    expect(
      messages({
        ada: `${ADA}\n 100 received {"type":"hi"} from Cy\n 300 received {"type":"hi"} from Cy`,
        bob: `${BOB}\n 103 received {"type":"hi"} from Cy\n 104 unheard "x" from Cy`,
      }),
    ).toEqual([
      "Cy → Ada (you) arrived, Bob arrived: hi",
      `Cy → Bob arrived!: "x" [no listener] (warning)`,
      "Cy → Ada (you) arrived: hi",
    ]);
  });

  test("a refused one goes nowhere", () => {
    expect(messages({ ada: `${ADA}\n 100 refused send {"type":"hi"} because too large` })).toEqual([
      "Ada (you) event: hi [refused] (error)",
    ]);
  });
});

describe("what the participants share", () => {
  test("session data goes to the room, and comes from it to all as one row", () => {
    expect(
      messages({
        ada: `${ADA}
          100 session-data shallow-merge {"stage":"Ada"}
          1100 session-state {"stage":"Ada"}`,
        bob: `${BOB}\n 1120 session-state {"stage":"Ada"}`,
      }),
    ).toEqual([
      `Ada (you) → Room arrived: session data {stage: "Ada"} [1 s]`,
      `Room → Ada (you) arrived, Bob arrived: session data {stage: "Ada"}`,
    ]);
  });

  test("user data is one row, from the write to those who have it", () => {
    expect(
      messages({
        ada: `${ADA}
          100 user-data {"hand":"up"}
          101 settles 2 resolved object`,
        bob: `${BOB}\n 180 updated Ada {"hand":"up"}`,
      }),
    ).toEqual([`Ada (you) → Bob arrived: user data {hand: "up"} [80 ms]`]);
  });

  test("someone joins and leaves once, however many see it", () => {
    expect(
      drawn({
        ada: `0 joined Ada with Bob\n 50 joins Cy\n 900 left Cy\n 950 joins Cy`,
        bob: `5 joined Bob with Ada\n 52 joins Cy\n 904 left Cy\n 951 joins Cy`,
      }).map((row) => row.replace(/:.*/, "")),
    ).toEqual(["Ada (you) join", "Bob join", "Cy join", "Cy leave", "Cy join"]);
  });
});

describe("columns", () => {
  test("those in view first, then the others, servers and the room; one who comes back keeps theirs", () => {
    const { columns } = roomSequence({
      ada: `${ADA}
        20 left Cy
        30 joins Cyrus as user-cy
        35 joins Dee
        40 received "x" from API
        50 session-state {}`,
      bob: `${BOB}\n 22 left Cy`,
    });
    expect(
      columns.list.map((column) => `${labelOf(column)}${column.isInView ? "" : " dim"}`),
    ).toEqual(["Ada (you)", "Bob", "Cyrus dim", "Dee dim", "Server dim", "Room"]);
    const life = columns.list.map((column) => column.life.map(({ from, to }) => to - from));
    expect(life[2]).toEqual([22, Infinity]);
  });
});

const steps = fc.array(
  fc.tuple(
    fc.constantFrom("ada", "bob", "cy"),
    fc.nat(900),
    fc.oneof(
      fc
        .tuple(fc.nat(2), fc.constantFrom("*", "Bob", "Ada", "Cy", "Dee"))
        .map(([n, to]) => `send ${n} to ${to}`),
      fc
        .tuple(fc.nat(2), fc.constantFrom("Ada", "Bob", "Cy", "Dee", "API"))
        .map(([n, from]) => `received ${n} from ${from}`),
      fc.nat(2).map((n) => `user-data ${n}`),
      fc.tuple(fc.constantFrom("Ada", "Bob"), fc.nat(2)).map(([who, n]) => `updated ${who} ${n}`),
      fc.nat(1).map((n) => `session-state {"n":${n}}`),
      fc.constantFrom("joins Dee", "left Dee", "leaves", "joining"),
    ),
  ),
  { maxLength: 40 },
);
const stories = steps.map((all) => {
  const texts = { ada: ADA, bob: BOB, cy: CY };
  let at = 10;
  for (const [who, wait, what] of all)
    // Of itself a page hears otherwise.
    if (!what.toLowerCase().startsWith(`updated ${who}`))
      texts[who as "ada"] += `\n${(at += wait)} ${what}`;
  return texts;
});

const told = (rows: readonly SequenceRow[]) =>
  rows.map(({ entry, also }) => [
    entry.index,
    also.map(({ index }) => index).sort((a, b) => a - b),
  ]);

/** Follows a log while it grows, by so many events at a time, with whatever of it is paired by then. */
function incremental(log: ReturnType<typeof roomLog>, batch: number) {
  const growing = createSessionLog();
  const deliveries = createDeliveries(growing);
  const sequence = createSequence({
    callOf: (callId) => growing.calls.get(callId),
    sourceOf: (entry) => deliveries.sourceOf(entry)?.entry,
    isInView: (id) => idsInView(growing).has(id),
  });
  const list = createRoomWideList(growing);
  const entries: Entry[] = [];
  const all = createRoomWideList(log).entries();
  for (const document of log.documents.values()) {
    const { documentId, frameId, url, seat } = document;
    openDocument(growing, { documentId, frameId, url }, seat?.origin);
  }
  for (let at = 0; at < all.length; at += batch) {
    for (const { documentId, event } of all.slice(at, at + batch))
      append(growing, documentId, event);
    for (const entry of list.entries().slice(at)) if (channelOf(entry)) entries.push(entry);
    // Pairing is behind in every other step.
    const isPaired = (at / batch) % 2 === 0 || at + batch >= all.length;
    if (isPaired) while (!deliveries.advance(() => false));
    let calls = 0;
    while (!sequence.advance(entries, () => ++calls % 2 === 0, isPaired));
  }
  return sequence;
}

describe("incremental", () => {
  test("equals from scratch, whatever the order of the seats", () => {
    fc.assert(
      fc.property(
        stories,
        fc.constantFrom("time", "seats"),
        fc.integer({ min: 1, max: 9 }),
        (texts, order, batch) => {
          const { log, sequence } = roomSequence(texts, order);
          expect(told(incremental(log, batch).rows)).toEqual(told(sequence.rows));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("each event has a row, or is under one, which is found; rows are by time", () => {
    fc.assert(
      fc.property(stories, fc.constantFrom("time", "seats"), (texts, order) => {
        const { entries, sequence } = roomSequence(texts, order);
        const { rows } = sequence;
        const all = rows.flatMap(({ entry, also }) => [entry, ...also]);
        expect(all).toHaveLength(entries.length);
        expect(new Set(all)).toEqual(new Set(entries));
        const times = rows.map(({ entry }) => entry.event.at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        for (const [place, { entry, also }] of rows.entries())
          for (const each of [entry, ...also]) expect(sequence.placeOf(each)).toBe(place);
      }),
    );
  });

  test("what is left when the oldest go keeps a row", () => {
    fc.assert(
      fc.property(stories, fc.nat(30), (texts, count) => {
        const { entries, sequence } = roomSequence(texts);
        const left = entries.slice(count);
        entries.splice(0, count);
        sequence.advance(entries, () => false, true);
        const all = sequence.rows.flatMap(({ entry, also }) => [entry, ...also]);
        expect(new Set(all)).toEqual(new Set(left));
        expect(all).toHaveLength(left.length);
        for (const entry of left) expect(sequence.placeOf(entry)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
