import type { Role } from "../protocols/protocol";
import type { Entry } from "../session/session-log";
import { createTurnText, type Said, type TurnText } from "./turn-text";

/** A function that the model called. Times are epoch ms. */
export type FunctionCall = {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** Whether the bot was told not to say the name (`function_call_report_level`). */
  readonly isWithheld: boolean;
  readonly arguments: unknown;
  /** Undefined where there is none, or it isn't told. */
  readonly result: unknown;
  readonly isCancelled: boolean;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** The messages that tell it. */
  readonly startedBy: Entry;
  readonly endedBy: Entry | undefined;
};

/** Who says something. */
export type Speaker = {
  /** The session id of who said it, if that is told; for a bot, of who sent the message. */
  readonly id: string | undefined;
  /** A name that the message gives. */
  readonly name: string | undefined;
};

/** What one side said until the other did. The same object for all of its life; times are epoch ms. */
export type Turn = {
  readonly kind: "turn";
  /** Counted up, never given twice. */
  readonly id: number;
  readonly role: Role;
  readonly speaker: Speaker;
  readonly startedAt: number;
  /** Undefined while it goes on. */
  readonly endedAt: number | undefined;
  readonly isSpeaking: boolean;
  readonly isTyped: boolean;
  /** What was said, as it is known by now. */
  readonly said: () => Said;
  /** When it was cut, and after how much of the text (UTF-16 units), where that is told. */
  readonly interrupted: { readonly at: number; readonly chars: number | undefined } | undefined;
  readonly functionCalls: readonly FunctionCall[];
  readonly times: Readonly<TurnTimes>;
  /** The turn of the user that a turn of the bot answers. */
  readonly answered: Turn | undefined;
  /** The messages that it was made from, in their order. */
  readonly entries: readonly Entry[];
  /** Goes up with each change. */
  readonly revision: number;
};

/** When what happened in a turn; undefined for what the protocol doesn't tell. Epoch ms. */
type TurnTimes = {
  voiceStoppedAt: number | undefined;
  /** When the speaker stopped: the last time. */
  stoppedAt: number | undefined;
  /** When the last of the text of a user was final. */
  finalAt: number | undefined;
  firstTokenAt: number | undefined;
  firstAudioAt: number | undefined;
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A turn while it is put together. */
export type TurnDraft = Mutable<
  Omit<Turn, "functionCalls" | "entries" | "interrupted" | "times" | "answered">
> & {
  readonly functionCalls: Mutable<FunctionCall>[];
  readonly entries: Entry[];
  readonly interrupted: Turn["interrupted"];
  interruptedAt: number | undefined;
  readonly text: TurnText;
  readonly times: TurnTimes;
  answered: TurnDraft | undefined;
  /** Whether what comes next of the same side belongs to it. */
  isOpen: boolean;
  isGenerating: boolean;
  isSynthesising: boolean;
  /** When something happened in it last, and when the bot was last busy with it and stopped (epoch ms). */
  lastAt: number;
  activeUntil: number | undefined;
};

export function createTurn(id: number, role: Role, speaker: Speaker, at: number): TurnDraft {
  const text = createTurnText();
  return {
    kind: "turn",
    id,
    role,
    speaker,
    startedAt: at,
    endedAt: undefined,
    isSpeaking: false,
    isTyped: false,
    said: () => text.read(),
    interruptedAt: undefined,
    get interrupted() {
      const cutAt = this.interruptedAt;
      return cutAt === undefined ? undefined : { at: cutAt, chars: text.spokenChars() };
    },
    functionCalls: [],
    entries: [],
    revision: 0,
    text,
    times: {
      voiceStoppedAt: undefined,
      stoppedAt: undefined,
      finalAt: undefined,
      firstTokenAt: undefined,
      firstAudioAt: undefined,
    },
    answered: undefined,
    isOpen: true,
    isGenerating: false,
    isSynthesising: false,
    lastAt: at,
    activeUntil: undefined,
  };
}

/** Whether the bot is still busy with it, so that what it says belongs there. */
export const isActive = (turn: TurnDraft): boolean =>
  turn.isSpeaking || turn.isGenerating || turn.isSynthesising;

/** Whether nothing of it can be shown: a model that started, and no more. */
export const isEmpty = (turn: TurnDraft): boolean =>
  turn.said().text === "" &&
  turn.times.firstAudioAt === undefined &&
  turn.functionCalls.length === 0 &&
  turn.interruptedAt === undefined;
