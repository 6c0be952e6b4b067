import { fieldsOf, idIn, numberIn, requestOf, said, textIn } from "./fields";
import type { Fields, Reader, TextPart } from "./protocol";

/** The same text is told several times; what is shown is told by the first of these that is there. */
const RANK_OF_BOT = {
  "bot-output": 5,
  "bot-transcription": 4,
  "bot-output spoken": 3,
  "bot-tts-text": 2,
  "bot-llm-text": 1,
};
const RANK_OF_USER = {
  "user-input": 4,
  "user-transcription": 3,
  "send-text": 2,
  "user-llm-text": 1,
};

/** Pipecat lets a model begin with a mark for whether the user is finished; clients take it off. */
const TURN_MARK = /^[✓○◐]\s*/;

type BotSource = keyof typeof RANK_OF_BOT;

const botText = (source: BotSource, text: string, more: Partial<TextPart> = {}): TextPart => ({
  kind: "text",
  role: "bot",
  source,
  rank: RANK_OF_BOT[source],
  text: text.replace(TURN_MARK, ""),
  join: "words",
  ...more,
});

const userText = (
  source: keyof typeof RANK_OF_USER,
  text: string,
  more: Partial<TextPart> = {},
): TextPart => ({
  kind: "text",
  role: "user",
  source,
  rank: RANK_OF_USER[source],
  text,
  join: "words",
  ...more,
});

/** A message that is only a text of the bot. */
export const botSays =
  (source: BotSource, more: Partial<TextPart> = {}): Reader =>
  (body) => {
    const text = textIn(body, "text");
    if (text === undefined) return {};
    const part = botText(source, text, more);
    return {
      line: said("bot", text),
      parts: [part],
      stream: { key: source, join: part.join, text },
    };
  };

export const botTranscription: Reader = (body) => ({
  ...botSays("bot-transcription")(body, body),
  stream: undefined,
});

/**
 * What to show as the bot's words. In 1.x the same words come as sentences, unspoken, and again word by word as they are
 * said; from 2.0 on a segment comes again and again with all of its text, and how much of that was said.
 */
export const botOutput: Reader = (body) => {
  const text = textIn(body, "text");
  if (text === undefined) return {};
  const by = textIn(body, "text_type", "aggregated_by");
  if (by === "backchannel")
    return {
      line: said("bot (backchannel)", text),
      parts: [{ kind: "line", text: said("bot (backchannel)", text) }],
    };
  const segment = numberIn(body, "segment_id");
  const unit = textIn(body, "aggregated_by");
  const line = said("bot", text);
  if (unit === "word" || unit === "token" || (segment === undefined && body["spoken"] === true)) {
    const join = unit === "token" ? "append" : "words";
    return {
      line,
      parts: [botText("bot-output spoken", text, { join, isSpoken: true })],
      stream: { key: "bot-output spoken", join, text },
    };
  }
  if (segment === undefined) return { line, parts: [botText("bot-output", text)] };
  const spoken = spokenOf(body, text);
  return {
    line:
      spoken === undefined || spoken >= text.length
        ? line
        : `${line} (${spoken} of ${text.length} spoken)`,
    parts: [
      botText("bot-output", text, {
        key: String(segment),
        ...(spoken !== undefined && { spoken }),
      }),
    ],
    stream: {
      key: `bot-output ${segment}`,
      join: "replace",
      text,
      isLast: body["spoken_status"] === "completed",
    },
  };
};

/** How much of a segment was said, where it says so: to a client of 1.x all of it is new for ever. */
function spokenOf(body: Fields, text: string): number | undefined {
  if (body["spoken_status"] === "completed") return text.length;
  const progress = fieldsOf(body["spoken_progress"]);
  const done = textIn(progress, "accumulated_text");
  if (done === undefined || body["spoken_status"] === "new") return undefined;
  const left = textIn(progress, "remaining_text") ?? "";
  return left !== "" && text.endsWith(left)
    ? text.slice(0, -left.length).trimEnd().length
    : Math.min(done.length, text.length);
}

export const userTranscription: Reader = (body) => {
  const text = textIn(body, "text");
  if (text === undefined) return {};
  const isInterim = body["final"] === false;
  const speaker = textIn(body, "user_id");
  return {
    line: said("user", text, isInterim),
    parts: [
      userText("user-transcription", text, {
        isInterim,
        ...(speaker !== undefined && { speaker }),
      }),
    ],
    stream: { key: "user-transcription", join: "replace", text, isLast: !isInterim },
  };
};

export const userInput: Reader = (body) => {
  const text = textIn(body, "text");
  if (text === undefined) return {};
  const type = textIn(body, "input_type");
  if (type === "backchannel")
    return {
      line: said("user (backchannel)", text),
      parts: [{ kind: "line", text: said("user (backchannel)", text) }],
    };
  const isInterim = body["final"] === false;
  const id = idIn(body, "msg_id");
  const speaker = textIn(body, "user_id");
  return {
    line: said(type === "chat" ? "user (typed)" : "user", text, isInterim),
    parts: [
      userText("user-input", text, {
        isInterim,
        ...(type === "chat" && { isTyped: true }),
        ...(id !== undefined && { key: id }),
        ...(speaker !== undefined && { speaker }),
      }),
    ],
    answers: id === undefined ? undefined : { key: `id ${id}` },
    stream:
      type === "chat"
        ? undefined
        : { key: "user-input", join: "replace", text, isLast: !isInterim },
  };
};

export const userLlmText: Reader = (body) => {
  const text = textIn(body, "text");
  if (text === undefined) return {};
  // The same comes again each time that the model runs: after a function, too.
  const part = userText("user-llm-text", text, { key: "context", isRepeat: true });
  return { line: said("user (to the model)", text), parts: [part] };
};

export const sendText: Reader = (body, message) => {
  const text = textIn(body, "content");
  const key = idIn(message, "id");
  return {
    line: text === undefined ? undefined : said("user (typed)", text),
    parts:
      text === undefined
        ? undefined
        : [userText("send-text", text, { isTyped: true, ...(key !== undefined && { key }) })],
    asks: requestOf(message, false),
  };
};
