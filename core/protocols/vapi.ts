import {
  beside,
  contentBeside,
  fieldsOf,
  functionLine,
  idIn,
  insideOf,
  isFields,
  listed,
  listOf,
  named,
  numberIn,
  resultText,
  roleOf,
  said,
  textIn,
  typeTable,
} from "./fields";
import type { CallPart, Fields, Protocol, Reader, TextPart } from "./protocol";

/** What nearly every message carries along. */
const ENVELOPE = [
  "type",
  "timestamp",
  "call",
  "customer",
  "assistant",
  "phoneNumber",
  "assistantVersion",
];

const RANK = { speech: 3, transcript: 2, "add-message": 2, "model-output": 1 };

const textPart = (
  role: "user" | "bot",
  source: keyof typeof RANK,
  text: string,
  more: Partial<TextPart> = {},
): TextPart => ({ kind: "text", role, source, rank: RANK[source], text, join: "words", ...more });

const transcript: Reader = (body) => {
  const role = roleOf(body["role"]);
  const text = textIn(body, "transcript");
  if (role === undefined || text === undefined) return {};
  const isInterim = body["transcriptType"] === "partial";
  return {
    line: said(role, text, isInterim),
    parts: [textPart(role, "transcript", text, { isInterim, isSpoken: true })],
    stream: { key: `transcript ${role}`, join: "replace", text, isLast: !isInterim },
  };
};

const speechUpdate: Reader = (body) => {
  const role = roleOf(body["role"]);
  const is = body["status"];
  if (role === undefined || (is !== "started" && is !== "stopped")) return {};
  return { line: `${role} ${is} speaking`, parts: [{ kind: "speech", role, is }] };
};

/** A token, or a call of a tool, which other messages tell better. */
const modelOutput: Reader = (body) => {
  const text = textIn(body, "output");
  if (text === undefined) return {};
  return {
    line: said("bot", text),
    parts: [textPart("bot", "model-output", text, { join: "append", isToken: true })],
    stream: { key: `model-output ${idIn(body, "turnId") ?? ""}`, join: "append", text },
  };
};

/** All of a turn's text each time, and how much of it was said. */
const speechStarted: Reader = (body) => {
  const text = textIn(body, "text");
  if (text === undefined) return {};
  const turn = idIn(body, "turn");
  const spoken = spokenOf(fieldsOf(body["timing"]), text);
  return {
    line: said("bot", text),
    parts: [
      textPart("bot", "speech", text, {
        ...(turn !== undefined && { key: turn }),
        ...(spoken !== undefined && { spoken }),
      }),
    ],
    stream: { key: `speech ${turn ?? ""}`, join: "replace", text },
  };
};

/** How much of a text was said, where it is counted in words; other timings tell only what is said next. */
function spokenOf(timing: Fields, text: string): number | undefined {
  const words = numberIn(timing, "wordsSpoken");
  if (words === undefined || numberIn(timing, "segment") !== undefined) return undefined;
  let chars = 0;
  let left = words;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (left-- <= 0) break;
    chars = index + word.length;
  }
  return chars;
}

const toolCalls: Reader = (body) => {
  const parts = listOf(body["toolCallList"]).map((each): CallPart => {
    const call = fieldsOf(each);
    const what = fieldsOf(call["function"]);
    const id = idIn(call, "id");
    const name = textIn(what, "name") ?? textIn(call, "name");
    const parameters = insideOf(what["arguments"] ?? call["arguments"]);
    return {
      kind: "function-call",
      is: "started",
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      ...(parameters !== undefined && { arguments: parameters }),
    };
  });
  const [first] = parts;
  return {
    line: parts.length === 0 ? undefined : parts.map(callLine).join(", "),
    parts,
    // A tool in the page returns nothing, and `tool-calls-result` isn't sent unless it is asked for.
    asks: first?.id === undefined ? undefined : { key: `tool ${first.id}`, isExpected: false },
  };
};

const callLine = (part: CallPart): string =>
  functionLine(part.name ?? "without a name", part.arguments, "called");

function endedCall(row: Fields): CallPart | undefined {
  const id = idIn(row, "toolCallId");
  if (id === undefined) return undefined;
  const name = textIn(row, "name");
  const result = insideOf(row["result"]);
  return {
    kind: "function-call",
    is: "ended",
    id,
    ...(name !== undefined && { name }),
    ...(result !== undefined && { result }),
  };
}

const toolCallsResult: Reader = (body) => {
  const part = endedCall(fieldsOf(body["toolCallResult"]));
  if (!part) return {};
  return {
    line: functionLine(part.name ?? "", undefined, resultText(part.result)).replace("  ", " "),
    parts: [part],
    answers: { key: `tool ${part.id}` },
  };
};

/** So many of the latest rows of a history are looked at: it comes again, all of it, with each change. */
const MAX_ROWS = 100;

/** Of the history only the results of tools are told nowhere else. */
const conversationUpdate: Reader = (body) => {
  const rows = listOf(body["messages"] ?? body["messagesOpenAIFormatted"]);
  const parts = rows.slice(-MAX_ROWS).flatMap((each) => {
    const row = fieldsOf(each);
    return (row["role"] === "tool_call_result" && endedCall(row)) || [];
  });
  const last = fieldsOf(rows.at(-1));
  const text = textIn(last, "message", "content");
  const who = roleOf(last["role"]) ?? textIn(last, "role");
  return {
    line: listed(
      rows.length > 0 && `${rows.length} messages`,
      who !== undefined && text !== undefined && `last ${said(who, text)}`,
    ),
    parts,
  };
};

const addMessage: Reader = (body) => {
  const { role, content } = fieldsOf(body["message"]);
  if (typeof content !== "string") return {};
  if (role === "user")
    return {
      line: said("user (typed)", content),
      parts: [textPart("user", "add-message", content, { isTyped: true })],
    };
  return beside("message added", said(typeof role === "string" ? role : "message", content));
};

const statusUpdate: Reader = (body) =>
  beside("status", listed(textIn(body, "status"), textIn(body, "endedReason")));

const nameOf = (value: unknown): string | undefined => textIn(fieldsOf(value), "name", "id");

const READERS: Readonly<Record<string, Reader>> = {
  "add-message": addMessage,
  control: (body) => beside("control", textIn(body, "control")),
  // The reference calls the text `content`.
  say: (body) => {
    const text = textIn(body, "message", "content");
    return text === undefined ? {} : beside("say", said("say", text).slice("say: ".length));
  },
  "end-call": () => beside("end call", undefined),
  transfer: (body) => beside("transfer", textIn(body, "content")),
  "assistant.started": (body) => beside("assistant started", nameOf(body["newAssistant"])),
  "status-update": statusUpdate,
  "speech-update": speechUpdate,
  transcript,
  "model-output": modelOutput,
  "assistant.speechStarted": speechStarted,
  "voice-input": (body) => {
    const text = textIn(body, "input");
    return text === undefined ? {} : { line: said("user (to the model)", text) };
  },
  "user-interrupted": () => ({ parts: [{ kind: "interrupted" }] }),
  "conversation-update": conversationUpdate,
  "tool-calls": toolCalls,
  "tool-calls-result": toolCallsResult,
  "workflow.node.started": (body) =>
    beside("workflow node", textIn(body, "node") ?? nameOf(body["node"])),
  "transfer-update": (body) => beside("transfer", named(nameOf(body["toAssistant"]), undefined)),
  "language-change-detected": (body) => beside("language", textIn(body, "language")),
  hang: () => ({
    ...beside("hang", undefined),
    line: "the assistant is stuck on a slow model, voice or tool",
  }),
};

/** Known, and no more to say than what they hold. */
const PLAIN = [
  "send-transport-message",
  "function-call",
  "function-call-result",
  "tool.completed",
  "metadata",
  ...["chat", "session", "call"].flatMap((what) =>
    ["created", "updated", "deleted", "delete.failed"].map((how) => `${what}.${how}`),
  ),
];

const BARE = ["listening", "playable"];
const TYPES = typeTable(READERS, [...PLAIN, ...BARE]);

/** Messages may name their type with a condition: `transcript[transcriptType='final']`. */
const typeOf = (type: string): string => type.replace(/\[.*\]$/, "");

/** Vapi's web SDK: JSON text as a string, and two bare words. */
export const VAPI: Protocol = {
  id: "vapi",
  name: "Vapi",
  note: "Vapi: JSON text inside a string, shown parsed",
  recognise(value, _origin, isText) {
    if (!isText) return undefined;
    if (typeof value === "string")
      return BARE.includes(value)
        ? { type: value, body: {}, message: {}, content: undefined }
        : undefined;
    if (!isFields(value) || typeof value["type"] !== "string") return undefined;
    const type = typeOf(value["type"]);
    if (!TYPES.has(type)) return undefined;
    return { type, body: value, message: value, content: contentBeside(value, ENVELOPE) };
  },
  types: TYPES,
};
