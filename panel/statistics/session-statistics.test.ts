import { signal } from "@preact/signals";
import fc from "fast-check";
import { expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import type { Statistics } from "./statistics";
import { ALL_CHANNELS, type Filter, NO_FILTER } from "../../core/filter/filter";
import { IN_ORDER } from "../session/arrangement";
import { senderOf } from "./messages";
import { createSession, type Session } from "../session/session";
import { append, foldOldest, openDocument } from "../../core/session/session-log";
import { createSessionStatistics } from "./session-statistics";
import { CALL_ID, session as events } from "../../core/testing/session-text";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** A session with statistics, in which time passes only when it is told to. */
function setup() {
  const filter = signal<Filter>(NO_FILTER);
  const queue: (() => void)[] = [];
  const later = (run: () => void) => queue.push(run);
  const session = createSession(
    {
      filter,
      arrangement: signal(IN_ORDER),
      clock: signal(0),
      find: signal(""),
      showsRoom: signal(false),
    },
    undefined,
    { later },
  );
  openDocument(session.log, PAGE);
  const statistics = createSessionStatistics(session.shown, session.callOf, later);
  return {
    session,
    filter,
    statistics,
    queue,
    receive(event: PageEvent): void {
      append(session.log, PAGE.documentId, event);
      session.changed();
    },
    settle(): void {
      for (let run = queue.shift(); run; run = queue.shift()) run();
    },
  };
}

/** All that a view can read, as plain data. */
function read({ totals, channels, types, senders, rate, ...rest }: Statistics): unknown {
  const { sizes, synced, settled, largest } = rest;
  const { from = 0, to = 0 } = rate.span ?? {};
  const all = { from, to, maxBuckets: 100 };
  return structuredClone({
    totals,
    counts: [channels, types, senders].map(({ counts }) => [...counts]),
    peak: rate.peak,
    series: rate.read({ by: "type", names: [...types.counts.keys()], measure: "chars", ...all }),
    spreads: [sizes, synced, settled].map((each) => each.read()),
    largest,
  });
}

function fromScratch(session: Session): unknown {
  const queue: (() => void)[] = [];
  const { current, follow } = createSessionStatistics(session.shown, session.callOf, (run) =>
    queue.push(run),
  );
  const stop = follow();
  for (let run = queue.shift(); run; run = queue.shift()) run();
  stop();
  expect(current.value.isComplete).toBe(true);
  return read(current.value.statistics);
}

const data = fc
  .dictionary(fc.constantFrom("a", "b", "type"), fc.constantFrom("x", "chat", "é"), { maxKeys: 3 })
  .map((value) => JSON.stringify(value));
const sentence = fc.oneof(
  fc.constantFrom("joined Ada with Bob", "joins Cy", "left Bob", "leaves"),
  data.map((json) => `send ${json} to *`),
  data.map((json) => `refused send ${json} because Message data too large`),
  fc
    .tuple(fc.constantFrom("received", "unheard"), data, fc.constantFrom("Bob", "Cy", "API"))
    .map(([how, json, from]) => `${how} ${json} from ${from}`),
  data.map((json) => `updated Bob ${json}`),
  data.map((json) => `user-data ${json}`),
  fc
    .tuple(fc.nat(20), fc.constantFrom("resolved object", "resolved undefined", "rejected large"))
    .map(([seq, how]) => `settles ${seq} ${how}`),
  fc
    .tuple(fc.constantFrom("replace", "shallow-merge"), data)
    .map(([how, json]) => `session-data ${how} ${json}`),
  data.map((json) => `session-state ${json}`),
);
type Step = { readonly say: string } | Partial<Filter> | "fold" | "settle";
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: sentence.map((say) => ({ say })), weight: 12 },
  fc.constantFrom<Step>("fold", "settle", "settle"),
  fc
    .subarray([...ALL_CHANNELS], { minLength: 1 })
    .map((channels) => ({ channels: new Set(channels) })),
  fc.constantFrom<Step>({ text: "chat" }, { text: "" }, { span: undefined }),
  fc
    .tuple(fc.nat(9_000), fc.nat(9_000))
    .map(([from, more]) => ({ span: { from: START + from, to: START + from + more } })),
);
const START = Date.UTC(2026, 0, 1, 12);

test("statistics kept up to date equal those from scratch, whatever happens in between", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const { session, filter, statistics, receive, settle } = setup();
      const stop = statistics.follow();
      let seq = 0;
      for (const each of steps) {
        if (each === "settle") settle();
        else if (each === "fold") {
          foldOldest(session.log, { events: 10, payloadChars: 1e9 });
          session.changed();
        } else if ("say" in each) {
          const [event] = events(`${seq * 300} ${each.say}`, CALL_ID, ++seq);
          receive(event as PageEvent);
        } else filter.value = { ...filter.value, ...each };
      }
      settle();
      expect(statistics.current.value.isComplete).toBe(true);
      expect(read(statistics.current.value.statistics)).toEqual(fromScratch(session));
      stop();
    }),
    { numRuns: 300 },
  );
});

const STORY = `
  0 created
  10 joined Ada with Bob
  20 send {"type":"chat","text":"hé"} to *
  30 refused send "x" because Message data too large
  40 received {"type":"chat"} from Bob
  50 unheard 7 from API
  60 user-data {"hand":true}
  65 settles 7 resolved object
  70 updated Bob {"hand":true}
  80 session-data replace {"a":1}
  90 session-data replace {"a":2}
  1080 session-state {"a":2}
  1090 user-data {"hand":false}
  1100 settles 13 rejected too large
`;

test("a session in numbers", () => {
  const { session, statistics, receive, settle } = setup();
  const stop = statistics.follow();
  events(STORY).forEach(receive);
  settle();
  const { totals, types, senders, synced, settled } = statistics.current.value.statistics;
  expect(totals).toEqual({
    messages: 9,
    chars: 27 + 3 + 15 + 1 + 13 + 13 + 7 + 7 + 14,
    out: 6,
    in: 3,
    unheard: 1,
    overLimit: 0,
    refused: 2,
    failed: 0,
  });
  expect([...types.counts].map(([type, { messages }]) => `${type}: ${messages}`)).toEqual([
    "app-message chat: 2",
    "app-message x: 1",
    "app-message (no type): 1",
    "user-data setUserData(): 2",
    "user-data participant-updated: 1",
    "session-data setMeetingSessionData(): 2",
  ]);
  const label = (from: string) => senderOf(from, session.callOf).label;
  expect([...senders.counts].map(([from, { messages }]) => `${label(from)}: ${messages}`)).toEqual([
    "Ada (you): 6",
    "Bob: 2",
    "Server (REST API): 1",
  ]);
  expect(synced.read()).toMatchObject({ count: 2, median: 990, max: 1_000 });
  expect(settled.read()).toMatchObject({ count: 1, max: 5 });
  stop();
});

test("a long log is gone through in slices, and only while someone looks", () => {
  const { session, statistics, queue, settle } = setup();
  const sends = Array.from(
    { length: 50_000 },
    (_, at) => `${at} received {"type":"chat"} from Bob`,
  );
  for (const event of events(sends.join("\n"))) append(session.log, PAGE.documentId, event);
  session.changed();
  settle();
  expect(statistics.current.value.statistics.totals.messages).toBe(0);

  const stop = statistics.follow();
  expect(statistics.current.value.isComplete).toBe(false);
  settle();
  expect(statistics.current.value.isComplete).toBe(true);
  expect(statistics.current.value.statistics.totals.messages).toBe(50_000);

  stop();
  session.changed();
  expect(queue).toEqual([]);
});
