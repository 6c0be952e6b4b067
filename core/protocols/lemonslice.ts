import { contentBeside, isFields, said, textIn, typeTable } from "./fields";
import type { Protocol, Reader, Role } from "./protocol";

const transcription =
  (role: Role): Reader =>
  (body) => {
    const text = textIn(body, "transcription");
    if (text === undefined) return {};
    return {
      line: said(role, text),
      parts: [{ kind: "text", role, source: "transcription", rank: 1, text, join: "words" }],
    };
  };

const failure: Reader = (body) => {
  const text = textIn(body, "err_msg", "error", "message");
  return {
    line: text,
    parts: [{ kind: "error", text: text ?? "error", isFatal: body["fatal"] === true }],
  };
};

/** Of the hosted avatar, which names its messages by `type`. */
const HOSTED = typeTable(
  {
    user_transcription: transcription("user"),
    agent_transcription: transcription("bot"),
    video_generation_error: failure,
    daily_error: failure,
  },
  ["bot_ready", "idle_timeout", "image_change_requested", "image_created", "image_change_complete"],
);

/** What is sent to it, and what Pipecat and it tell each other. */
const EVENTS = typeTable({ interrupt: () => ({ parts: [{ kind: "interrupted" }] }) }, [
  "force-end",
  "response_started",
  "response_finished",
]);

export const LEMONSLICE: Protocol = {
  id: "lemonslice",
  name: "LemonSlice",
  note: "LemonSlice avatars",
  recognise(value) {
    if (!isFields(value)) return undefined;
    const { type, event } = value;
    if (typeof type === "string" && HOSTED.has(type))
      return { type, body: value, message: value, content: contentBeside(value, ["type"]) };
    if (typeof event !== "string" || !EVENTS.has(event)) return undefined;
    if (event !== "force-end" && typeof value["session_id"] !== "string") return undefined;
    return {
      type: event,
      body: value,
      message: value,
      content: contentBeside(value, ["event", "session_id"]),
    };
  },
  types: new Map([...HOSTED, ...EVENTS]),
};
