/** Exports and imports for tests: everything but the worker and the browser's files dialog. */
import type { PageEvent } from "../../extension/protocol/event";
import { readRecording } from "../../core/recording/read-recording";
import type { Recording } from "../../core/recording/recording";
import { importProblem } from "../recording/import-problem";
import { createRecordingImport, type RecordingReader } from "../recording/recording-import";
import { createStore, type Store } from "../shell/store";
import type { ExportOptions } from "../../core/recording/write-recording";

export const INFO = {
  recordedAt: new Date(Date.UTC(2026, 0, 1, 13)),
  page: { url: "https://app.example/", title: "App" },
  userAgent: "test",
};
const ALL: ExportOptions = { entries: undefined, isMasked: false };

/** A reader that reads in the same thread. */
export function openHere(): RecordingReader {
  let read: ReturnType<typeof readRecording> = { ok: false, reason: "Nothing was opened." };
  return {
    async open(file, onBytes) {
      read = readRecording(await file.text());
      onBytes(file.size);
      if (!read.ok) throw new Error(importProblem(read));
      return read.head;
    },
    next: () => (read.ok ? Promise.resolve(read.next()) : Promise.reject(new Error(read.reason))),
    close() {},
  };
}

/** A store with these events of a page. */
export function storeOf(...documents: readonly (readonly PageEvent[])[]): Store {
  const store = createStore();
  for (const [frameId, events] of documents.entries()) {
    const documentId = `document-${frameId}`;
    store.documentOpened({ documentId, frameId, url: "https://app.example/" });
    store.received(documentId, { ok: true, events, invalid: 0 });
  }
  return store;
}

/** The text of an export. */
export const exported = async (store: Store, options: Partial<ExportOptions> = {}) =>
  (await store.writeRecording(INFO, { ...ALL, ...options })).text();

/** A store in which a file was opened, and what is said about it. */
export async function imported(text: string, into: Store = createStore()) {
  const imports = createRecordingImport(into, openHere);
  await imports.open(new File([text], "session.json"));
  return { store: into, state: imports.state.value };
}

/** Adds a file beside what a store shows; resolves to what is said about it, nothing when it went well. */
export async function added(text: string, to: Store, name = "bob.json") {
  const imports = createRecordingImport(to, openHere);
  await imports.open(new File([text], name), "add");
  return imports.state.value;
}

/** A recording of these events, whatever they are. */
export const fileOf = (events: readonly unknown[], more: Partial<Recording> = {}): string =>
  JSON.stringify({
    format: "daily-recording",
    version: 1,
    recordedAt: INFO.recordedAt.toISOString(),
    page: INFO.page,
    userAgent: "test",
    documents: [
      { documentId: "page", url: "https://app.example/", callIds: ["call-1"], dropped: 0 },
    ],
    ...more,
    events,
  });
