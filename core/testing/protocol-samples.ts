/** A message of every type of every known protocol whose form on the wire is known, and what it says in a line. */
import type { ProtocolId } from "../protocols/protocol";
import { type ProtocolSample, RTVI_SAMPLES, type SampleRow } from "./rtvi-samples";

export type { ProtocolSample };

const tavus = (direction: "in" | "out", rows: readonly SampleRow[]): ProtocolSample[] =>
  rows.map(([type, properties, line], index) => ({
    protocol: "tavus",
    type,
    direction,
    line,
    data: {
      message_type: type.startsWith("system") ? "system" : "conversation",
      event_type: type,
      conversation_id: "c123",
      ...(properties !== undefined && { properties }),
      ...(direction === "in" && {
        seq: index + 1,
        turn_idx: 1,
        inference_id: "inf-1",
        timestamp: 1_790_000_000.5,
      }),
    },
  }));

/** As text, which is all that Vapi sends. */
const vapi = (direction: "in" | "out", rows: readonly SampleRow[]): ProtocolSample[] =>
  rows.map(([type, fields, line]) => ({
    protocol: "vapi",
    type,
    direction,
    line,
    data: JSON.stringify({ type, ...(fields as object) }),
  }));

const flat = (
  protocol: ProtocolId,
  key: "type" | "event",
  direction: "in" | "out",
  rows: readonly SampleRow[],
): ProtocolSample[] =>
  rows.map(([type, fields, line]) => ({
    protocol,
    type,
    direction,
    line,
    data: { [key]: type, ...(fields as object) },
  }));

export const PROTOCOL_SAMPLES: readonly ProtocolSample[] = [
  ...RTVI_SAMPLES,
  ...tavus("in", [
    ["conversation.utterance", { role: "user", speech: "Hello" }, 'user: "Hello"'],
    ["conversation.utterance", { role: "replica", speech: "Hi, Ada." }, 'bot: "Hi, Ada."'],
    [
      "conversation.utterance.streaming",
      { role: "pal", speech: "Hi,", content_index: 0, final: false },
      'bot (interim): "Hi,"',
    ],
    ["conversation.user.started_speaking", undefined],
    ["conversation.user.stopped_speaking", { duration: 1.5, interrupted: false }, "after 1.5 s"],
    ["conversation.replica.started_speaking", undefined],
    [
      "conversation.replica.stopped_speaking",
      { duration: 2, interrupted: true },
      "after 2 s, interrupted",
    ],
    ["conversation.started_speaking", { role: "user" }, "user"],
    [
      "conversation.stopped_speaking",
      { role: "replica", duration: null, interrupted: true },
      "bot, interrupted",
    ],
    ["conversation.replica_interrupted", undefined],
    [
      "conversation.tool_call",
      { name: "get_weather", arguments: '{"city":"Oslo"}', tool_call_id: "t1" },
      'function get_weather(city: "Oslo") called',
    ],
    [
      "conversation.perception_tool_call",
      { modality: "vision", name: "saw", arguments: { what: "cup" }, frames: [] },
      'vision, function saw(what: "cup") called',
    ],
    ["conversation.perception_analysis", { analysis: "Smiles" }, "Smiles"],
    ["conversation.perception-analysis", { analysis: "Smiles" }, "Smiles"],
    ["conversation.objective.activated", { objective_name: "name" }, "name"],
    ["conversation.objective.pending", { objective_name: "name" }, "name"],
    [
      "conversation.objective.completed",
      { objective_name: "name", output_variables: { name: "Ada" } },
      'name {name: "Ada"}',
    ],
    ["system.replica_present", undefined],
    ["system.replica_joined", undefined],
    ["system.shutdown", { shutdown_reason: "max_duration" }, "max_duration"],
    ["system.wake_phrase_detected", undefined],
    ["system.sleep_phrase_detected", undefined],
  ]),
  ...tavus("out", [
    ["conversation.respond", { text: "Tell me more" }, 'user (typed): "Tell me more"'],
    ["conversation.echo", { modality: "text", text: "Welcome" }, 'echo: "Welcome"'],
    [
      "conversation.echo",
      { modality: "audio", audio: "AAAA", sample_rate: 24_000, inference_id: "i", done: true },
      "audio, 4 characters, done",
    ],
    ["conversation.interrupt", undefined],
    ["conversation.overwrite_llm_context", { context: "Be brief" }],
    ["conversation.append_llm_context", { context: "Be brief" }],
    ["conversation.sensitivity", { participant_pause_sensitivity: "low" }],
    [
      "conversation.tool_result",
      { tool_call_id: "t1", output: '{"celsius":3}', status: "success" },
      "function returned {celsius: 3}",
    ],
    ["conversation.objective.confirm", undefined],
    ["conversation.realtime_api", { type: "response.create" }],
  ]),

  {
    protocol: "prebuilt-chat",
    type: "chat-msg",
    direction: "out",
    data: {
      event: "chat-msg",
      message: "hi",
      name: "Ada",
      date: "2026-01-01T12:00Z",
      room: "main-room",
    },
    line: 'Ada: "hi"',
  },
  ...flat("prebuilt-chat", "event", "in", [
    ["request-chat-history", {}],
    [
      "sync-chat-msg",
      { message: { date: "2026-01-01T12:00Z", fromId: "p1", message: "hi", name: "Ada" } },
      'Ada: "hi"',
    ],
    ["sync-chat-complete", {}],
  ]),

  {
    protocol: "vapi",
    type: "listening",
    direction: "in",
    data: "listening",
    line: undefined,
  },
  {
    protocol: "vapi",
    type: "playable",
    direction: "out",
    data: "playable",
    line: undefined,
  },
  ...vapi("out", [
    [
      "add-message",
      { message: { role: "user", content: "Hello" }, triggerResponseEnabled: true },
      'user (typed): "Hello"',
    ],
    ["add-message", { message: { role: "system", content: "Be brief" } }, 'system: "Be brief"'],
    ["control", { control: "mute-assistant" }, "mute-assistant"],
    [
      "say",
      { message: "Bye", interruptionsEnabled: false, interruptAssistantEnabled: false },
      '"Bye"',
    ],
    ["say", { content: "Bye" }, '"Bye"'],
    ["end-call", {}],
    ["transfer", { destination: { type: "number" }, content: "One moment" }, "One moment"],
    ["send-transport-message", { message: { transport: "x" } }],
  ]),
  ...vapi("in", [
    ["assistant.started", { newAssistant: { name: "Riley" } }, "Riley"],
    ["status-update", { status: "in-progress" }, "in-progress"],
    ["status-update", { status: "ended", endedReason: "hangup" }, "ended, hangup"],
    ["speech-update", { status: "started", role: "assistant", turn: 0 }, "bot started speaking"],
    [
      "transcript",
      { role: "user", transcriptType: "partial", transcript: "what is" },
      'user (interim): "what is"',
    ],
    [
      "transcript",
      { role: "assistant", transcriptType: "final", transcript: "Hello." },
      'bot: "Hello."',
    ],
    ["model-output", { output: "Hel", turnId: "1" }, 'bot: "Hel"'],
    [
      "assistant.speechStarted",
      {
        text: "Hello there",
        turn: 0,
        source: "model",
        timing: { type: "word-progress", wordsSpoken: 1, totalWords: 2 },
      },
      'bot: "Hello there"',
    ],
    ["voice-input", { input: "Hello" }, 'user (to the model): "Hello"'],
    ["user-interrupted", { turnId: "1" }],
    [
      "conversation-update",
      {
        messages: [
          { role: "user", message: "Hi", time: 1, secondsFromStart: 0 },
          { role: "tool_call_result", toolCallId: "t1", name: "now", result: "12:00" },
          { role: "bot", message: "It is noon.", time: 2, secondsFromStart: 3 },
        ],
      },
      '3 messages, last bot: "It is noon."',
    ],
    [
      "tool-calls",
      {
        toolCallList: [
          { id: "t1", type: "function", function: { name: "now", arguments: '{"zone":"UTC"}' } },
        ],
        toolWithToolCallList: [],
      },
      'function now(zone: "UTC") called',
    ],
    [
      "tool-calls-result",
      { toolCallResult: { toolCallId: "t1", name: "now", result: "12:00" } },
      'function now returned "12:00"',
    ],
    ["function-call", {}],
    ["function-call-result", {}],
    ["tool.completed", {}],
    ["workflow.node.started", { node: { name: "intro" } }, "intro"],
    ["transfer-update", { toAssistant: { name: "Sales" } }, "Sales"],
    ["language-change-detected", { language: "no" }, "no"],
    ["metadata", { metadata: "x" }],
    ["hang", {}, "the assistant is stuck on a slow model, voice or tool"],
    ["chat.created", {}],
    ["session.updated", {}],
    ["call.deleted", {}],
  ]),

  ...flat("lemonslice", "type", "in", [
    ["bot_ready", {}],
    ["idle_timeout", {}],
    ["user_transcription", { transcription: "Hello" }, 'user: "Hello"'],
    ["agent_transcription", { transcription: "Hi" }, 'bot: "Hi"'],
    ["image_change_requested", {}],
    ["image_created", {}],
    ["image_change_complete", {}],
    ["video_generation_error", { err_msg: "no GPU" }, "no GPU"],
    ["daily_error", { error: "left", fatal: true }, "left"],
  ]),
  ...flat("lemonslice", "event", "out", [
    ["force-end", {}],
    ["response_started", { session_id: "s1" }],
    ["response_finished", { session_id: "s1" }],
    ["interrupt", { session_id: "s1" }],
  ]),

  {
    protocol: "transcription",
    type: "transcription",
    direction: "in",
    fromId: "transcription",
    data: {
      session_id: "p1",
      user_name: "Ada",
      text: "Hello",
      timestamp: "2026-01-01T12:00:00Z",
      is_final: false,
    },
    line: 'Ada (interim): "Hello"',
  },
];
