/** Reads a recording away from the panel, which must not wait for it. */
import { readRecording, type RecordingFile } from "../../core/recording/read-recording";
import { readText } from "./read-text";
import type { FromWorker, ToWorker } from "./worker-messages";

const say = (message: FromWorker) => globalThis.postMessage(message);
let recording: RecordingFile | undefined;

async function open(file: Blob): Promise<void> {
  const text = await readText(file, (bytes) => say({ kind: "bytes", bytes }));
  if (text === undefined) {
    return say({ kind: "refused", reason: "The file is not text: a recording is JSON in UTF-8." });
  }
  const read = readRecording(text);
  if (!read.ok) return say({ kind: "refused", reason: read.reason });
  recording = read;
  say({ kind: "opened", head: read.head });
}

globalThis.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "next") {
    if (recording) say({ kind: "events", read: recording.next() });
    return;
  }
  open(data.file).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : "";
    say({ kind: "refused", reason: `The file could not be read. ${message}` });
  });
};
