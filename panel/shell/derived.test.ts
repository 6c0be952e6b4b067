import fc from "fast-check";
import { expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { createMatcher, NO_FILTER } from "../../core/filter/filter";
import { momentsOf, roomAt } from "../../core/session/room-at";
import {
  append,
  createSessionLog,
  foldOldest,
  openDocument,
  type SessionLog,
} from "../../core/session/session-log";
import { printRows } from "../../core/testing/print-rows";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createVisibleEntries } from "../session/visible-entries";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

const name = fc.constantFrom("Bob", "Cy", "Dee");
const data = fc
  .dictionary(fc.constantFrom("a", "b", "c"), fc.nat(3), { maxKeys: 3 })
  .map((value) => JSON.stringify(value));
const sentence = fc.oneof(
  fc.constantFrom("created", "joined Ada with Bob", "joined Ada", "leaves", "destroyed"),
  name.map((who) => `joins ${who}`),
  name.map((who) => `left ${who}`),
  fc.tuple(name, data).map(([who, json]) => `updated ${who} ${json}`),
  fc
    .tuple(data, fc.constantFrom("*", "Bob", "Bob Cy", "Nobody"))
    .map(([json, to]) => `send ${json} to ${to}`),
  fc
    .tuple(data, fc.constantFrom("Bob", "Dee", "API"))
    .map(([json, from]) => `received ${json} from ${from}`),
  data.map((json) => `user-data ${json}`),
  fc
    .tuple(
      fc.nat(30),
      fc.constantFrom("resolved object", "resolved undefined", "rejected too large"),
    )
    .map(([seq, how]) => `settles ${seq} ${how}`),
  fc
    .tuple(fc.constantFrom("replace", "shallow-merge"), data)
    .map(([how, json]) => `session-data ${how} ${json}`),
  data.map((json) => `session-state ${json}`),
);
const sessions = fc.array(fc.tuple(fc.nat(900), sentence), { maxLength: 40 }).map((steps) => {
  let at = 0;
  return session(steps.map(([wait, what]) => `${(at += wait)} ${what}`).join("\n"));
});

function logOf(events: readonly PageEvent[]): SessionLog {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of events) append(log, PAGE.documentId, event);
  return log;
}

/** Everything that a view can ask for, as plain data. */
function derived(log: SessionLog): unknown {
  const call = log.calls.get(CALL_ID);
  if (!call) return undefined;
  const { history, ...state } = call;
  return JSON.parse(
    JSON.stringify({
      state,
      rows: printRows(log.entries, call, 0),
      moments: momentsOf(history).map((seq) => roomAt(history, seq)),
      writes: [...history.session.writes.values()].map(({ seq, fate }) => ({ seq, fate })),
      conflicts: history.session.conflicts,
    }),
  ) as unknown;
}

test("after every event, what was derived step by step equals a computation from scratch", () => {
  fc.assert(
    fc.property(sessions, (events) => {
      const log = logOf([]);
      events.forEach((event, index) => {
        append(log, PAGE.documentId, event);
        expect(derived(log)).toEqual(derived(logOf(events.slice(0, index + 1))));
      });
    }),
    { numRuns: 300 },
  );
});

test("a recording that went through JSON gives the same answers", () => {
  fc.assert(
    fc.property(sessions, (events) => {
      const replayed = JSON.parse(JSON.stringify(events)) as PageEvent[];
      expect(derived(logOf(replayed))).toEqual(derived(logOf(events)));
    }),
    { numRuns: 1_000 },
  );
});

test("removing old events changes nothing about now", () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: 1, max: 20 }), (events, kept) => {
      const whole = logOf(events).calls.get(CALL_ID);
      const log = logOf([]);
      for (const event of events) {
        append(log, PAGE.documentId, event);
        foldOldest(log, { events: kept, payloadChars: 1_000_000 });
      }
      const folded = log.calls.get(CALL_ID);
      const now = (call: typeof whole) => {
        const room = call && roomAt(call.history, Infinity);
        const people = room?.people.map(({ person, ...each }) => ({
          ...each,
          who: person.sessionId,
        }));
        return JSON.stringify([room?.session?.payload, people]);
      };
      expect(now(folded)).toEqual(now(whole));
      expect(folded?.history.session.waiting.map(({ seq, fate }) => ({ seq, fate }))).toEqual(
        whole?.history.session.waiting.map(({ seq, fate }) => ({ seq, fate })),
      );
    }),
    { numRuns: 1_000 },
  );
});

test("the filtered list grown bit by bit equals one filtered at once", () => {
  fc.assert(
    fc.property(sessions, fc.constantFrom("", "bob", "a", "sent"), (events, text) => {
      const filter = { ...NO_FILTER, text };
      const log = logOf([]);
      const visible = createVisibleEntries();
      const matches = createMatcher(filter, {
        callOf: (callId) => log.calls.get(callId),
        now: () => 0,
      });
      visible.startOver(matches);
      for (const event of events) {
        append(log, PAGE.documentId, event);
        visible.advance(log.entries, () => false);
      }
      // Names may change later, so only the words of the payload are compared here.
      if (text === "bob" || text === "sent") return;
      expect(visible.entries).toEqual(log.entries.filter(matches));
    }),
    { numRuns: 500 },
  );
});
