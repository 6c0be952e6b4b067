import type { Cue } from "./cues";

/** What a talk was, as whoever performed it knows it. Times are epoch ms with a fraction, when the bot said so. */
export type Truth = {
  readonly turns: readonly TrueTurn[];
  readonly notices: readonly unknown[];
  readonly failures: readonly string[];
};

type TrueTurn = TrueUserTurn | TrueBotTurn;

type TrueUserTurn = {
  readonly role: "user";
  readonly text: string;
  readonly isTyped: boolean;
  /** Interim transcripts. */
  readonly interims: number;
  readonly startedAt: number;
  /** The last final transcript, or what was typed. */
  readonly finalAt?: number;
  readonly stoppedAt?: number;
};

type TrueBotTurn = {
  readonly role: "bot";
  /** All that the model wrote. */
  readonly text: string;
  /** What of it was spoken. */
  readonly spoken: string;
  readonly tokens: number;
  readonly isInterrupted: boolean;
  readonly calls: readonly TrueCall[];
  /** The model started; with a function call, for the first time. */
  readonly llmStartedAt: number;
  readonly firstTokenAt?: number;
  /** It started to speak, and stopped. */
  readonly startedAt?: number;
  readonly stoppedAt?: number;
};

type TrueCall = {
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Missing where it was cancelled. */
  readonly result?: unknown;
  readonly startedAt: number;
  readonly endedAt?: number;
};

type Draft<T> = { -readonly [K in keyof T]: T[K] };

type TruthKeeper = {
  /** Grows with each cue. */
  readonly truth: Truth;
  /** Takes in what was just said, `at` that time. */
  readonly take: (cue: Cue, at: number) => void;
};

/** Keeps what becomes true with each cue. */
export function createTruth(): TruthKeeper {
  const turns: Draft<TrueTurn>[] = [];
  const notices: unknown[] = [];
  const failures: string[] = [];

  function user(): Draft<TrueUserTurn> | undefined {
    return turns.findLast((turn) => turn.role === "user");
  }
  function bot(): Draft<TrueBotTurn> | undefined {
    return turns.findLast((turn) => turn.role === "bot");
  }

  function take(cue: Cue, at: number): void {
    switch (cue.kind) {
      case "user-starts":
        turns.push({ role: "user", text: "", isTyped: false, interims: 0, startedAt: at });
        return;
      case "user-typed": {
        const times = { startedAt: at, finalAt: at, stoppedAt: at };
        turns.push({ role: "user", text: cue.text, isTyped: true, interims: 0, ...times });
        return;
      }
      case "notice":
        return void notices.push(cue.data);
      case "failure":
        return void failures.push(cue.text);
      case "user-heard":
      case "user-stops": {
        const turn = user();
        if (turn) takeUser(turn, cue, at);
        return;
      }
      case "llm-starts":
        if (cue.on !== "result") turns.push(newBotTurn(at));
        return;
      default: {
        const turn = bot();
        if (turn) takeBot(turn, cue, at);
      }
    }
  }

  return { truth: { turns, notices, failures }, take };
}

const newBotTurn = (at: number): TrueBotTurn => ({
  role: "bot",
  text: "",
  spoken: "",
  tokens: 0,
  isInterrupted: false,
  calls: [],
  llmStartedAt: at,
});

const joined = (text: string, more: string): string => (text ? `${text} ${more}` : more);

function takeUser(turn: Draft<TrueUserTurn>, cue: Cue, at: number): void {
  if (cue.kind === "user-stops") turn.stoppedAt = at;
  if (cue.kind !== "user-heard") return;
  if (!cue.isFinal) turn.interims++;
  else {
    turn.text = joined(turn.text, cue.text);
    turn.finalAt = at;
  }
}

function takeBot(turn: Draft<TrueBotTurn>, cue: Cue, at: number): void {
  switch (cue.kind) {
    case "token":
      turn.firstTokenAt ??= at;
      turn.tokens++;
      turn.text += cue.text;
      return;
    case "bot-starts":
      turn.startedAt = at;
      return;
    case "word":
      turn.spoken = joined(turn.spoken, cue.word);
      return;
    case "bot-stops":
      turn.stoppedAt = at;
      return;
    case "interrupted":
      if (turn.stoppedAt === undefined) turn.isInterrupted = true;
      return;
    case "call-starts":
      turn.calls = [...turn.calls, { ...cue.call, startedAt: at }];
      return;
    case "call-ends":
      turn.calls = turn.calls.map((call) =>
        call.id === cue.call.id
          ? { ...call, endedAt: at, ...("result" in cue && { result: cue.result }) }
          : call,
      );
      return;
    default:
      return;
  }
}
