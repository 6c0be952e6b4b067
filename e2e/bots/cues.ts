import type { BotTurn, FunctionCall, UserTurn } from "./talk";

/** A call of a function, with the id under which its result comes back. */
export type RunningCall = Omit<FunctionCall, "result"> & { readonly id: string };

export type LlmStart = { readonly userText: string } | "greeting" | "result";

/** One thing that happens in a voice bot. Each protocol has its own message for it, several, or none. */
export type Cue =
  | { readonly kind: "user-starts" }
  /** What the speech recognition makes of the sentence at hand; a final one is the last of its sentence. */
  | { readonly kind: "user-heard"; readonly text: string; readonly isFinal: boolean }
  | { readonly kind: "user-stops" }
  | { readonly kind: "user-typed"; readonly text: string }
  /** The model starts: on what the user said, to greet, or to go on with what a function returned. */
  | { readonly kind: "llm-starts"; readonly on: LlmStart }
  | { readonly kind: "token"; readonly text: string; readonly endsSentence: boolean }
  /** `ttfbMs` is missing where there was no token. */
  | { readonly kind: "llm-stops"; readonly ttfbMs?: number; readonly tokens: number }
  | { readonly kind: "call-starts"; readonly call: RunningCall }
  /** Without a result it was cancelled. */
  | { readonly kind: "call-ends"; readonly call: RunningCall; readonly result?: unknown }
  | { readonly kind: "tts-starts"; readonly characters: number }
  | { readonly kind: "tts-stops" }
  | { readonly kind: "bot-starts"; readonly text: string }
  | { readonly kind: "sentence"; readonly segment: number; readonly text: string }
  /** A word was spoken: `spoken` is what the sentence has of its text by now. */
  | {
      readonly kind: "word";
      readonly segment: number;
      readonly word: string;
      readonly spoken: string;
      readonly text: string;
    }
  | { readonly kind: "bot-stops" }
  | { readonly kind: "interrupted" }
  | { readonly kind: "notice"; readonly data: unknown }
  | { readonly kind: "failure"; readonly text: string };

/** A cue and when it is due, in ms since the plan began. */
export type PlannedCue = { readonly atMs: number; readonly cue: Cue };

/** How long something takes: ms by chance, between the two, at the pace of the talk. */
export type Span = (fromMs: number, toMs: number) => number;

export const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.!?])\s+/);
const wordsOf = (text: string): readonly string[] => text.split(/\s+/);

/** Words with the space before them, long ones in two: about what a model's tokens are. */
const tokensOf = (text: string): readonly string[] => text.match(/\s*\S{1,7}/g) ?? [];

/** A user's turn. Someone who broke in has started to speak already. */
export function planUserTurn(
  { text, afterMs = 400 }: UserTurn,
  hasStarted: boolean,
  span: Span,
): readonly PlannedCue[] {
  const plan: PlannedCue[] = [];
  let atMs = hasStarted ? 0 : span(afterMs, afterMs);
  if (!hasStarted) plan.push({ atMs, cue: { kind: "user-starts" } });
  for (const sentence of sentencesOf(text)) {
    const words = wordsOf(sentence);
    words.forEach((_word, index) => {
      atMs += span(140, 260);
      const isLast = index === words.length - 1;
      if (index % 2 === 1 && !isLast) {
        const heard = words.slice(0, index + 1).join(" ");
        plan.push({ atMs, cue: { kind: "user-heard", text: heard, isFinal: false } });
      }
    });
    atMs += span(120, 240);
    plan.push({ atMs, cue: { kind: "user-heard", text: sentence, isFinal: true } });
  }
  plan.push({ atMs: atMs + span(60, 160), cue: { kind: "user-stops" } });
  return plan;
}

/** The model decides to call a function, and says nothing. */
export function planCall(on: LlmStart, call: RunningCall, span: Span): readonly PlannedCue[] {
  const start = span(30, 60);
  const called = start + span(250, 500);
  return [
    { atMs: start, cue: { kind: "llm-starts", on } },
    { atMs: called, cue: { kind: "call-starts", call } },
    { atMs: called + span(5, 20), cue: { kind: "llm-stops", tokens: 0 } },
  ];
}

/** The bot's answer: the model writes while the voice already speaks. Numbers of segments go on from `firstSegment`. */
export function planAnswer(
  { text, cutAfter }: Pick<BotTurn, "text" | "cutAfter">,
  on: LlmStart,
  firstSegment: number,
  span: Span,
): readonly PlannedCue[] {
  const plan: PlannedCue[] = [];
  const add = (atMs: number, cue: Cue) => void plan.push({ atMs, cue });
  const sentences = sentencesOf(text);
  const start = span(30, 60);
  const ttfbMs = span(250, 600);

  add(start, { kind: "llm-starts", on });
  let writtenAt = start + ttfbMs;
  let tokens = 0;
  const readyAt = sentences.map((sentence, index) => {
    const pieces = tokensOf(index === 0 ? sentence : ` ${sentence}`);
    pieces.forEach((piece, position) => {
      if (tokens++ > 0) writtenAt += span(12, 40);
      const endsSentence = position === pieces.length - 1;
      add(writtenAt, { kind: "token", text: piece, endsSentence });
    });
    return writtenAt;
  });
  add(writtenAt + span(4, 15), { kind: "llm-stops", ttfbMs, tokens });

  const synthesisAt = (readyAt[0] ?? start) + span(3, 8);
  add(synthesisAt, { kind: "tts-starts", characters: text.length });
  add(writtenAt + span(150, 300), { kind: "tts-stops" });
  let spokenAt = synthesisAt + span(120, 260);
  add(spokenAt, { kind: "bot-starts", text });
  const startedAt = spokenAt;
  sentences.forEach((sentence, index) => {
    const segment = firstSegment + index;
    // A sentence is shown when it is written, but not before the voice starts.
    const shownAt = Math.max(startedAt, readyAt[index] ?? 0);
    add(shownAt, { kind: "sentence", segment, text: sentence });
    spokenAt = Math.max(spokenAt, shownAt);
    const ofSentence = wordsOf(sentence);
    ofSentence.forEach((word, position) => {
      spokenAt += span(170, 310);
      const spoken = ofSentence.slice(0, position + 1).join(" ");
      add(spokenAt, { kind: "word", segment, word, spoken, text: sentence });
    });
  });
  add(spokenAt + span(100, 200), { kind: "bot-stops" });
  return upToWord(cutAfter, inOrder(plan));
}

function upToWord(count: number | undefined, plan: readonly PlannedCue[]): readonly PlannedCue[] {
  let words = 0;
  const last = plan.findIndex(({ cue }) => cue.kind === "word" && ++words === count);
  return last < 0 ? plan : plan.slice(0, last + 1);
}

/** By time; what is due at the same time keeps its order. */
const inOrder = (plan: readonly PlannedCue[]): readonly PlannedCue[] =>
  plan.toSorted((a, b) => a.atMs - b.atMs);
