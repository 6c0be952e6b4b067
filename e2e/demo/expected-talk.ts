import type { ShownRow } from "./shown-rows";

/** What a talk with a bot has in it, by the type of the message that says so. */
const SENT = {
  "client-ready": "the client ready",
  "llm-function-call-result": "the result of a function call",
};
const RECEIVED = {
  "bot-ready": "the bot ready",
  "user-transcription": "what the user said",
  "bot-llm-text": "a token",
  "bot-output": "what the bot said",
  "llm-function-call-stopped": "a function call",
  "server-message": "a message of the app",
  metrics: "metrics",
  error: "an error",
};

/** Every part of a talk that the panel should have shown by now and has not. */
export function missingTalk(rows: readonly ShownRow[]): readonly string[] {
  const missing = (direction: ShownRow["direction"], types: Readonly<Record<string, string>>) =>
    Object.entries(types).flatMap(([type, name]) =>
      rows.some((row) => row.direction === direction && nameOf(row) === type) ? [] : [name],
    );
  return [
    ...missing("out", SENT),
    ...missing("in", RECEIVED),
    ...(hasInterruption(rows) ? [] : ["an interruption"]),
  ];
}

/** The type of a row without the name of its protocol. */
const nameOf = ({ type }: ShownRow): string | undefined => type.split(" ").at(-1);

/** Whether a user started to speak before the bot had stopped. */
function hasInterruption(rows: readonly ShownRow[]): boolean {
  let isBotSpeaking = false;
  return rows.some((row) => {
    const name = nameOf(row);
    if (name === "bot-started-speaking") isBotSpeaking = true;
    if (name === "bot-stopped-speaking") isBotSpeaking = false;
    return isBotSpeaking && name === "user-started-speaking";
  });
}
