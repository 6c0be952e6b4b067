/** Reads a recording away from the panel, which must not wait for it. */
import { readRecording, type RecordingFile } from "../../core/recording/read-recording";
import { encodingOf } from "../../core/lib/decode-text";
import { importProblem } from "./import-problem";
import type { FromWorker, ToWorker } from "./open-in-worker";

const say = (message: FromWorker) => globalThis.postMessage(message);
let recording: RecordingFile | undefined;

async function open(file: Blob): Promise<void> {
  const text = await readText(file, (bytes) => say({ kind: "bytes", bytes }));
  if (text === undefined) {
    return say({ kind: "refused", reason: "The file is not text: a recording is JSON in UTF-8." });
  }
  const read = readRecording(text);
  if (!read.ok) return say({ kind: "refused", reason: importProblem(read) });
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

const PIECE_BYTES = 8 * 1_048_576;

/** The text of a file, piece by piece; undefined when it is not text. Rejects when the file cannot be read. */
export async function readText(
  file: Blob,
  onBytes: (bytes: number) => void,
): Promise<string | undefined> {
  const beginning = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const decoder = new TextDecoder(encodingOf(beginning), { fatal: true });
  let text = "";
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = await file.slice(at, at + PIECE_BYTES).arrayBuffer();
    const isLast = at + PIECE_BYTES >= file.size;
    try {
      text += decoder.decode(piece, { stream: !isLast });
    } catch {
      return undefined;
    }
    onBytes(Math.min(file.size, at + PIECE_BYTES));
  }
  return text;
}
