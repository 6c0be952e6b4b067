import { expect, test } from "vitest";

import { toTsv } from "../traffic/copy-rows";
import { createSearch } from "../../core/filter/filter";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createTableRows } from "../session/table-rows";
import { createVisibleEntries } from "../session/visible-entries";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };
const all = () => false;

function setup(text: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  const events = session(text);
  const [first] = events;
  const start = first?.at ?? 0;
  let now = start;
  const callOf = (callId: string) => log.calls.get(callId);
  return {
    log,
    callOf,
    now: () => now,
    /** Takes in the events until then, in milliseconds of the session. */
    runTo(ms: number) {
      now = start + ms;
      while (events[0] && events[0].at <= now)
        append(log, PAGE.documentId, events.shift() as (typeof events)[0]);
    },
  };
}

const WAITING = `
  0 joined Ada with Bob
  100 session-data shallow-merge {"stage":"Ada"}`;

test("rows are copied with the status of now", () => {
  const { log, callOf, now, runTo } = setup(WAITING);
  runTo(200);
  expect(toTsv(log.entries, callOf, now())).toContain("\tqueued\t");
  runTo(9_000);
  expect(toTsv(log.entries, callOf, now())).toContain("\tunconfirmed\t");
});

test("a search finds the status of now, also in rows that it has looked at before", () => {
  const { log, callOf, now, runTo } = setup(WAITING);
  runTo(200);
  const find = (text: string) => {
    const found = createVisibleEntries(callOf);
    found.startOver(createSearch(text, { callOf, now }));
    return () => {
      found.advance(log.entries, all);
      return found.entries.length;
    };
  };
  const [queued, unconfirmed] = [find("queued"), find("unconfirmed")];
  expect([queued(), unconfirmed()]).toEqual([1, 0]);
  runTo(9_000);
  expect([queued(), unconfirmed()]).toEqual([0, 1]);
});

test("sorted rows move when what they are sorted by shows", () => {
  const { log, callOf, now, runTo } = setup(`
    0 joined Ada with Bob
    100 session-data shallow-merge {"a":1}
    950 session-state {"a":1}
    2000 session-data shallow-merge {"a":2}
    2300 session-state {"a":2}
    4000 session-data shallow-merge {"a":3}
    4100 session-state {"a":3}`);
  const table = createTableRows(callOf, now);
  table.startOver({ group: "none", sort: { column: "latency", isDescending: false } });
  const latencies = () => {
    table.advance(log.entries, all);
    return table.rows.flatMap((row) => {
      if (!("event" in row)) return [];
      const at = callOf(CALL_ID)?.history.session.writes.get(row.event.seq)?.window?.confirmedAt;
      return at === undefined ? [] : [at - row.event.at];
    });
  };
  for (const ms of [100, 950, 2_000, 2_300, 4_000]) {
    runTo(ms);
    latencies();
  }
  runTo(4_100);
  expect(latencies()).toEqual([100, 300, 850]);
});

test("a write that someone else replaces much later says so, with a filter as well", () => {
  const { log, callOf, now, runTo } = setup(`
    0 joined Ada with Bob
    100 session-data shallow-merge {"stage":"Ada"}
    950 session-state {"stage":"Ada"}
    90000 session-state {"stage":"Bob"}`);
  const found = createVisibleEntries(callOf);
  found.startOver(createSearch("replaced", { callOf, now }));
  for (const ms of [100, 950, 60_000]) {
    runTo(ms);
    found.advance(log.entries, all);
  }
  expect(found.entries).toHaveLength(0);
  runTo(90_000);
  found.advance(log.entries, all);
  expect(found.entries.map(({ event }) => event.kind)).toEqual(["method-called"]);
  expect(toTsv(found.entries, callOf, now())).toContain("\treplaced\t");
});
