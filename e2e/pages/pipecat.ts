// A small client of a voice bot, as people write them with Pipecat's SDK. Connects at once: ?room=qa, or ?url=…
import { type BotOutputData, PipecatClient } from "@pipecat-ai/client-js";
import { DailyTransport } from "@pipecat-ai/daily-transport";

import { createTranscript, find, type Line, onTyped, openForm } from "./transcript";

const query = new URLSearchParams(location.search);
const url = query.get("url") ?? `${location.origin}/${query.get("room") ?? "qa"}`;
const transcript = createTranscript(find("said", HTMLOListElement));
const state = find("state", HTMLElement);

/** What the user is saying, while they do: the sentences that are final, and the line that shows it. */
let heard: { readonly line: Line; final: string } | undefined;
/** What the bot is saying, by segment, in order. */
let answer: { readonly line: Line; readonly segments: Map<number, BotOutputData> } | undefined;
let isBotSpeaking = false;

const join = (...texts: readonly string[]): string => texts.filter(Boolean).join(" ");

function hear(text: string, isFinal: boolean): void {
  heard ??= { line: transcript.add("user"), final: "" };
  heard.line.show(join(heard.final, text));
  heard.line.mark("interim", !isFinal);
  if (isFinal) heard.final = join(heard.final, text);
}

function showOutput(output: BotOutputData): void {
  answer ??= { line: transcript.add("bot"), segments: new Map() };
  answer.segments.set(output.segment_id ?? 0, output);
  const progress = [...answer.segments.values()].map(({ text, spoken_progress }) => ({
    said: spoken_progress?.accumulated_text ?? text,
    rest: spoken_progress?.remaining_text ?? "",
  }));
  answer.line.show(
    join(...progress.map(({ said }) => said)),
    join(...progress.map(({ rest }) => rest)),
  );
}

const client = new PipecatClient({
  transport: new DailyTransport(),
  enableMic: false,
  enableCam: false,
  callbacks: {
    onBotReady({ version }) {
      state.textContent = `Connected, RTVI ${version}`;
      openForm(true);
    },
    onUserStartedSpeaking() {
      state.textContent = "Listening";
      if (isBotSpeaking) answer?.line.mark("cut", true);
      answer = undefined;
      heard = undefined;
    },
    onUserTranscript: ({ text, final }) => hear(text, final),
    onUserStoppedSpeaking() {
      state.textContent = "Thinking";
      heard = undefined;
    },
    onBotStartedSpeaking() {
      state.textContent = "Speaking";
      isBotSpeaking = true;
      answer = undefined;
    },
    onBotStoppedSpeaking() {
      state.textContent = "Waiting";
      isBotSpeaking = false;
    },
    onBotOutput: showOutput,
    onLLMFunctionCallStopped: ({ function_name, result }) =>
      void transcript.add("event", `${function_name}: ${JSON.stringify(result)}`),
    onServerMessage: (data: unknown) => void transcript.add("event", JSON.stringify(data)),
    onError: ({ data }) => void transcript.add("problem", (data as { error: string }).error),
    onDisconnected() {
      state.textContent = "Disconnected";
      openForm(false);
    },
  },
});

window.client = client;
client.registerFunctionCallHandler("get_weather", async ({ arguments: { city } }) => {
  // About as long as a weather service takes.
  await new Promise((resolve) => setTimeout(resolve, 180));
  return { city, sky: "clear", celsius: 24 };
});
onTyped((text) => {
  if (isBotSpeaking) answer?.line.mark("cut", true);
  answer = undefined;
  transcript.add("user", text);
  void client.sendText(text);
});
client
  .connect({ url, userName: query.get("name") ?? "Ada" })
  .catch((error: unknown) => transcript.add("problem", String(error)));
