import {
  answerOf,
  beside,
  contentBeside,
  fieldsOf,
  functionLine,
  idIn,
  insideOf,
  isFields,
  listed,
  named,
  numberIn,
  requestOf,
  resultText,
  textIn,
  typeTable,
} from "./fields";
import type { CallPart, Fields, Protocol, Reader, Reading } from "./protocol";
import {
  botOutput,
  botSays,
  botTranscription,
  sendText,
  userInput,
  userLlmText,
  userTranscription,
} from "./rtvi-texts";

/** `RTVI 1.2.0, pipecat-ai 0.0.102`. */
function versionLine(body: Fields): string | undefined {
  const version = textIn(body, "version");
  const about = fieldsOf(body["about"]);
  const library = textIn(about, "library");
  return listed(
    version && `RTVI ${version}`,
    library && [library, textIn(about, "library_version")].filter(Boolean).join(" "),
  );
}

const readyPart = (side: "client" | "bot", body: Fields): Reading["parts"] => {
  const version = textIn(body, "version");
  return [{ kind: "ready", side, ...(version !== undefined && { version }) }];
};

/** A function call; what its bot doesn't tell (`function_call_report_level`) is left out. */
function callPart(body: Fields, is: CallPart["is"], more: Partial<CallPart> = {}): CallPart {
  const id = idIn(body, "tool_call_id");
  const name = textIn(body, "function_name");
  const parameters = insideOf(body["arguments"] ?? body["args"]);
  return {
    kind: "function-call",
    is,
    ...(id !== undefined && { id }),
    ...(name === undefined ? { isWithheld: true } : { name }),
    ...(parameters !== undefined && { arguments: parameters }),
    ...more,
  };
}

const functionCalled =
  (is: CallPart["is"], outcome: string, key?: string): Reader =>
  (body) => {
    const part = callPart(body, is);
    return {
      line: functionLine(part.name, part.arguments, outcome),
      parts: [part],
      asks:
        key === undefined || part.id === undefined
          ? undefined
          : { key: `${key} ${part.id}`, isExpected: true },
    };
  };

const functionEnded =
  (key: string): Reader =>
  (body) => {
    const isCancelled = body["cancelled"] === true;
    const result = body["result"];
    const part = callPart(body, "ended", { isCancelled, ...(result !== undefined && { result }) });
    return {
      line: functionLine(part.name, undefined, isCancelled ? "cancelled" : resultText(result)),
      parts: [part],
      answers: part.id === undefined ? undefined : { key: `${key} ${part.id}` },
    };
  };

const clientMessage: Reader = (body, message) => ({
  ...beside("client message", named(textIn(body, "t"), body["d"])),
  // An app that wants no answer sends the same type.
  asks: requestOf(message, false),
});

const serverResponse: Reader = (body, message) => ({
  ...beside("server response", named(textIn(body, "t"), body["d"])),
  answers: answerOf(message),
});

const serverMessage: Reader = (body) => {
  const type = textIn(body, "type", "t");
  const { type: _type, t: _t, ...rest } = body;
  const only = Object.keys(rest).length > 0 ? rest : undefined;
  return type === undefined
    ? { parts: [{ kind: "line", text: "server message" }] }
    : beside("server message", named(type, only));
};

/** 1.0 calls the text `message`. */
const errorText = (body: Fields): string | undefined => textIn(body, "error", "message");

const error: Reader = (body) => {
  const text = errorText(body);
  const isFatal = body["fatal"] === true;
  return {
    line: text === undefined ? undefined : `${isFatal ? "fatal: " : ""}${text}`,
    parts: [{ kind: "error", text: text ?? "error", isFatal }],
  };
};

const errorResponse: Reader = (body, message) => ({
  line: errorText(body),
  parts: [{ kind: "error", text: errorText(body) ?? "error response" }],
  answers: answerOf(message, true),
});

const jobGroup: Reader = (body) => {
  const kind = textIn(body, "kind");
  const id = idIn(body, "job_id");
  const key = `job ${id}`;
  return {
    line: listed(
      kind,
      textIn(body, "label"),
      textIn(body, "worker_name"),
      textIn(body, "status"),
      id && `job ${id}`,
    ),
    // A job takes as long as it likes.
    asks: id !== undefined && kind === "group_started" ? { key, isExpected: false } : undefined,
    answers:
      id !== undefined && kind !== undefined && kind !== "group_started"
        ? { key, isPartial: kind !== "group_completed" }
        : undefined,
  };
};

const level =
  (key: string): Reader =>
  (body) => ({
    stream: { key, join: "replace", text: String(numberIn(body, "value") ?? "") },
  });

const dtmf: Reader = (body) => {
  const buttons = Array.isArray(body["buttons"]) ? body["buttons"] : [body["button"]];
  const keys = buttons.filter((each) => typeof each === "string");
  return keys.length > 0 ? beside("keys", keys.join(" ")) : {};
};

const MODEL_TEXT = ["bot-llm-text"];
const SPEECH_TEXT = ["bot-tts-text"];

const READERS: Readonly<Record<string, Reader>> = {
  "client-ready": (body, message) => ({
    line: versionLine(body),
    parts: readyPart("client", body),
    asks: requestOf(message, true),
  }),
  "bot-ready": (body, message) => ({
    line: versionLine(body),
    parts: readyPart("bot", body),
    answers: answerOf(message),
  }),
  "disconnect-bot": () => beside("disconnect bot", undefined),
  "client-message": clientMessage,
  "server-response": serverResponse,
  "server-message": serverMessage,
  "error-response": errorResponse,
  error,
  "send-text": sendText,
  dtmf,
  "ui-event": (body) => beside("ui event", named(textIn(body, "event"), body["payload"])),
  "ui-command": (body) => beside("ui command", named(textIn(body, "command"), body["payload"])),
  "ui-snapshot": () => ({ stream: { key: "ui-snapshot", join: "replace", text: "" } }),
  "ui-job-group": jobGroup,
  // What it was called in 1.3.
  "ui-task": (body, message) => jobGroup({ ...body, job_id: body["task_id"] }, message),

  "user-started-speaking": () => ({
    parts: [
      { kind: "interrupted", below: 2 },
      { kind: "speech", role: "user", is: "started" },
    ],
    ends: ["user-transcription", "user-input"],
  }),
  "user-stopped-speaking": () => ({ parts: [{ kind: "speech", role: "user", is: "stopped" }] }),
  "vad-user-started-speaking": () => ({
    parts: [{ kind: "speech", role: "user", is: "started", isVoice: true }],
  }),
  "vad-user-stopped-speaking": () => ({
    parts: [{ kind: "speech", role: "user", is: "stopped", isVoice: true }],
  }),
  "user-mute-started": () => beside("user muted by the bot", undefined),
  "user-mute-stopped": () => beside("user unmuted by the bot", undefined),
  "user-transcription": userTranscription,
  "user-input": userInput,
  "user-llm-text": userLlmText,

  "bot-llm-started": () => ({ parts: [{ kind: "model", is: "started" }], ends: MODEL_TEXT }),
  "bot-llm-stopped": () => ({ parts: [{ kind: "model", is: "stopped" }], ends: MODEL_TEXT }),
  "bot-llm-text": botSays("bot-llm-text", { join: "append", isToken: true }),
  "bot-tts-started": () => ({ parts: [{ kind: "synthesis", is: "started" }], ends: SPEECH_TEXT }),
  "bot-tts-stopped": () => ({ parts: [{ kind: "synthesis", is: "stopped" }], ends: SPEECH_TEXT }),
  "bot-tts-text": botSays("bot-tts-text", { isSpoken: true }),
  "bot-output": botOutput,
  "bot-transcription": botTranscription,
  "bot-started-speaking": () => ({ parts: [{ kind: "speech", role: "bot", is: "started" }] }),
  "bot-stopped-speaking": () => ({ parts: [{ kind: "speech", role: "bot", is: "stopped" }] }),
  "bot-interrupted": () => ({
    parts: [{ kind: "interrupted" }],
    ends: [...MODEL_TEXT, ...SPEECH_TEXT, "bot-output spoken"],
  }),

  "llm-function-call-started": functionCalled("announced", "chosen"),
  "llm-function-call-in-progress": functionCalled("started", "called", "call"),
  "llm-function-call-stopped": functionEnded("call"),
  "llm-function-call": functionCalled("started", "called", "tool"),
  "llm-function-call-result": functionEnded("tool"),

  "system-log": (body) => ({ line: textIn(body, "text") }),
  "user-audio-level": level("user-audio-level"),
  "bot-audio-level": level("bot-audio-level"),
};

/** Known, and no more to say than what they hold. */
const PLAIN = [
  "send-file",
  "ui-cancel-job-group",
  "ui-cancel-task",
  "raw-audio",
  "raw-audio-batch",
  "append-to-context",
  "append-to-context-result",
  "bot-llm-search-response",
  "metrics",
  "bot-tts-audio",
  // Of 0.x.
  "config",
  "update-config",
  "get-config",
  "describe-config",
  "describe-actions",
  "action",
  "action-response",
  "actions-available",
];

/** Pipecat's RTVI: `{label: "rtvi-ai", type, id, data}`. */
export const RTVI: Protocol = {
  id: "rtvi",
  name: "RTVI",
  note: "RTVI, the protocol of Pipecat",
  recognise(value) {
    if (!isFields(value) || value["label"] !== "rtvi-ai") return undefined;
    const type = typeof value["type"] === "string" ? value["type"] : "(no type)";
    return {
      type,
      label: `rtvi ${type}`,
      body: fieldsOf(value["data"]),
      message: value,
      content: contentBeside(value, ["label", "type", "id"], "data"),
    };
  },
  types: typeTable(READERS, PLAIN),
};
