/** Conversations as text, for tests. */
import { type Conversation, createConversation } from "../conversation/conversation";
import type { FunctionCall, Turn } from "../conversation/turn";
import type { Line } from "../conversation/turns";
import { protocolStory } from "./protocol-story";

/** The conversation that a story tells. */
export function told(...story: Parameters<typeof protocolStory>): Conversation {
  const conversation = createConversation();
  for (const message of protocolStory(...story)) conversation.take(message);
  return conversation;
}

/** A conversation as text: each turn with its times, what was said, where it was cut, and its functions. */
export const printed = (conversation: Conversation): string[] =>
  conversation.items().map(printItem);

function printItem(item: Turn | Line): string {
  if (item.kind === "line") return `- ${item.level}: ${item.text}`;
  const { text, finalChars } = item.said();
  const marked =
    finalChars < text.length ? `${text.slice(0, finalChars)}[${text.slice(finalChars)}]` : text;
  const cut = item.interrupted && ` cut at ${item.interrupted.at} after ${item.interrupted.chars}`;
  const calls = item.functionCalls.map(printCall);
  const when = `${item.startedAt}–${item.endedAt ?? ""}`;
  return [`${when} ${item.role}: ${marked}${cut ?? ""}`, ...calls].join("\n");
}

const printCall = (call: FunctionCall): string =>
  `  ${call.isWithheld ? "(withheld)" : call.name} ${JSON.stringify(call.arguments)} → ${
    call.isCancelled ? "cancelled" : JSON.stringify(call.result)
  } ${call.endedAt === undefined ? "open" : call.endedAt - call.startedAt}`;

export const turnsOf = (conversation: Conversation): Turn[] =>
  conversation.items().filter((item) => item.kind === "turn");
