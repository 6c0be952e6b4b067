import { describe, expect, test } from "vitest";

import { ALL_RULES } from "./all-rules";
import { createRuleEngine } from "./rule-engine";
import { findingsIn, toldBy } from "../testing/findings-in";
import { exampleOf } from "../testing/message-rule-examples";
import { viewOf } from "../session/event-view";
import { append, createSessionLog, type Entry, openDocument } from "../session/session-log";
import { CALL_ID, session } from "../testing/session-text";

/** What was found, in an order of its own. */
const found = (text: string, how: "live" | "recorded") =>
  findingsIn(text, how).sort((a, b) => a.id.localeCompare(b.id));

describe.each(ALL_RULES)("$id", ({ id }) => {
  const { fires, tells, passes } = exampleOf(id);

  test("fires, with a sentence and the events that show it", () => {
    expect(toldBy(id, fires)).toEqual([tells]);
    const [finding] = findingsIn(fires).filter(({ rule }) => rule.id === id);
    expect(finding?.callId.startsWith(CALL_ID)).toBe(true);
    expect(finding?.firstSeqs.length).toBeGreaterThan(0);
  });

  test("does not fire near it", () => expect(toldBy(id, passes)).toEqual([]));

  test.each([fires, passes])("finds the same as it happens and in a recording (%#)", (text) =>
    expect(found(text, "recorded")).toEqual(found(text, "live")),
  );
});

test("sentences have no holes, whatever else is found in an example", () => {
  for (const { id } of ALL_RULES)
    for (const text of [exampleOf(id).fires, exampleOf(id).passes])
      for (const each of findingsIn(text))
        expect(each.rule.tell(each, String)).not.toMatch(/undefined|NaN|\[object/);
});

test("rules have names of their own and say everything in sentences", () => {
  expect(new Set(ALL_RULES.map(({ id }) => id)).size).toBe(ALL_RULES.length);
  for (const { title, why, advice, docs } of ALL_RULES) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^[A-Z`a-z].*\.$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
    expect(docs).toMatch(/^https:\/\/docs\.daily\.co\/[a-z]/);
  }
});

test("what is alike is one finding with a count, the first and latest events, and no more keys than are read", () => {
  const [found, ...others] = findingsIn(
    `0 joined Ada with Bob
     10 100 times every 10: unheard {"type":"chat"} from Bob`,
    "live",
  );
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    count: 100,
    subject: { text: "type chat", type: "chat" },
    people: ["id-bob"],
    firstSeqs: [2, 3, 4, 5],
    lastSeqs: [96, 97, 98, 99, 100, 101],
  });
  const many = findingsIn(
    `0 joined Ada with Bob
     10 200 times every 10: unheard {"type":"t$n"} from Bob`,
    "live",
  );
  expect(many).toHaveLength(41);
  expect(many.at(-1)).toMatchObject({ subject: { text: "other types" }, count: 160 });
});

test("a finding about a secret never shows the secret", () => {
  const token = "eyJhbGciOiJIUzI1NiJ9.eyJyIjoicWEiLCJvIjp0cnVlfQ.c2lnbmF0dXJl";
  const found = findingsIn(
    `0 joined Ada with Bob
     10 send {"token":"${token}","apiKey":"5f1c0a9be7d24463a8b1"} to *`,
    "live",
  );
  expect(found.map(({ rule }) => rule.id)).toEqual(["token-in-data", "api-key-in-data"]);
  const told = found
    .map(
      ({ rule, ...finding }) => JSON.stringify(finding) + rule.tell({ ...finding, rule }, String),
    )
    .join();
  expect(told).toContain("eyJh…");
  expect(told).not.toContain(token.slice(0, 12));
  expect(told).not.toContain("5f1c0a");
});

test("an ordinary call has no finding", () => {
  const text = `
    0 created
    5 user-data {"role":"host","hand":"down"}
    6 settles 2 resolved undefined
    10 joining
    20 joined Ada having {"role":"host","hand":"down"} with Bob Cy
    30 session-state {}
    500 session-data replace {"stage":null,"answered":0}
    1400 session-state {"stage":null,"answered":0}
    2000 updated Bob {"role":"guest","hand":"up"}
    3000 session-data shallow-merge {"stage":{"sessionId":"id-bob","name":"Bob"}}
    3900 session-state {"stage":{"sessionId":"id-bob","name":"Bob"},"answered":0}
    4000 send {"type":"cue","action":"unmute"} to Bob
    4300 received {"type":"cue-answer"} from Bob
    4400 joins Dee
    5000 20 times every 700: received {"type":"reaction","emoji":"👏"} from Cy
    20000 10 times every 900: send {"type":"chat","text":"Hello, $n of you"} to *
    30000 session-data shallow-merge {"stage":null,"answered":1}
    30900 session-state {"stage":null,"answered":1}
    31000 left Cy
    31200 send {"type":"bye"} to *
    31300 user-data {"role":"host","hand":"up"}
    31310 settles 50 resolved object
    40000 leaves
    40100 destroyed`;
  expect(findingsIn(text, "live").map(({ rule, subject }) => `${rule.id} ${subject.text}`)).toEqual(
    [],
  );
});

test("whatever a page sends is looked at without harm", () => {
  const deep = "[".repeat(500) + "]".repeat(500);
  const odd = [
    deep,
    `{"type":${deep}}`,
    "null",
    "[]",
    '""',
    '{"__proto__":{"role":"host"}}',
    "1e999",
  ];
  const text = odd.map(
    (json) => `20 received ${json} from Bob
    30 send ${json} to *
    40 session-state ${json}
    50 session-data replace ${json}
    60 user-data ${json}
    70 updated Bob ${json}`,
  );
  const found = findingsIn(`0 joined Ada with Bob\n${text.join("\n")}`, "live");
  expect(found.filter(({ rule }) => rule.level === "error")).toEqual([]);
});

test("what a replace takes from the room, and what from the writes that wait with it, is told apart", () => {
  const ids = findingsIn(
    `0 joined Ada with Bob
     10 session-data shallow-merge {"stage":"Bob"}
     100 session-data replace {"poll":1}
     1010 session-state {"poll":1}`,
    "live",
  ).map(({ rule }) => rule.id);
  expect(ids).toEqual(["batch-poisoned"]);
});

test("says that it waits as long as time alone can bring something to light", () => {
  const log = createSessionLog();
  openDocument(log, { documentId: "page", frameId: 0, url: "https://app.example/" });
  const engine = createRuleEngine((callId) => log.calls.get(callId)?.history);
  let at = 0;
  for (const event of session(exampleOf("tabs-disagree").fires)) {
    append(log, "page", event);
    engine.take(viewOf(log.entries.at(-1) as Entry, log.calls.get(event.callId)));
    at = event.at;
  }
  engine.look(at);
  expect([engine.findings.size, engine.isWaiting()]).toEqual([0, true]);
  engine.look(at + 60_000);
  expect([engine.findings.size, engine.isWaiting()]).toEqual([1, false]);
});
