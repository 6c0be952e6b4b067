// A small client of a voice bot, as people write them with Vapi's SDK.
import vapiModule from "@vapi-ai/web";

import { createTranscript, find, onTyped, openForm } from "./transcript";

const transcript = createTranscript(find("said", HTMLOListElement));
const state = find("state", HTMLElement);
const button = find("start", HTMLButtonElement);
// The package is CommonJS: as in Node, its default import is the module, and the class is the default of that.
const { default: Vapi } = vapiModule as unknown as { default: typeof vapiModule };
const vapi = new Vapi("a-public-key");

type VapiMessage = {
  readonly type: string;
  readonly role?: "user" | "assistant";
  readonly transcriptType?: "partial" | "final";
  readonly transcript?: string;
  readonly toolCallList?: readonly { readonly function: { readonly name: string } }[];
};

vapi.on("call-start", () => {
  button.textContent = "End call";
  state.textContent = "In a call";
  openForm(true);
});
vapi.on("call-end", () => {
  button.textContent = "Start call";
  state.textContent = "The call has ended";
  openForm(false);
});
vapi.on("message", (message: VapiMessage) => {
  const { type, role, transcriptType } = message;
  if (type === "transcript" && transcriptType === "final")
    transcript.add(role === "user" ? "user" : "bot", message.transcript);
  for (const call of message.toolCallList ?? []) transcript.add("event", call.function.name);
});
vapi.on("error", (error: unknown) => void transcript.add("problem", JSON.stringify(error)));

button.addEventListener("click", () => {
  if (button.textContent === "End call") return vapi.end();
  state.textContent = "Connecting…";
  void vapi.start("an-assistant-id");
});
onTyped((text) => {
  transcript.add("user", text);
  vapi.send({ type: "add-message", message: { role: "user", content: text } });
});
