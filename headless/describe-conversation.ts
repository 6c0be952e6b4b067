import { createCallConversations } from "../core/conversation/call-conversations";
import { isShown, piecesOf, speakerOf } from "../core/conversation/shown-turn";
import { legsOf, marksOf, responseOf } from "../core/conversation/timing";
import type { FunctionCall, Turn } from "../core/conversation/turn";
import type { Line } from "../core/conversation/turns";
import type { CallState } from "../core/session/call-state";
import type { SessionLog } from "../core/session/session-log";
import type { DailyConversation, DailyFunctionCall, DailyNotice, DailyTurn } from "./api";

/** The conversation of a call; where none is named, of the one in which something was said last. */
export function describeConversation(
  { calls, entries }: Pick<SessionLog, "calls" | "entries">,
  callId: string | undefined,
): DailyConversation {
  const conversations = createCallConversations((id) => calls.get(id));
  for (const entry of entries) conversations.take(entry);
  const id = callId ?? conversations.latest() ?? "";
  const conversation = conversations.byCall.get(id);
  const items = conversation?.items().filter(isShown) ?? [];
  const protocol = conversation?.protocol();
  return {
    // A chat between people is none.
    protocol: protocol === "prebuilt-chat" ? undefined : protocol,
    version: conversation?.version(),
    turns: items.flatMap((item) =>
      item.kind === "turn" ? [describeTurn(item, calls.get(id))] : [],
    ),
    notices: items.flatMap((item) => (item.kind === "line" ? [describeLine(item)] : [])),
  };
}

function describeTurn(turn: Turn, call: CallState | undefined): DailyTurn {
  const { role, isTyped, functionCalls, startedAt, endedAt } = turn;
  const { said, unsaid, interim } = piecesOf(turn);
  const marks = marksOf(turn);
  return {
    role,
    name: speakerOf(turn, call).name,
    text: `${said}${interim}`.trim(),
    unsaid: unsaid.trim(),
    isInterrupted: turn.interrupted !== undefined,
    isTyped,
    functionCalls: functionCalls.map(describeFunctionCall),
    startedAt,
    endedAt,
    responseMs: responseOf(marks)?.ms,
    legs: legsOf(marks),
  };
}

const describeFunctionCall = (call: FunctionCall): DailyFunctionCall => ({
  name: call.name,
  arguments: call.arguments,
  result: call.result,
  isCancelled: call.isCancelled,
  tookMs: call.endedAt === undefined ? undefined : call.endedAt - call.startedAt,
});

const describeLine = ({ level, direction, text, startedAt }: Line): DailyNotice => ({
  level,
  direction: direction === "in" ? "received" : "sent",
  text,
  at: startedAt,
});
