/** Messages of Pipecat’s RTVI, as `protocol-samples.ts` has them. */
import type { ProtocolId } from "../protocols/protocol";

export type ProtocolSample = {
  readonly protocol: ProtocolId;
  readonly type: string;
  readonly direction: "in" | "out";
  readonly fromId?: string;
  readonly data: unknown;
  /** Undefined for what says no more than its content. */
  readonly line: string | undefined;
};

export type SampleRow = readonly [
  type: string,
  data: unknown,
  line?: string | undefined,
  id?: string,
];

const rtvi = (direction: "in" | "out", rows: readonly SampleRow[]): ProtocolSample[] =>
  rows.map(([type, data, line, id]) => ({
    protocol: "rtvi",
    type,
    direction,
    line,
    data: {
      label: "rtvi-ai",
      type,
      ...(id !== undefined && { id }),
      ...(data !== undefined && { data }),
    },
  }));

const job = { job_id: "j1", at: 1_790_000_000_000 };

export const RTVI_SAMPLES: readonly ProtocolSample[] = [
  ...rtvi("out", [
    [
      "client-ready",
      { version: "2.1.0", about: { library: "@pipecat-ai/client-js", library_version: "1.13.1" } },
      "RTVI 2.1.0, @pipecat-ai/client-js 1.13.1",
      "aa11bb22",
    ],
    ["disconnect-bot", {}, undefined, "id1"],
    ["client-message", { t: "get-lights", d: { room: 1 } }, "get-lights {room: 1}", "id2"],
    [
      "send-text",
      { content: "What time is it?", options: { run_immediately: true, audio_response: true } },
      'user (typed): "What time is it?"',
      "id3",
    ],
    [
      "llm-function-call-result",
      {
        function_name: "get_weather",
        tool_call_id: "t1",
        arguments: { city: "Oslo" },
        result: { celsius: 3 },
      },
      "function get_weather returned {celsius: 3}",
      "id4",
    ],
    ["dtmf", { buttons: ["1", "#"] }, "1 #", "id5"],
    ["dtmf", { button: "5" }, "5", "id6"],
    ["ui-event", { event: "cart-opened", payload: { items: 2 } }, "cart-opened {items: 2}", "id7"],
    [
      "ui-snapshot",
      { tree: { root: { ref: "e1", role: "document", children: [] }, captured_at: 1 } },
      undefined,
      "id8",
    ],
    ["ui-cancel-job-group", { job_id: "j1", reason: "left" }, undefined, "id9"],
    ["raw-audio", { base64Audio: "AAAA", sampleRate: 16_000, numChannels: 1 }, undefined, "id10"],
    [
      "raw-audio-batch",
      { base64AudioBatch: ["AAAA"], sampleRate: 16_000, numChannels: 1 },
      undefined,
      "raw-audio-batch",
    ],
    [
      "append-to-context",
      { role: "user", content: "Be brief", run_immediately: false },
      undefined,
      "id11",
    ],
  ]),
  ...rtvi("in", [
    [
      "bot-ready",
      {
        version: "2.1.0",
        about: { library: "pipecat-ai", library_version: "1.7.0" },
        capabilities: { audio_in: true, audio_out: true },
      },
      "RTVI 2.1.0, pipecat-ai 1.7.0",
      "aa11bb22",
    ],
    ["error", { error: "TTS failed", fatal: true }, "fatal: TTS failed"],
    ["error", { message: "STT failed", fatal: false }, "STT failed"],
    ["error-response", { error: "Unsupported type x" }, "Unsupported type x", "id1"],
    ["server-response", { t: "get-lights", d: { on: true } }, "get-lights {on: true}", "id2"],
    ["server-message", { type: "score", value: 3 }, "score {value: 3}"],
    ["server-message", { t: "score", d: 3 }, "score {d: 3}"],
    ["server-message", "anything"],
    ["user-started-speaking", undefined],
    ["user-stopped-speaking", undefined],
    ["vad-user-started-speaking", undefined],
    ["vad-user-stopped-speaking", undefined],
    ["user-mute-started", undefined],
    ["user-mute-stopped", undefined],
    [
      "user-transcription",
      { text: "what is the", user_id: "u1", timestamp: "2026-01-01T00:00:00Z", final: false },
      'user (interim): "what is the"',
    ],
    [
      "user-transcription",
      { text: "What is the time?", user_id: "u1", timestamp: "2026-01-01T00:00:01Z", final: true },
      'user: "What is the time?"',
    ],
    [
      "user-input",
      {
        text: "What is the time?",
        input_type: "transcription",
        timestamp: "2026-01-01T00:00:01Z",
        final: true,
        user_id: "u1",
      },
      'user: "What is the time?"',
    ],
    [
      "user-input",
      {
        text: "What time is it?",
        input_type: "chat",
        timestamp: "2026-01-01T00:00:01Z",
        final: true,
        msg_id: "id3",
      },
      'user (typed): "What time is it?"',
    ],
    [
      "user-input",
      { text: "mm-hmm", input_type: "backchannel", final: true },
      'user (backchannel): "mm-hmm"',
    ],
    ["user-llm-text", { text: "What is the time?" }, 'user (to the model): "What is the time?"'],
    ["bot-llm-started", undefined],
    ["bot-llm-stopped", undefined],
    ["bot-llm-text", { text: "Hel" }, 'bot: "Hel"'],
    ["bot-tts-started", undefined],
    ["bot-tts-stopped", undefined],
    ["bot-tts-text", { text: "Hello" }, 'bot: "Hello"'],
    [
      "bot-output",
      { text: "Hello there.", spoken: false, aggregated_by: "sentence" },
      'bot: "Hello there."',
    ],
    ["bot-output", { text: "Hello", spoken: true, aggregated_by: "word" }, 'bot: "Hello"'],
    [
      "bot-output",
      {
        text: "Hello there.",
        aggregated_by: "sentence",
        segment_id: 1,
        will_be_spoken: true,
        spoken_status: "in-progress",
        spoken_progress: { accumulated_text: "Hello", remaining_text: " there." },
      },
      'bot: "Hello there." (5 of 12 spoken)',
    ],
    [
      "bot-output",
      { text: "mm-hmm", text_type: "backchannel", segment_id: 2 },
      'bot (backchannel): "mm-hmm"',
    ],
    ["bot-transcription", { text: "Hello there." }, 'bot: "Hello there."'],
    ["bot-started-speaking", undefined],
    ["bot-stopped-speaking", undefined],
    ["bot-interrupted", undefined],
    ["llm-function-call-started", { function_name: "get_weather" }, "function get_weather chosen"],
    ["llm-function-call-started", {}, "function (name withheld) chosen"],
    [
      "llm-function-call-in-progress",
      { tool_call_id: "t1", function_name: "get_weather", arguments: { city: "Oslo" } },
      'function get_weather(city: "Oslo") called',
    ],
    [
      "llm-function-call-stopped",
      {
        tool_call_id: "t1",
        cancelled: false,
        function_name: "get_weather",
        result: { celsius: 3 },
      },
      "function get_weather returned {celsius: 3}",
    ],
    [
      "llm-function-call-stopped",
      { tool_call_id: "t1", cancelled: true },
      "function (name withheld) cancelled",
    ],
    [
      "llm-function-call",
      { function_name: "get_weather", tool_call_id: "t1", args: { city: "Oslo" } },
      'function get_weather(city: "Oslo") called',
    ],
    [
      "bot-llm-search-response",
      { search_result: "Oslo", origins: [{ site_uri: "https://x.example", results: [] }] },
    ],
    ["metrics", { ttfb: [{ processor: "OpenAILLMService#0", value: 0.3 }] }],
    ["user-audio-level", { value: 0.5 }],
    ["bot-audio-level", { value: 0.5 }],
    ["system-log", { text: "Pipeline started" }, "Pipeline started"],
    ["bot-tts-audio", { audio: "AAAA", sample_rate: 24_000, num_channels: 1 }],
    ["ui-command", { command: "toast", payload: { title: "Saved" } }, 'toast {title: "Saved"}'],
    [
      "ui-job-group",
      { kind: "group_started", workers: ["w"], label: "Search", cancellable: true, ...job },
      "group_started, Search, job j1",
    ],
    [
      "ui-job-group",
      { kind: "job_update", worker_name: "w", data: { n: 1 }, ...job },
      "job_update, w, job j1",
    ],
    [
      "ui-job-group",
      { kind: "job_completed", worker_name: "w", status: "completed", ...job },
      "job_completed, w, completed, job j1",
    ],
    ["ui-job-group", { kind: "group_completed", ...job }, "group_completed, job j1"],
    ["ui-task", { kind: "group_completed", task_id: "j1", at: 1 }, "group_completed, job j1"],
  ]),
];
