// What the bots' conversations are made out to be, against what the bots know that they said.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { createConversation } from "../../core/conversation/conversation";
import { responseOf, marksOf } from "../../core/conversation/timing";
import type { Turn } from "../../core/conversation/turn";
import { protocolMessage } from "../../core/testing/protocol-story";
import type { TurnPart } from "../../core/protocols/protocol";
import { createRandom } from "../room/random";
import { createRoom, type Room } from "../room/room";
import { DEFAULT_SETTINGS } from "../room/room-settings";
import type { Staging } from "./perform";
import { startRtviBot } from "./rtvi-bot";
import type { Bot } from "./stage";
import type { Talk } from "./talk";
import { startTavusBot } from "./tavus-bot";
import type { Truth } from "./truth";
import { startVapiBot } from "./vapi-bot";
import { WEATHER_TALK } from "./weather-talk";

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12) }));
afterEach(() => void vi.useRealTimers());

type Spoken = {
  readonly start: (room: Room, talk: Talk, staging: Staging) => Bot;
  /** What a client says first, types, and says that a function returned; undefined where it says nothing. */
  readonly ready?: unknown;
  readonly typed: (text: string, id: number) => unknown;
  readonly resultOf: (data: unknown, result: unknown) => unknown;
  /** What the protocol tells of. */
  readonly has: { readonly tokens: boolean; readonly ends: boolean; readonly answers: boolean };
};

const rtvi = (type: string, id: string, data: unknown) => ({ label: "rtvi-ai", type, id, data });
type Fields = Readonly<Record<string, unknown>>;

const PROTOCOLS: Readonly<Record<string, Spoken>> = {
  RTVI: {
    start: startRtviBot,
    ready: rtvi("client-ready", "ready", { version: "2.1.0" }),
    typed: (text, id) => rtvi("send-text", `typed-${id}`, { content: text }),
    resultOf: (data, result) => {
      const message = data as Fields;
      if (message["type"] !== "llm-function-call-in-progress") return undefined;
      return rtvi("llm-function-call-result", "result", { ...(message["data"] as Fields), result });
    },
    has: { tokens: true, ends: true, answers: true },
  },
  Vapi: {
    start: startVapiBot,
    ready: "playable",
    typed: (text) =>
      JSON.stringify({ type: "add-message", message: { role: "user", content: text } }),
    resultOf: () => undefined,
    has: { tokens: true, ends: true, answers: false },
  },
  Tavus: {
    start: startTavusBot,
    typed: (text) => ({
      message_type: "conversation",
      event_type: "conversation.respond",
      conversation_id: "c3a1f0d2e9b84c57",
      properties: { text },
    }),
    resultOf: (data, result) => {
      const message = data as Fields;
      if (message["event_type"] !== "conversation.tool_call") return undefined;
      const { tool_call_id } = message["properties"] as Fields;
      return {
        message_type: "conversation",
        event_type: "conversation.tool_result",
        conversation_id: "c3a1f0d2e9b84c57",
        properties: { tool_call_id, output: result, status: "success" },
      };
    },
    has: { tokens: false, ends: false, answers: false },
  },
};

/** Epoch ms with a fraction, as the bots count. */
const now = () => performance.timeOrigin + performance.now();

/** Has a bot go through a talk with someone in its room, and makes a conversation of what that one sends and gets. */
async function converse(
  { start, ready, typed, resultOf }: Spoken,
  talk: Talk,
  { seed, isTyping = () => false }: { seed: number; isTyping?: () => boolean },
) {
  const room = createRoom("qa", () => DEFAULT_SETTINGS);
  const bot = start(room, talk, { seed });
  const client = room.join({ userName: "Ada" });
  const conversation = createConversation();
  let index = 0;
  let typedCount = 0;
  function take(who: string, data: unknown) {
    const message = protocolMessage(index++, now(), who, data);
    conversation.take(message);
    return message;
  }
  const say = (data: unknown): void => {
    take("me", data);
    client.sendAppMessage(data);
  };
  client.on((message) => {
    if (message.action !== "app-message") return;
    const { decoded } = take(message.fromId, message.data);
    if (decoded.parts?.some(isOfBusyBot) && typedCount < 5 && isTyping()) {
      const id = ++typedCount;
      setTimeout(() => say(typed(`Typed ${id}`, id)), 5);
    }
    const result = resultOf(message.data, { sky: "clear" });
    if (result !== undefined) setTimeout(() => say(result), 40);
  });
  if (ready !== undefined) say(ready);
  let truth: Truth | undefined;
  void bot.over.then((known) => (truth = known));
  for (let step = 0; !truth && step < 2_000; step++) await vi.advanceTimersByTimeAsync(100);
  await vi.advanceTimersByTimeAsync(30_000);
  const known = bot.truth();
  bot.leave();
  expect(truth).toBeDefined();
  return { conversation, truth: known };
}

/** Whether a bot that says this has something to be interrupted in. */
const isOfBusyBot = (part: TurnPart): boolean =>
  (part.kind === "text" && part.role === "bot") ||
  (part.kind === "function-call" && part.is === "started");

type TrueTurn = Truth["turns"][number];

/** What is true of a turn, as far as the protocol tells it. */
function trueLines(turn: TrueTurn, { tokens, ends }: Spoken["has"]): unknown {
  if (turn.role === "user")
    return {
      role: "user",
      text: turn.text,
      isTyped: turn.isTyped,
      ...(!turn.isTyped && { startedAt: turn.startedAt, stoppedAt: turn.stoppedAt }),
    };
  return {
    role: "bot",
    isInterrupted: turn.isInterrupted,
    ...(!turn.isInterrupted && { text: turn.text }),
    spoken: turn.spoken,
    startedAt: turn.startedAt,
    stoppedAt: turn.stoppedAt,
    ...(tokens && { firstTokenAt: turn.firstTokenAt }),
    calls: turn.calls.map(({ name, arguments: given, startedAt, endedAt, result }) => ({
      name,
      arguments: given,
      startedAt,
      ...(ends && { endedAt, isCancelled: result === undefined, result }),
    })),
  };
}

/** The same of a turn that was made out. */
function toldLines(turn: Turn, { tokens, ends }: Spoken["has"]): unknown {
  const { role, isTyped, interrupted, times, functionCalls } = turn;
  const { text } = turn.said();
  if (role === "user")
    return {
      role,
      text,
      isTyped,
      ...(!isTyped && { startedAt: turn.startedAt, stoppedAt: times.stoppedAt }),
    };
  return {
    role,
    isInterrupted: interrupted !== undefined,
    ...(!interrupted && { text }),
    spoken: interrupted ? text.slice(0, interrupted.chars ?? 0) : text,
    startedAt: times.firstAudioAt,
    stoppedAt: times.stoppedAt,
    ...(tokens && { firstTokenAt: times.firstTokenAt }),
    calls: functionCalls.map((call) => ({
      name: call.name,
      arguments: call.arguments,
      startedAt: call.startedAt,
      ...(ends && { endedAt: call.endedAt, isCancelled: call.isCancelled, result: call.result }),
    })),
  };
}

/** Whether anything of a turn is told: a model that only began is not. */
const isTold =
  ({ tokens }: Spoken["has"]) =>
  (turn: TrueTurn): boolean =>
    turn.role === "user" ||
    turn.startedAt !== undefined ||
    turn.calls.length > 0 ||
    (tokens && turn.text !== "");

/** What one side says on is one turn, unless the protocol tells that another answer began after it had stopped. */
const oneAfterOther = (
  turns: readonly TrueTurn[],
  { answers }: Spoken["has"],
): readonly TrueTurn[] =>
  turns.reduce<TrueTurn[]>((list, turn) => {
    const last = list.at(-1);
    if (turn.role !== "bot" || last?.role !== "bot") return [...list, turn];
    if (answers && last.stoppedAt !== undefined) return [...list, turn];
    const { isInterrupted, stoppedAt } = turn;
    const more = {
      isInterrupted,
      ...(stoppedAt !== undefined && { stoppedAt }),
      text: `${last.text} ${turn.text}`,
      spoken: `${last.spoken} ${turn.spoken}`,
      calls: [...last.calls, ...turn.calls],
    };
    return [...list.slice(0, -1), { ...last, ...more }];
  }, []);

const isShown = (turn: Turn): boolean =>
  turn.said().text !== "" || turn.functionCalls.length > 0 || turn.role === "user";

const WORDS = "one two three four five six seven eight nine ten".split(" ");

/** A talk by chance: answers with and without a function, some of them cut. */
function talkOf(seed: number): Talk {
  const random = createRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const sentence = () =>
    `${Array.from({ length: 1 + pick(7) }, () => WORDS[pick(WORDS.length)]).join(" ")}.`;
  const text = () => Array.from({ length: 1 + pick(3) }, sentence).join(" ");
  return Array.from({ length: 6 }, (_, n) => {
    const hasCall = pick(3) === 0;
    return [
      ...(n === 0 && pick(2) === 0
        ? []
        : [{ role: "user", text: text(), afterMs: 50 + pick(2_000) } as const]),
      {
        role: "bot",
        text: text(),
        ...(hasCall && { call: { name: `f${n}`, arguments: { n }, result: { n } } }),
        ...(pick(3) === 0 && n < 5 && { cutAfter: 1 + pick(6) }),
      } as const,
    ];
  }).flat();
}

/** Vapi asks its own server, not the client. */
const WITH_RESULT = WEATHER_TALK.map((part) =>
  "call" in part && part.call
    ? { ...part, call: { ...part.call, result: { sky: "clear" } } }
    : part,
);
const SEEDS = [1, 2, 3, 4, 5, 6];

describe.each(Object.entries(PROTOCOLS))("a conversation over %s", (name, spoken) => {
  function expectTrue({ conversation, truth }: Awaited<ReturnType<typeof converse>>): void {
    const turns = conversation.items().filter((item) => item.kind === "turn");
    expect(turns.filter(isShown).map((turn) => toldLines(turn, spoken.has))).toEqual(
      oneAfterOther(truth.turns.filter(isTold(spoken.has)), spoken.has).map((turn) =>
        trueLines(turn, spoken.has),
      ),
    );
  }

  test.each(SEEDS)("is what the bot's script did (%i)", async (seed) => {
    const found = await converse(spoken, WITH_RESULT, { seed });
    expect(found.conversation.protocol()).toBe(name.toLowerCase());
    expectTrue(found);
  });

  test.each(SEEDS)("by chance (%i)", async (seed) =>
    expectTrue(await converse(spoken, talkOf(seed), { seed })),
  );

  test.each(SEEDS)("in which the bot is interrupted by what is typed (%i)", async (seed) => {
    const random = createRandom(100 + seed);
    const isTyping = () => random() < 0.02;
    expectTrue(await converse(spoken, talkOf(seed), { seed, isTyping }));
  });

  test("answers as fast as the bot knows that it did", async () => {
    const { conversation, truth } = await converse(spoken, WITH_RESULT, { seed: 7 });
    const told = conversation
      .items()
      .flatMap((item) => (item.kind === "turn" && item.role === "bot" ? [item] : []))
      .map((turn) => responseOf(marksOf(turn))?.ms);
    const known = truth.turns.flatMap((turn, index) => {
      const before = truth.turns[index - 1];
      if (turn.role !== "bot") return [];
      return before?.role === "user"
        ? [(turn.startedAt ?? 0) - (before.stoppedAt ?? 0)]
        : [undefined];
    });
    expect(told).toEqual(known);
  });
});
