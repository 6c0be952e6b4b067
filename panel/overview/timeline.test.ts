import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { append, createSessionLog, type Entry, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createTimeline, type Timeline, timeOf } from "./timeline";
import { columnDuration, columnsOf } from "./time-axis";
import { LANE_NAMES, laneOf } from "./timeline";
import { nearestEntry, stretchOf } from "./timeline";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };
const AT_ONCE = () => false;
/** Long after everything, so that nothing waits. */
const LATER = Date.UTC(2030, 0, 1);

const sentence = fc.constantFrom(
  "created",
  "joined Ada with Bob",
  "joins Cy",
  "left Bob",
  "leaves",
  'send {"a":1} to *',
  'send {"a":1} to Nobody',
  'refused send "x" because Message data too large',
  'received {"b":1} from Bob',
  'unheard {"b":2} from Bob',
  'user-data {"c":1}',
  'updated Bob {"c":2}',
  'session-data shallow-merge {"d":1}',
  'session-data replace {"e":1}',
  'session-state {"d":1}',
  'session-state {"e":1}',
);
/** Times that go back now and then, as those of two frames do. */
const sessions = fc
  .array(fc.tuple(fc.integer({ min: -300, max: 900 }), sentence), { maxLength: 60 })
  .map((steps) => {
    let at = 0;
    return session(
      steps.map(([wait, what]) => `${(at = Math.max(0, at + wait))} ${what}`).join("\n"),
    );
  });

function setup() {
  const log = createSessionLog();
  openDocument(log, PAGE);
  const callOf = (callId: string) => log.calls.get(callId);
  return { log, callOf };
}

/** What is drawn of a timeline, as plain data. */
function drawn({ lanes, windows, phases }: Timeline) {
  const seqs = (entries: readonly Entry[]) => entries.map(({ event }) => event.seq);
  return {
    lanes: LANE_NAMES.map((name) => {
      const { all, warnings, errors } = lanes[name];
      return [name, ...[all, warnings, errors].map(({ items, times }) => [seqs(items), times])];
    }),
    windows: windows.items,
    phases,
  };
}

test("step by step, in slices or at once, the timeline is the same", () => {
  fc.assert(
    fc.property(sessions, (events) => {
      const { log, callOf } = setup();
      const grown = createTimeline(callOf);
      for (const event of events) {
        append(log, PAGE.documentId, event);
        grown.advance(log.entries, LATER, AT_ONCE);
      }
      const sliced = createTimeline(callOf);
      while (!sliced.advance(log.entries, LATER, () => true));
      const atOnce = createTimeline(callOf);
      atOnce.advance(log.entries, LATER, AT_ONCE);
      expect(drawn(grown)).toEqual(drawn(atOnce));
      expect(drawn(sliced)).toEqual(drawn(atOnce));
    }),
  );
});

test("every entry is in one lane, and there in one column at any zoom", () => {
  fc.assert(
    fc.property(sessions, fc.double({ min: 0.01, max: 1e6, noNaN: true }), (events, msPerPixel) => {
      const { log, callOf } = setup();
      for (const event of events) append(log, PAGE.documentId, event);
      const timeline = createTimeline(callOf);
      timeline.advance(log.entries, LATER, AT_ONCE);
      const duration = columnDuration(msPerPixel);
      expect(duration / msPerPixel).toBeGreaterThanOrEqual(3);
      expect(duration / msPerPixel).toBeLessThan(6.001);
      const found = LANE_NAMES.flatMap((name) => {
        const { items, times } = timeline.lanes[name].all;
        const span = { from: times[0] ?? 0, to: times.at(-1) ?? 0 };
        return columnsOf(times, span, duration).flatMap(({ at, first, end }) => {
          const inside = items.slice(first, end);
          expect(inside.length).toBeGreaterThan(0);
          for (const entry of inside) {
            expect(laneOf(entry)).toBe(name);
            expect(timeOf(entry)).toBeGreaterThanOrEqual(at);
            expect(timeOf(entry)).toBeLessThan(at + duration);
          }
          return inside;
        });
      });
      const expected = log.entries.filter((entry) => laneOf(entry));
      expect(found.toSorted((a, b) => a.index - b.index)).toEqual(expected);
    }),
  );
});

test("the nearest entry is the one that a look at all of them finds", () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: -500, max: 20_000 }), (events, offset) => {
      const { log, callOf } = setup();
      for (const event of events) append(log, PAGE.documentId, event);
      const timeline = createTimeline(callOf);
      timeline.advance(log.entries, LATER, AT_ONCE);
      const at = (events[0]?.at ?? 0) + offset;
      const distance = (entry: Entry | undefined) =>
        entry ? Math.abs(timeOf(entry) - at) : Infinity;
      const inLanes = log.entries.filter((entry) => laneOf(entry));
      expect(distance(nearestEntry(timeline, at))).toBe(
        Math.min(Infinity, ...inLanes.map(distance)),
      );
      const span = { from: at - 700, to: at + 700 };
      expect(stretchOf(timeline, span, LANE_NAMES).count).toBe(
        inLanes.filter((entry) => distance(entry) <= 700).length,
      );
    }),
  );
});

describe("what is marked", () => {
  function timelineOf(text: string) {
    const { log, callOf } = setup();
    for (const event of session(text)) append(log, PAGE.documentId, event);
    const timeline = createTimeline(callOf);
    timeline.advance(log.entries, LATER, AT_ONCE);
    return { log, timeline };
  }

  test("refusals are errors; no listener and no recipient are warnings", () => {
    const { timeline } = timelineOf(`
      0 joined Ada
      10 refused send "x" because Message data too large
      20 send 1 to *
      30 unheard 2 from Bob`);
    const { "app-out": out, "app-in": inward } = timeline.lanes;
    expect(out.errors.items.map(({ event }) => event.seq)).toEqual([2]);
    expect(out.warnings.items.map(({ event }) => event.seq)).toEqual([3]);
    expect(inward.warnings.items.map(({ event }) => event.seq)).toEqual([4]);
  });

  test("what is larger than the limit is an error even when it was not refused", () => {
    const { timeline } = timelineOf(`
      0 joined Ada with Bob
      10 send "${"x".repeat(4094)}" to *
      20 send "${"x".repeat(4095)}" to *`);
    expect(timeline.lanes["app-out"].errors.items.map(({ event }) => event.seq)).toEqual([3]);
  });

  test("a write is marked, and its window drawn, once it is known what became of it", () => {
    const { log, callOf } = setup();
    const timeline = createTimeline(callOf);
    const events = session(`
      0 joined Ada
      10 session-data replace {"a":1}
      20 session-data replace {"b":1}
      900 session-state {"b":1}`);
    for (const event of events.slice(0, 3)) append(log, PAGE.documentId, event);
    const start = events[0]?.at ?? 0;
    timeline.advance(log.entries, start + 30, AT_ONCE);
    expect(timeline.lanes["session-out"].warnings.items).toEqual([]);
    append(log, PAGE.documentId, events[3] as (typeof events)[number]);
    timeline.advance(log.entries, start + 900, AT_ONCE);
    expect(timeline.lanes["session-out"].warnings.items.map(({ event }) => event.seq)).toEqual([2]);
    expect(timeline.windows.items).toEqual([
      {
        from: start + 10,
        to: start + 900,
        title: "2 writes synced as one; 1 earlier value of a was never sent",
      },
    ]);
  });

  test("the life of the call has its phases", () => {
    const { timeline } = timelineOf("0 created\n10 joined Ada\n500 leaves\n600 joined Ada");
    const start = timeline.lanes.call.all.times[0] ?? 0;
    expect(timeline.phases).toEqual([
      { callId: CALL_ID, state: "joined", from: start + 10, to: start + 500 },
      { callId: CALL_ID, state: "joined", from: start + 600 },
    ]);
  });
});

test("it drops what the list drops, and starts over with another list; lanes stay", () => {
  const { log, callOf } = setup();
  for (const event of session("0 created\n1 joined Ada\n2 send 1 to *\n3 received 2 from Bob"))
    append(log, PAGE.documentId, event);
  const timeline = createTimeline(callOf);
  timeline.advance(log.entries, LATER, AT_ONCE);
  const count = () =>
    LANE_NAMES.reduce((sum, name) => sum + timeline.lanes[name].all.items.length, 0);
  expect(count()).toBe(4);
  log.entries.splice(0, 3);
  timeline.advance(log.entries, LATER, AT_ONCE);
  expect(count()).toBe(1);
  expect(timeline.lanes["app-out"].warnings.items).toEqual([]);
  timeline.advance([], LATER, AT_ONCE);
  expect(count()).toBe(0);
  expect([...timeline.known]).toEqual(["call", "app-out", "app-in"]);
});
