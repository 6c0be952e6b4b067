import type { Room } from "../room/room";
import type { Cue } from "./cues";
import type { Staging } from "./perform";
import { type Bot, createStage } from "./stage";
import type { Talk } from "./talk";

type Fields = Readonly<Record<string, unknown>>;
type VapiMessage = { readonly type: string } & Fields;

/**
 * Puts a voice bot into a room that speaks as Vapi's assistants do: bare words and JSON, both as strings. The talk starts
 * when a client can play the bot's audio. `@vapi-ai/web` waits for a participant of just this name.
 */
export function startVapiBot(room: Room, talk: Talk, staging: Staging = {}): Bot {
  const bot = room.join({ userName: "Vapi Speaker", hasVoice: true });
  const stage = createStage(talk, staging);
  let client = "";

  const send = (message: VapiMessage): void =>
    bot.sendAppMessage(JSON.stringify({ ...message, timestamp: Date.now() }));

  function getReady(fromId: string): void {
    client = fromId;
    bot.sendAppMessage("listening");
    send({ type: "status-update", status: "in-progress" });
    send({ type: "assistant.started", newAssistant: { name: "Weather desk" } });
    stage.start(createVapiVoice(send));
  }

  function leave(): void {
    stage.stop();
    bot.leave();
  }

  function hear(message: Fields): void {
    switch (message["type"]) {
      case "add-message": {
        const { message: added, triggerResponseEnabled = true } = message;
        const { role, content } = (added ?? {}) as Fields;
        if (role === "user" && triggerResponseEnabled) stage.hearTyped(String(content));
        return;
      }
      case "end-call":
        send({ type: "status-update", status: "ended", endedReason: "customer-ended-call" });
        return leave();
      default:
        return;
    }
  }

  bot.on((message) => {
    if (message.action === "app-message" && typeof message.data === "string") {
      if (message.data === "playable") getReady(message.fromId);
      else hear(JSON.parse(message.data) as Fields);
    }
    if (message.action === "participant-left" && message.person.sessionId === client) stage.stop();
  });

  return { sessionId: bot.sessionId, truth: stage.truth, over: stage.over, leave };
}

type Role = "user" | "assistant";
type Line = { readonly role: Role; readonly content: string };

/** Says the cues of one talk as Vapi's client messages. Turns count from 0, the user's and the bot's alike. */
function createVapiVoice(send: (message: VapiMessage) => void): (cue: Cue) => void {
  const lines: Line[] = [];
  const turnOf = { user: 0, assistant: 0 };
  let turns = 0;
  let heard: string[] = [];
  /** What the bot is speaking: all of it, the sentences spoken to the end, and how far it is in the next. */
  let answer = { text: "", done: [] as string[], sentence: "", words: 0 };

  const speech = (role: Role, status: "started" | "stopped"): void =>
    send({ type: "speech-update", role, status, turn: turnOf[role] });
  const transcript = (role: Role, transcriptType: "partial" | "final", text: string): void =>
    send({ type: "transcript", role, transcriptType, transcript: text });
  const turnId = (): string => `turn-${turnOf.assistant}`;

  function keep(role: Role, content: string): void {
    lines.push({ role, content });
    const messages = lines.map((line, index) => ({
      role: line.role === "assistant" ? "bot" : line.role,
      message: line.content,
      secondsFromStart: index,
    }));
    send({ type: "conversation-update", messages, messagesOpenAIFormatted: [...lines] });
  }

  /** A sentence ends with its last word, or where the bot was cut off. */
  function endSentence(): void {
    if (answer.sentence === "") return;
    answer.done.push(answer.sentence);
    transcript("assistant", "final", answer.sentence);
    answer.sentence = "";
  }

  return (cue) => {
    switch (cue.kind) {
      case "user-starts":
        turnOf.user = turns++;
        heard = [];
        return speech("user", "started");
      case "user-heard":
        if (cue.isFinal) heard.push(cue.text);
        return transcript("user", cue.isFinal ? "final" : "partial", cue.text);
      case "user-stops":
        speech("user", "stopped");
        return keep("user", heard.join(" "));
      case "user-typed":
        turnOf.user = turns++;
        return keep("user", cue.text);
      case "llm-starts":
        if (cue.on !== "result") turnOf.assistant = turns++;
        if (typeof cue.on === "object") send({ type: "voice-input", input: cue.on.userText });
        return;
      case "token":
        return send({ type: "model-output", output: cue.text, turnId: turnId() });
      case "call-starts": {
        const { id, name, arguments: args } = cue.call;
        const call = { id, type: "function", function: { name, arguments: JSON.stringify(args) } };
        return send({ type: "tool-calls", toolCallList: [call] });
      }
      case "call-ends": {
        const { id, name } = cue.call;
        const result = JSON.stringify("result" in cue ? cue.result : "cancelled");
        return send({
          type: "tool-calls-result",
          toolCallResult: { toolCallId: id, name, result },
        });
      }
      case "bot-starts":
        answer = { text: cue.text, done: [], sentence: "", words: 0 };
        return speech("assistant", "started");
      case "word": {
        answer.words++;
        answer.sentence = cue.spoken;
        const totalWords = answer.text.split(/\s+/).length;
        const timing = { type: "word-progress", wordsSpoken: answer.words, totalWords };
        const { text } = answer;
        const turn = turnOf.assistant;
        send({ type: "assistant.speechStarted", text, turn, source: "model", timing });
        if (cue.spoken === cue.text) endSentence();
        return;
      }
      case "interrupted":
        return send({ type: "user-interrupted", turnId: turnId() });
      case "bot-stops":
        endSentence();
        speech("assistant", "stopped");
        return keep("assistant", answer.done.join(" "));
      case "notice":
        return send({ type: "metadata", metadata: JSON.stringify(cue.data) });
      case "failure":
        return send({ type: "hang" });
      case "llm-stops":
      case "tts-starts":
      case "tts-stops":
      case "sentence":
        return;
    }
  };
}
