import type { ReadEvents, ReadHead } from "../../core/recording/read-recording";

/** What the panel asks of the worker that reads a file. */
export type ToWorker = { readonly kind: "open"; readonly file: Blob } | { readonly kind: "next" };

/** What it answers: to `open` how far it is and then the head or a refusal, to each `next` some events. */
export type FromWorker =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "opened"; readonly head: ReadHead }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "events"; readonly read: ReadEvents };
