import type { ReadEvents, ReadHead } from "../../core/recording/read-recording";
import type { RecordingReader } from "./recording-import";

/** A reader of recordings that works in a thread of its own. Each reader reads one file. */
export function openInWorker(): RecordingReader {
  const worker = new Worker(new URL("./recording.worker.ts", import.meta.url), { type: "module" });
  const ask = (message: ToWorker) => worker.postMessage(message);
  let hear: (message: FromWorker) => void = () => {};
  let fail: (error: Error) => void = () => {};
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data);
  worker.onerror = () => fail(new Error("The file could not be read: it may be too large."));

  return {
    open: (file, onBytes) =>
      new Promise<ReadHead>((resolve, reject) => {
        fail = reject;
        hear = (message) => {
          if (message.kind === "bytes") onBytes(message.bytes);
          if (message.kind === "opened") resolve(message.head);
          if (message.kind === "refused") reject(new Error(message.reason));
        };
        ask({ kind: "open", file });
      }),
    next: () =>
      new Promise<ReadEvents>((resolve, reject) => {
        fail = reject;
        hear = (message) => {
          if (message.kind === "events") resolve(message.read);
        };
        ask({ kind: "next" });
      }),
    close() {
      worker.terminate();
      fail(new Error("Cancelled."));
    },
  };
}

/** What the panel asks of the worker that reads a file. */
export type ToWorker = { readonly kind: "open"; readonly file: Blob } | { readonly kind: "next" };

/** What it answers: to `open` how far it is and then the head or a refusal, to each `next` some events. */
export type FromWorker =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "opened"; readonly head: ReadHead }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "events"; readonly read: ReadEvents };
