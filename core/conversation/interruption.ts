import { type FunctionCall, isActive, isEmpty, type TurnDraft } from "./turn";

/** What comes this soon after the end of a turn, in ms, was said in it. */
export const LATE_MS = 1_000;
/** The final text of a user may come after the bot has started, in ms. */
export const LATE_FINAL_MS = 5_000;

const isRunning = ({ endedAt }: FunctionCall): boolean => endedAt === undefined;
const isRecent = (at: number | undefined, now: number): boolean =>
  at !== undefined && now - at <= LATE_MS;

/**
 * Whether a message that the bot was interrupted (`at`: epoch ms) means its last turn: whether the bot was still
 * answering, or had been until right before. Pipecat sends it each time that a user starts to speak, also where there
 * was nothing to interrupt. `last`: the last turn of all.
 */
export function isInterrupted(turn: TurnDraft, last: TurnDraft | undefined, at: number): boolean {
  if (isActive(turn) || turn.functionCalls.some(isRunning)) return true;
  if (turn.functionCalls.some((call) => call.isCancelled && isRecent(call.endedAt, at)))
    return true;
  const { activeUntil, lastAt } = turn;
  // Vapi says neither when its model begins nor when it is done.
  if (activeUntil === undefined) return !isEmpty(turn) && at - lastAt <= LATE_FINAL_MS;
  if (!isRecent(activeUntil, at)) return false;
  const isTalkedOver =
    last?.role === "user" && last !== turn.answered && last.startedAt <= activeUntil;
  const spoken = turn.times.stoppedAt === undefined ? undefined : turn.text.spokenChars();
  return isTalkedOver || (spoken !== undefined && spoken < turn.said().text.length);
}
