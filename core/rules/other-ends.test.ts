import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { createDeliveries } from "../delivery/deliveries";
import { createEnds } from "../delivery/ends";
import { viewOf } from "../session/event-view";
import { findingsIn, toldBy } from "../testing/findings-in";
import { logOf } from "../testing/log-of-text";
import { session } from "../testing/session-text";
import { ALL_RULES } from "./all-rules";
import { OTHER_ENDS } from "./other-ends";
import { createRuleEngine } from "./rule-engine";

const TWO = `
  0 joined Ada with Bob
  0 at Bob: joined Bob with Ada`;
/** Bob's page runs on, long enough to prove a loss. */
const RUNS = `
  8000 at Bob: joins Cy
  15000 at Bob: joins Dee`;
const isOfOtherEnds = (id: string) => OTHER_ENDS.some((rule) => rule.id === id);

/** What rules about other ends say of a text. */
const told = (text: string, how: "live" | "recorded" = "live"): string[] =>
  findingsIn(text, how)
    .filter(({ rule }) => isOfOtherEnds(rule.id))
    .map((finding) => `${finding.rule.id}: ${finding.rule.tell(finding, String)}`)
    .sort();

describe("a loss", () => {
  const SENT = `${TWO}
    100 send {"type":"chat","text":"Hello"} to *
    200 send {"type":"chat","text":"Bye"} to *
    240 at Bob: received {"type":"chat","text":"Bye"} from Ada${RUNS}`;

  test("is taken back when the message comes late after all", () => {
    expect(toldBy("message-lost", SENT)).toEqual([
      "1 of 2 messages of type chat never arrived at bob.",
    ]);
    const late = `${SENT}\n 16000 at Bob: received {"type":"chat","text":"Hello"} from Ada`;
    expect(told(late)).toEqual(told(late, "recorded"));
    expect(toldBy("message-lost", late)).toEqual([]);
    expect(toldBy("message-overtaken", late)).toHaveLength(1);
  });

  test("of one of several is taken back alone", () => {
    const text = `${TWO}
      100 3 times every 100: send {"type":"pos","n":$n} to Bob${RUNS}
      16000 at Bob: received {"type":"pos","n":2} from Ada`;
    expect(toldBy("message-lost", text)).toEqual([
      "2 of 3 messages of type pos never arrived at bob.",
    ]);
    const [lost] = findingsIn(text).filter(({ rule }) => rule.id === "message-lost");
    expect(lost?.firstSeqs).toEqual([2, 4]);
  });

  test("is not claimed of equal messages, nor of a page that did not run", () => {
    expect(
      told(`${TWO}
        100 2 times every 50: send {"type":"ping"} to Bob
        160 at Bob: received {"type":"ping"} from Ada${RUNS}`),
    ).toEqual([]);
    expect(
      told(`${TWO}
        100 send {"type":"chat"} to Bob
        90000 joins Eve`),
    ).toEqual([]);
  });
});

test("a page that comes into view late brings the outcomes of earlier messages", () => {
  const text = `
    0 joined Ada with Bob
    100 send {"type":"chat","n":1} to *
    200 send {"type":"chat","n":2} to *
    300 user-data {"hand":"up"}
    301 settles 4 resolved object
    90000 joins Eve
    0 at Bob: joined Bob with Ada
    140 at Bob: unheard {"type":"chat","n":1} from Ada
    340 at Bob: updated Ada {"hand":"up"}
    8000 at Bob: joins Cy
    15000 at Bob: joins Dee`;
  const expected = [
    "message-lost: 1 of 2 messages of type chat never arrived at id-bob.",
    "no-listener-at-other-end: 1 of 2 messages of type chat arrived at id-bob, whose page had no listener.",
  ];
  expect(told(text)).toEqual(expected);
  expect(told(text, "recorded")).toEqual(expected);
});

test("someone who is back under a new session id is still one person", () => {
  const events = session(`${TWO}
    100 send {"type":"chat","n":1} to *
    140 at Bob: unheard {"type":"chat","n":1} from Ada
    1000 left Bob
    1000 at Bob: leaves
    2000 joins Again
    2000 at Bob: joined Again with Ada
    2100 send {"type":"chat","n":2} to *
    2140 at Bob: unheard {"type":"chat","n":2} from Ada
    2200 send {"type":"chat","n":3} to *
    2240 at Bob: received {"type":"chat","n":3} from Ada`);
  const named = JSON.parse(
    JSON.stringify(events).replaceAll('"user_name":"Again"', '"user_name":"Bob"'),
  ) as PageEvent[];
  const found = findingsIn(named).filter(({ rule }) => rule.id === "no-listener-at-other-end");
  expect(found.map((finding) => finding.rule.tell(finding, () => "Bob"))).toEqual([
    "2 of 3 messages of type chat arrived at Bob, whose page had no listener.",
  ]);
});

test("nothing is claimed of a page of which only a part is known", () => {
  const log = logOf(`${TWO}
    100 send {"type":"chat"} to *
    10 session-state {"a":1}
    12 at Bob: session-state {"a":2}${RUNS}`);
  Object.assign(log.documents.get("page of Bob") ?? {}, { leftOut: 1 });
  const deliveries = createDeliveries(log);
  while (!deliveries.advance(() => false));
  const engine = createRuleEngine(
    (callId) => log.calls.get(callId)?.history,
    ALL_RULES,
    createEnds(log, deliveries),
  );
  for (const entry of log.entries) engine.take(viewOf(entry, log.calls.get(entry.event.callId)));
  engine.look((log.entries.at(-1)?.event.at ?? 0) + 60_000);
  const ids = [...engine.findings.values()].map(({ rule }) => rule.id);
  expect(ids.filter(isOfOtherEnds)).toEqual([]);
});

describe("session data that differs", () => {
  const of = (text: string) => told(`${TWO}\n${text}`);

  test("is told once while it lasts, and again when it comes back", () => {
    const text = `
      10 session-state {"a":1}
      12 at Bob: session-state {"a":1}
      1000 session-state {"a":2}
      9000 session-state {"a":3}
      20000 at Bob: session-state {"a":3}
      30000 session-state {"a":4,"b":1}
      40000 at Bob: session-state {"a":4,"b":1}`;
    expect(of(text)).toEqual([
      "session-data-differs: id-bob had other session data than this page for more than 5 s, 2 times: a, b.",
    ]);
    expect(told(`${TWO}\n${text}`, "recorded")).toEqual(of(text));
  });

  test("says nothing about someone who has just joined, or has left", () => {
    expect(
      told(`
        0 joined Ada
        10 session-state {"a":1}
        60000 joins Bob
        60000 at Bob: joined Bob with Ada
        62000 at Bob: session-state {"a":1}
        70000 at Bob: leaves
        71000 session-state {"a":2}
        90000 at Bob: joined Bob with Ada
        91000 at Bob: session-state {"a":2}`),
    ).toEqual([]);
  });
});

type Fate = "arrives" | "is lost" | "comes twice" | "has no listener" | "makes a listener throw";
const FATES: readonly Fate[] = [
  "arrives",
  "is lost",
  "comes twice",
  "has no listener",
  "makes a listener throw",
];

/** What Bob's page gets of the message with this number, sent at that time. */
function arrivals(fate: Fate, n: number, at: number): string[] {
  const json = `{"type":"t","n":${n}}`;
  const got = `${at + 20} at Bob: received ${json} from Ada`;
  switch (fate) {
    case "arrives":
      return [got];
    case "is lost":
      return [];
    case "comes twice":
      return [got, got];
    case "has no listener":
      return [got.replace("received", "unheard")];
    case "makes a listener throw":
      return [`${got} throwing no`];
  }
}

test("of messages that can be told apart, findings count exactly what happened, live and recorded", () => {
  const fates = fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fates, fc.integer({ min: 30, max: 900 }), (sent, everyMs) => {
      const text = [
        TWO,
        ...sent.flatMap((fate, n) => [
          `${100 + n * everyMs} send {"type":"t","n":${n}} to *`,
          ...arrivals(fate, n, 100 + n * everyMs),
        ]),
        "30000 at Bob: joins Cy",
        "37000 at Bob: joins Dee",
      ].join("\n");
      const count = (fate: Fate) => sent.filter((each) => each === fate).length;
      const expected = {
        "message-lost": count("is lost"),
        "message-doubled": count("comes twice"),
        "no-listener-at-other-end": count("has no listener"),
        "listener-threw-at-other-end": count("makes a listener throw"),
      };
      for (const how of ["live", "recorded"] as const) {
        const found = findingsIn(text, how).filter(({ rule }) => isOfOtherEnds(rule.id));
        expect(Object.fromEntries(found.map(({ rule, count: many }) => [rule.id, many]))).toEqual(
          Object.fromEntries(Object.entries(expected).filter(([, many]) => many > 0)),
        );
        for (const { outOf } of found) expect(outOf).toBe(sent.length);
      }
    }),
    { numRuns: 60 },
  );
});
