import { createRandom } from "../room/random";
import { type Cue, type LlmStart, planAnswer, planCall, planUserTurn, sentencesOf } from "./cues";
import type { PlannedCue, RunningCall } from "./cues";
import type { BotTurn, FunctionCall, Part, Talk } from "./talk";
import { createTruth, type Truth } from "./truth";

export type Staging = {
  /** The same seed takes the same time for the same things, as far as the clock allows. */
  readonly seed?: number;
  /** 1 is the pace of people, 0.1 is ten times as fast. */
  readonly pace?: number;
  /** Starts over some seconds after the talk is over, until it is stopped. */
  readonly isLooping?: boolean;
  /** What the bot answers to something typed. */
  readonly reply?: (text: string) => string;
};

export type Performance = {
  /** Grows as the talk goes on. */
  readonly truth: Truth;
  /** Resolves when the talk is over or was stopped. What is typed later is still answered. */
  readonly over: Promise<void>;
  /** The user typed something: the bot stops whatever it does, and answers. */
  hearTyped(text: string): void;
  /** The client says what a function returned. */
  giveResult(callId: string, result: unknown): void;
  readonly stop: () => void;
};

/** How long a client may take for a function, ms. */
const RESULT_TIMEOUT_MS = 10_000;

const plainReply = (text: string): string => `You typed: ${text.replace(/[.!?]*$/, ".")}`;

/** Performs a talk: says each cue when it is due, and keeps what is true by then. */
export function perform(
  talk: Talk,
  say: (cue: Cue) => void,
  { seed = 1, pace = 1, isLooping = false, reply = plainReply }: Staging = {},
): Performance {
  const random = createRandom(seed);
  const span = (fromMs: number, toMs: number) => (fromMs + random() * (toMs - fromMs)) * pace;
  const { truth, take } = createTruth();
  const stopped = new AbortController();
  const results = new Map<string, (result: unknown) => void>();
  const typed: string[] = [];
  let wake = (): void => {};
  /** Ends what the bot does at the moment. */
  let cut = new AbortController();
  let segments = 0;
  /** What the model answers next; what it says without having heard anything is a greeting. */
  let on: LlmStart = "greeting";
  /** What the bot is at, to be ended when it is interrupted. */
  let at: { call?: RunningCall; isWriting?: boolean; isSpeaking?: boolean } = {};
  let isUserSpeaking = false;

  function tell(cue: Cue): void {
    take(cue, performance.timeOrigin + performance.now());
    if (cue.kind === "llm-starts") at = { ...at, isWriting: true };
    if (cue.kind === "llm-stops") at = { ...at, isWriting: false };
    if (cue.kind === "bot-starts") at = { ...at, isSpeaking: true };
    if (cue.kind === "bot-stops") at = {};
    if (cue.kind === "call-starts") at = { ...at, call: cue.call };
    if (cue.kind === "call-ends") at = { isWriting: at.isWriting ?? false };
    say(cue);
  }

  /** Says what is planned. Returns false when it was cut short. */
  async function play(plan: readonly PlannedCue[], signal: AbortSignal): Promise<boolean> {
    const start = performance.now();
    for (const { atMs, cue } of plan) {
      await pause(start + atMs - performance.now(), signal);
      if (signal.aborted) return false;
      tell(cue);
    }
    return true;
  }

  /** Aborts when something is typed from now on, or when all is stopped. */
  function listenForTyped(): AbortSignal {
    cut = new AbortController();
    return AbortSignal.any([cut.signal, stopped.signal]);
  }

  function breakOff(): void {
    const { call, isWriting, isSpeaking } = at;
    tell({ kind: "interrupted" });
    if (call) tell({ kind: "call-ends", call });
    if (isWriting) tell({ kind: "llm-stops", tokens: 0 });
    if (isSpeaking) tell({ kind: "bot-stops" });
    at = {};
  }

  async function runFunction(call: FunctionCall, signal: AbortSignal): Promise<boolean> {
    const { result, ...rest } = call;
    const id = `call_${Math.floor(random() * 2 ** 32).toString(36)}`;
    const running: RunningCall = { ...rest, id };
    const given = new Promise<unknown>((resolve) => results.set(id, resolve));
    if (!(await play(planCall(on, running, span), signal))) return false;
    const own = async () => {
      await pause(result === undefined ? RESULT_TIMEOUT_MS : span(300, 700), signal);
      return result;
    };
    const returned = await Promise.race([given, own(), aborted(signal)]);
    results.delete(id);
    if (signal.aborted) return false;
    tell({ kind: "call-ends", call: running, ...(returned !== undefined && { result: returned }) });
    return true;
  }

  async function answer(turn: Omit<BotTurn, "role">): Promise<void> {
    const signal = listenForTyped();
    const wasCalled = !turn.call || (await runFunction(turn.call, signal));
    if (wasCalled) {
      const plan = planAnswer(turn, turn.call ? "result" : on, segments + 1, span);
      segments += sentencesOf(turn.text).length;
      await play(plan, signal);
    }
    on = "greeting";
    if (stopped.signal.aborted) return;
    if (cut.signal.aborted) return breakOff();
    if (!at.isSpeaking) return;
    // It was cut after some words, by the turn that comes next.
    isUserSpeaking = true;
    tell({ kind: "user-starts" });
    breakOff();
  }

  async function playPart(part: Part): Promise<void> {
    switch (part.role) {
      case "user":
        on = { userText: part.text };
        await play(planUserTurn(part, isUserSpeaking, span), stopped.signal);
        isUserSpeaking = false;
        return;
      case "bot":
        return answer(part);
      case "notice":
        return tell({ kind: "notice", data: part.data });
      case "failure":
        return tell({ kind: "failure", text: part.text });
    }
  }

  async function answerTyped(): Promise<void> {
    for (let text = typed.shift(); text !== undefined; text = typed.shift()) {
      on = { userText: text };
      tell({ kind: "user-typed", text });
      await answer({ text: reply(text) });
    }
  }

  async function playTalk(): Promise<void> {
    do {
      for (const part of talk) {
        // Not in the middle of what a user says who has broken in.
        if (!isUserSpeaking) await answerTyped();
        if (stopped.signal.aborted) return;
        await playPart(part);
      }
      if (isLooping) await pause(span(2500, 3500), listenForTyped());
    } while (isLooping && !stopped.signal.aborted);
  }

  async function answerLater(): Promise<void> {
    while (!stopped.signal.aborted) {
      await answerTyped();
      if (typed.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  const over = playTalk();
  void over.then(answerLater);

  return {
    truth,
    over,
    hearTyped(text) {
      typed.push(text);
      cut.abort();
      wake();
    },
    giveResult: (callId, result) => results.get(callId)?.(result),
    stop() {
      stopped.abort();
      wake();
    },
  };
}

/** Resolves after a while, or at once when it is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener("abort", done);
  });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
