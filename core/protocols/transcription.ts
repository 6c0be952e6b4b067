import { isFields, said, textIn, typeTable } from "./fields";
import type { Protocol, Reader } from "./protocol";

const transcription: Reader = (body) => {
  const text = textIn(body, "text");
  if (text === undefined) return {};
  const isInterim = body["is_final"] === false;
  const speaker = textIn(body, "session_id");
  const speakerName = textIn(body, "user_name");
  return {
    line: said(speakerName ?? "someone", text, isInterim),
    parts: [
      {
        kind: "text",
        role: "user",
        source: "transcription",
        rank: 1,
        text,
        join: "words",
        isInterim,
        ...(speaker !== undefined && { speaker }),
        ...(speakerName !== undefined && { speakerName }),
      },
    ],
    stream: { key: `transcription ${speaker ?? ""}`, join: "replace", text, isLast: !isInterim },
  };
};

/** Daily's transcription as it was before it had an event of its own. */
export const TRANSCRIPTION: Protocol = {
  id: "transcription",
  name: "Transcription",
  note: "Daily’s live transcription, as an app message",
  recognise: (value, { fromId }) =>
    fromId === "transcription" && isFields(value)
      ? { type: "transcription", body: value, message: value, content: value }
      : undefined,
  types: typeTable({ transcription }),
};
