import fc from "fast-check";
import { expect, test, vi } from "vitest";

import { printed, told, turnsOf } from "../testing/print-conversation";
import { PROTOCOL_SAMPLES } from "../testing/protocol-samples";
import {
  asFlat,
  asRtvi,
  asTavus,
  asVapi,
  protocolMessage,
  protocolStory,
} from "../testing/protocol-story";
import { type Conversation, createConversation } from "./conversation";
import { countedLegs, legsOf, marksOf } from "./timing";
import type { Turn } from "./turn";

test("Vapi", () => {
  const conversation = told(
    asVapi,
    `
    0 bot status-update {"status":"in-progress"}
    100 bot speech-update {"status":"started","role":"user","turn":0}
    300 bot transcript {"role":"user","transcriptType":"partial","transcript":"what"}
    500 bot speech-update {"status":"stopped","role":"user","turn":0}
    600 bot transcript {"role":"user","transcriptType":"final","transcript":"What time is it?"}
    700 bot tool-calls {"toolCallList":[{"id":"t1","function":{"name":"now","arguments":"{\\"zone\\":\\"UTC\\"}"}}]}
    900 bot conversation-update {"messages":[{"role":"tool_call_result","toolCallId":"t1","name":"now","result":"12:00"}]}
    950 bot model-output {"output":"It is","turnId":"x"}
    960 bot model-output {"output":" noon.","turnId":"x"}
    1100 bot speech-update {"status":"started","role":"assistant","turn":1}
    1200 bot transcript {"role":"assistant","transcriptType":"partial","transcript":"It"}
    1300 bot user-interrupted
    1310 bot speech-update {"status":"stopped","role":"assistant","turn":1}
    1320 bot transcript {"role":"assistant","transcriptType":"final","transcript":"It is"}
    1330 bot conversation-update {"messages":[{"role":"tool_call_result","toolCallId":"t1","name":"now","result":"12:00"}]}
    1400 bot status-update {"status":"ended","endedReason":"hangup"}`,
  );
  expect(printed(conversation)).toEqual([
    "- info: status: in-progress",
    "100–500 user: What time is it?",
    '700–1310 bot: It is cut at 1300 after 5\n  now {"zone":"UTC"} → "12:00" 200',
    "- info: status: ended, hangup",
  ]);
  expect(legsOf(marksOf(turnsOf(conversation)[1] as Turn)).map(({ to, ms }) => [to, ms])).toEqual([
    ["transcript-final", 100],
    ["first-token", 350],
    ["first-audio", 150],
    ["stopped", 210],
  ]);
});

test("Tavus, with both families of events", () => {
  const conversation = told(
    asTavus,
    `
    0 bot conversation.user.started_speaking {"seq":1}
    1 bot conversation.started_speaking {"role":"user","seq":2}
    200 bot conversation.utterance.streaming {"role":"user","speech":"Hello","turn_idx":1}
    400 bot conversation.user.stopped_speaking {"duration":0.4}
    401 bot conversation.stopped_speaking {"role":"user","duration":0.4}
    450 bot conversation.utterance {"role":"user","speech":"Hello there.","turn_idx":1,"inference_id":"i0"}
    900 bot conversation.replica.started_speaking {"inference_id":"i1"}
    901 bot conversation.started_speaking {"role":"pal","inference_id":"i1"}
    910 bot conversation.utterance {"role":"replica","speech":"Hi, how are you?","inference_id":"i1"}
    1000 bot conversation.utterance.streaming {"role":"replica","speech":"Hi,","inference_id":"i1"}
    1100 bot conversation.tool_call {"name":"wave","arguments":"{}","tool_call_id":"t1"}
    1150 me conversation.tool_result {"tool_call_id":"t1","output":"done","status":"success"}
    1200 bot conversation.replica.stopped_speaking {"interrupted":true,"duration":0.3}`,
  );
  expect(printed(conversation)).toEqual([
    "0–400 user: Hello there.",
    '900–1200 bot: Hi, how are you? cut at 1200 after 3\n  wave {} → "done" 50',
  ]);
  expect(marksOf(turnsOf(conversation)[1] as Turn)).toEqual([
    { name: "user-stopped", at: 400 },
    { name: "transcript-final", at: 450 },
    { name: "first-audio", at: 900 },
    { name: "stopped", at: 1200 },
  ]);
});

test("an avatar beside a bot tells the same, and counts once", () => {
  const conversation = told(
    asTavus,
    `0 bot conversation.utterance {"role":"replica","speech":"Hi"}`,
  );
  expect(conversation.protocol()).toBe("tavus");
  for (const message of protocolStory(asRtvi, `10 bot bot-transcription {"text":"Hi."}`))
    conversation.take(message);
  expect([conversation.protocol(), printed(conversation)]).toEqual(["rtvi", ["10– bot: Hi."]]);
});

test("messages without turns aren't a conversation", () => {
  const conversation = told(asRtvi, `0 me client-message {"id":"a","t":"x"}\n1 bot metrics {}`);
  expect([conversation.protocol(), conversation.items().length]).toEqual([undefined, 0]);
  const slice = told(asFlat, `0 bot user_transcription {"transcription":"Hi"}`);
  expect(printed(slice)).toEqual(["0– user: Hi"]);
});

test("a call that ends ends what was going on", () => {
  const conversation = told(asRtvi, `0 bot bot-started-speaking\n5 bot bot-llm-text {"text":"He"}`);
  conversation.end(100);
  expect(printed(conversation)).toEqual(["0–100 bot: He"]);
  expect(conversation.speech()[0]?.to).toBe(100);
});

test("turns go with their entries, and totals stay", () => {
  const conversation = createConversation();
  let index = 0;
  const add = (at: number, type: string, fields?: object) =>
    conversation.take(protocolMessage(index++, at, "bot", asRtvi(type, fields)));
  for (let turn = 0; turn < 10; turn++) {
    add(turn * 1000, "user-started-speaking");
    add(turn * 1000 + 100, "user-stopped-speaking");
    add(turn * 1000 + 200 + turn, "bot-started-speaking");
    add(turn * 1000 + 300, "bot-stopped-speaking");
  }
  const before = conversation.totals();
  conversation.dropBefore(18);
  expect(conversation.removed()).toBe(9);
  expect(turnsOf(conversation)[0]?.startedAt).toBe(4204);
  expect(conversation.speech()[0]?.from).toBe(4204);
  expect(conversation.totals()).toEqual(before);
  conversation.dropBefore(1_000);
  expect(turnsOf(conversation).length).toBe(2);
});

test.each([
  ["bot-llm-text", (n: number) => `t${n} `],
  ["bot-tts-text", (n: number) => `t${n}`],
])("30,000 pieces of %s cost no more for each than the first ones", (type, text) => {
  const conversation = createConversation();
  const messages = Array.from({ length: 30_000 }, (_, n) =>
    protocolMessage(n, n, "bot", asRtvi(type, { text: text(n) })),
  );
  const spies = [vi.spyOn(Array.prototype, "join"), vi.spyOn(Array.prototype, "slice")];
  const looks = vi.spyOn(RegExp.prototype, "test");
  for (const message of messages) conversation.take(message);
  const calls = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  const longest = looks.mock.calls.reduce((max, [seen]) => Math.max(max, seen.length), 0);
  vi.restoreAllMocks();
  expect([calls, longest <= 10]).toEqual([0, true]);
  const [turn] = turnsOf(conversation);
  expect(turn?.entries.length).toBe(30_000);
  expect(turn?.said().text.split(" ").length).toBe(30_000);
  expect(turn?.said().text.startsWith("t0 t1 t2")).toBe(true);
});

test("whatever comes in whatever order breaks nothing", () => {
  const samples = PROTOCOL_SAMPLES.map(({ data, direction, fromId }, index) =>
    protocolMessage(index, 0, direction === "out" ? "me" : (fromId ?? "bot"), data),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...samples), fc.nat(40_000)), { maxLength: 60 }),
      fc.nat(60),
      (picks, dropped) => {
        const conversation = createConversation();
        let at = 0;
        picks.forEach(([message, wait], index) => {
          at += wait;
          const entry = { ...message.entry, index };
          conversation.take({ ...message, at, entry });
        });
        expectSound(conversation);
        conversation.dropBefore(dropped);
        expectSound(conversation);
        conversation.end(at);
        expectSound(conversation);
        expect(conversation.speech().every(({ to }) => to !== undefined)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

function expectSound(conversation: Conversation): void {
  const items = conversation.items();
  const begun = items.map(({ startedAt }) => startedAt);
  expect(begun).toEqual([...begun].sort((a, b) => a - b));
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  for (const turn of turnsOf(conversation)) {
    const { text, finalChars } = turn.said();
    expect(finalChars).toBeLessThanOrEqual(text.length);
    expect(turn.endedAt ?? Infinity).toBeGreaterThanOrEqual(turn.startedAt);
    expect(turn.interrupted?.chars ?? 0).toBeLessThanOrEqual(text.length);
    for (const { ms } of countedLegs(turn)) expect(ms).toBeGreaterThanOrEqual(0);
  }
  for (const { count, median, p95, max } of conversation.totals()) {
    expect(count).toBeGreaterThan(0);
    expect(median).toBeLessThanOrEqual(p95);
    expect(p95).toBeLessThanOrEqual(max + 0.1);
  }
}
