import {
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
  resultText,
  roleOf,
  said,
  textIn,
  typeTable,
} from "./fields";
import type { Fields, Protocol, Reader, SpeechPart, TextPart, TurnPart } from "./protocol";

const ENVELOPE = [
  "message_type",
  "event_type",
  "conversation_id",
  "seq",
  "turn_idx",
  "inference_id",
  "timestamp",
];

/** The text of one turn, as far as Tavus says what belongs together. */
const groupOf = (body: Fields, role: string): string | undefined =>
  role === "bot"
    ? idIn(body, "inference_id")
    : (idIn(body, "inference_id") ?? idIn(body, "turn_idx"));

/** A text of the replica is all that it is going to say, sent when it begins. */
const utterance: Reader = (body) => {
  const role = roleOf(body["role"]);
  const text = textIn(body, "speech", "text");
  if (role === undefined || text === undefined) return {};
  const key = groupOf(body, role);
  return {
    line: said(role, text),
    parts: [textPart(role, text, key === undefined ? {} : { key })],
  };
};

/** Each has all that was said up to now. */
const streaming: Reader = (body) => {
  const role = roleOf(body["role"]);
  const text = textIn(body, "speech", "text");
  if (role === undefined || text === undefined) return {};
  const key = groupOf(body, role);
  const parts: TurnPart[] = [
    textPart(role, text, {
      // `final` of a user comes in the middle of a turn, too: the utterance says what it came to.
      isInterim: true,
      ...(role === "bot" && { spoken: text.length, ...(key !== undefined && { key }) }),
    }),
  ];
  if (role === "bot" && body["is_interrupted"] === true) parts.push({ kind: "interrupted" });
  const turn = role === "user" ? (idIn(body, "turn_idx") ?? key) : key;
  return {
    line: said(role, text, true),
    parts,
    stream: {
      key: `utterance ${role} ${turn ?? ""}`,
      join: "replace",
      text,
      isLast: role === "bot" && body["final"] === true,
    },
  };
};

const textPart = (role: "user" | "bot", text: string, more: Partial<TextPart>): TextPart => ({
  kind: "text",
  role,
  source: "utterance",
  rank: 2,
  text,
  join: "words",
  ...more,
});

/** Both families of events may tell the same: who is speaking already does not start again. */
const speaking =
  (is: SpeechPart["is"], whose?: "user" | "bot"): Reader =>
  (body) => {
    const role = whose ?? roleOf(body["role"]);
    if (role === undefined) return {};
    const isCut = is === "stopped" && body["interrupted"] === true;
    const seconds = numberIn(body, "duration");
    return {
      line: listed(
        whose === undefined && role,
        seconds !== undefined && `after ${seconds} s`,
        isCut && "interrupted",
      ),
      parts: [{ kind: "speech", role, is, isCut }],
    };
  };

const toolCall: Reader = (body) => {
  const id = idIn(body, "tool_call_id");
  const name = textIn(body, "name");
  const parameters = insideOf(body["arguments"]);
  return {
    line: functionLine(name ?? "without a name", parameters, "called"),
    parts: [
      {
        kind: "function-call",
        is: "started",
        ...(id !== undefined && { id }),
        ...(name !== undefined && { name }),
        ...(parameters !== undefined && { arguments: parameters }),
      },
    ],
    asks: id === undefined ? undefined : { key: `tool ${id}`, isExpected: true },
  };
};

const perceptionToolCall: Reader = (body, message) => {
  const { line, parts } = toolCall(body, message);
  return { line: listed(textIn(body, "modality"), line), parts };
};

const toolResult: Reader = (body) => {
  const id = idIn(body, "tool_call_id");
  const result = insideOf(body["output"]);
  const hasFailed = body["status"] === "error";
  return {
    line: hasFailed ? `function failed: ${resultText(result)}` : `function ${resultText(result)}`,
    parts:
      id === undefined
        ? undefined
        : [{ kind: "function-call", is: "ended", id, ...(result !== undefined && { result }) }],
    answers: id === undefined ? undefined : { key: `tool ${id}`, isFailure: hasFailed },
  };
};

const respond: Reader = (body) => {
  const text = textIn(body, "text");
  if (text === undefined) return {};
  return {
    line: said("user (typed)", text),
    parts: [textPart("user", text, { source: "respond", rank: 1, isTyped: true })],
  };
};

/** The replica tells the text of an echo again when it says it. */
const echo: Reader = (body) => {
  const text = textIn(body, "text");
  const id = idIn(body, "inference_id");
  const isAudio = body["modality"] === "audio" || text === undefined;
  const audio = textIn(body, "audio");
  return {
    line: isAudio
      ? listed(
          "audio",
          audio !== undefined && `${audio.length} characters`,
          body["done"] === true && "done",
        )
      : said("echo", text),
    parts: isAudio ? undefined : [{ kind: "line", text: said("echo", text) }],
    stream:
      isAudio && id !== undefined
        ? { key: `echo ${id}`, join: "replace", text: "", isLast: body["done"] === true }
        : undefined,
  };
};

const objective =
  (is: string): Reader =>
  (body) =>
    beside(`objective ${is}`, named(textIn(body, "objective_name"), body["output_variables"]));

const guardrail: Reader = (body) =>
  beside("guardrail", listed(textIn(body, "guardrail", "guardrail_name"), textIn(body, "reason")));

const perception: Reader = (body) => {
  const line = textIn(body, "analysis");
  return { line, parts: [{ kind: "line", text: "perception analysis" }] };
};

const READERS: Readonly<Record<string, Reader>> = {
  "conversation.utterance": utterance,
  "conversation.utterance.streaming": streaming,
  "conversation.user.started_speaking": speaking("started", "user"),
  "conversation.user.stopped_speaking": speaking("stopped", "user"),
  "conversation.replica.started_speaking": speaking("started", "bot"),
  "conversation.replica.stopped_speaking": speaking("stopped", "bot"),
  "conversation.pal.started_speaking": speaking("started", "bot"),
  "conversation.pal.stopped_speaking": speaking("stopped", "bot"),
  "conversation.started_speaking": speaking("started"),
  "conversation.stopped_speaking": speaking("stopped"),
  "conversation.replica_interrupted": () => ({ parts: [{ kind: "interrupted" }] }),
  "conversation.tool_call": toolCall,
  "conversation.perception_tool_call": perceptionToolCall,
  "conversation.perception_analysis": perception,
  "conversation.perception-analysis": perception,
  "conversation.objective.activated": objective("activated"),
  "conversation.objective.pending": objective("pending"),
  "conversation.objective.completed": objective("completed"),
  "system.replica_present": () => ({
    stream: { key: "system.replica_present", join: "replace", text: "" },
  }),
  "system.shutdown": (body) => beside("shutdown", textIn(body, "shutdown_reason")),

  "conversation.respond": respond,
  "conversation.echo": echo,
  "conversation.interrupt": () => beside("interrupt", undefined),
  "conversation.tool_result": toolResult,
};

const PLAIN = [
  "system.replica_joined",
  "system.wake_phrase_detected",
  "system.sleep_phrase_detected",
  "conversation.overwrite_llm_context",
  "conversation.append_llm_context",
  "conversation.sensitivity",
  "conversation.objective.confirm",
  "conversation.realtime_api",
];

const TYPES = typeTable(READERS, PLAIN);

/** The exact name of the guardrail event isn't documented. */
const GUARDRAIL = "guardrail";

/** Tavus' conversational video: `{message_type: "conversation", event_type, conversation_id, properties}`. */
export const TAVUS: Protocol = {
  id: "tavus",
  name: "Tavus",
  note: "Tavus conversational video",
  recognise(value) {
    if (!isFields(value)) return undefined;
    const { message_type: of, event_type: type } = value;
    if ((of !== "conversation" && of !== "system") || typeof type !== "string") return undefined;
    const number = numberIn(value, "seq");
    return {
      type: !TYPES.has(type) && type.includes("guardrail") ? GUARDRAIL : type,
      label: type,
      // Some messages have at the top what others have in `properties`.
      body: { ...value, ...fieldsOf(value["properties"]) },
      message: value,
      content: contentBeside(value, ENVELOPE, "properties"),
      seq:
        number === undefined
          ? undefined
          : { key: `tavus ${idIn(value, "conversation_id") ?? ""}`, number },
    };
  },
  types: new Map([...TYPES, [GUARDRAIL, guardrail]]),
};
