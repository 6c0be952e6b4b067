import type { Room } from "../room/room";
import type { Cue } from "./cues";
import type { Staging } from "./perform";
import { type Bot, createStage } from "./stage";
import type { Talk } from "./talk";

/** The version of RTVI that this bot speaks, as Pipecat 1.6 does. */
const VERSION = "2.1.0";
const LLM = { processor: "OpenAILLMService#0", model: "gpt-4.1" };
const TTS = { processor: "CartesiaTTSService#0", model: "sonic-3" };

type Fields = Readonly<Record<string, unknown>>;
type RtviMessage = { readonly type: string; readonly id?: string; readonly data?: unknown };

/**
 * Puts a voice bot into a room that speaks RTVI as Pipecat does, with everything that Pipecat sends unless told
 * otherwise, and function calls reported in full. The talk starts, again each time, when a client is ready.
 */
export function startRtviBot(room: Room, talk: Talk, staging: Staging = {}): Bot {
  const bot = room.join({ userName: "Pipecat bot", hasVoice: true });
  const stage = createStage(talk, staging);
  let client = "";

  const send = (message: RtviMessage): void => bot.sendAppMessage({ label: "rtvi-ai", ...message });

  function getReady(fromId: string, { id, data }: Fields): void {
    client = fromId;
    const { version } = (data ?? {}) as { version?: unknown };
    if (!/^2\.\d+\.\d+$/.test(String(version))) {
      const error = `Compatible RTVI versions are 2.x.x, not ${String(version)}`;
      send({ type: "error-response", id: String(id), data: { error } });
    }
    const about = { library: "pipecat-ai", library_version: "1.6.0" };
    send({ type: "bot-ready", id: String(id), data: { version: VERSION, about } });
    stage.start(createRtviVoice(fromId, send));
  }

  function hear(fromId: string, message: Fields): void {
    const { type, id, data } = message;
    const fields = (data ?? {}) as Fields;
    switch (type) {
      case "client-ready":
        return getReady(fromId, message);
      case "client-message": {
        const { t, d } = fields;
        return send({
          type: "server-response",
          id: String(id),
          data: { t, d: { echo: d ?? null } },
        });
      }
      case "send-text": {
        const { run_immediately = true } = (fields["options"] ?? {}) as Fields;
        if (run_immediately) stage.hearTyped(String(fields["content"]));
        return;
      }
      case "llm-function-call-result":
        return stage.giveResult(String(fields["tool_call_id"]), fields["result"]);
      case "disconnect-bot":
        return leave();
      case "dtmf":
      case "ui-event":
      case "ui-snapshot":
        return;
      default: {
        const error = `Unsupported type ${String(type)}`;
        return send({ type: "error-response", id: String(id), data: { error } });
      }
    }
  }

  bot.on((message) => {
    if (message.action === "app-message") {
      const { data, fromId } = message;
      if (isRtvi(data)) hear(fromId, data);
    }
    if (message.action === "participant-left" && message.person.sessionId === client) stage.stop();
  });

  function leave(): void {
    stage.stop();
    bot.leave();
  }

  return { sessionId: bot.sessionId, truth: stage.truth, over: stage.over, leave };
}

const isRtvi = (data: unknown): data is Fields =>
  typeof data === "object" && data !== null && "label" in data && data.label === "rtvi-ai";

/** Says the cues of one talk as RTVI messages, in the order in which Pipecat's observer sends them. */
function createRtviVoice(userId: string, send: (message: RtviMessage) => void): (cue: Cue) => void {
  let sentence = "";

  const told = (type: string, data?: unknown): void =>
    send({ type, ...(data !== undefined && { data }) });

  return (cue) => {
    switch (cue.kind) {
      case "user-starts":
        told("user-started-speaking");
        // With each turn of a user, also where there was nothing to interrupt.
        return told("bot-interrupted");
      case "user-heard": {
        const { text, isFinal } = cue;
        const timestamp = new Date().toISOString();
        return told("user-transcription", { text, user_id: userId, timestamp, final: isFinal });
      }
      case "user-stops":
        return told("user-stopped-speaking");
      case "user-typed":
        return told("bot-interrupted");
      case "interrupted":
        sentence = "";
        return;
      case "llm-starts":
        if (typeof cue.on === "object") told("user-llm-text", { text: cue.on.userText });
        return told("bot-llm-started");
      case "token":
        told("bot-llm-text", { text: cue.text });
        sentence += cue.text;
        if (!cue.endsSentence) return;
        told("bot-transcription", { text: sentence });
        sentence = "";
        return;
      case "llm-stops": {
        const { ttfbMs, tokens } = cue;
        if (ttfbMs !== undefined) told("metrics", { ttfb: [{ ...LLM, value: ttfbMs / 1000 }] });
        const usage = { prompt_tokens: 412, completion_tokens: tokens, total_tokens: 412 + tokens };
        if (tokens > 0) told("metrics", { tokens: [usage] });
        return told("bot-llm-stopped");
      }
      case "call-starts": {
        const { name, id, arguments: args } = cue.call;
        told("llm-function-call-started", { function_name: name });
        const data = { tool_call_id: id, function_name: name, arguments: args };
        return told("llm-function-call-in-progress", data);
      }
      case "call-ends":
        return told("llm-function-call-stopped", {
          tool_call_id: cue.call.id,
          cancelled: !("result" in cue),
          function_name: cue.call.name,
          ...("result" in cue && { result: cue.result }),
        });
      case "tts-starts":
        told("bot-tts-started");
        return told("metrics", { characters: [{ ...TTS, value: cue.characters }] });
      case "tts-stops":
        return told("bot-tts-stopped");
      case "bot-starts":
        return told("bot-started-speaking");
      case "sentence": {
        const { text, segment } = cue;
        return told("bot-output", {
          text,
          spoken: false,
          will_be_spoken: true,
          aggregated_by: "sentence",
          segment_id: segment,
          spoken_status: "new",
          spoken_progress: { accumulated_text: "", remaining_text: text },
        });
      }
      case "word": {
        const { text, segment, spoken, word } = cue;
        const rest = text.slice(spoken.length).trimStart();
        told("bot-output", {
          text,
          will_be_spoken: true,
          aggregated_by: "sentence",
          segment_id: segment,
          spoken_status: rest === "" ? "completed" : "in-progress",
          spoken_progress: { accumulated_text: spoken, remaining_text: rest },
        });
        return told("bot-tts-text", { text: word });
      }
      case "bot-stops":
        return told("bot-stopped-speaking");
      case "notice":
        return told("server-message", cue.data);
      case "failure":
        return told("error", { error: cue.text, fatal: false });
    }
  };
}
