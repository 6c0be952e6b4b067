import { expect, test } from "vitest";

import { fileOf, INFO, imported, openHere, storeOf } from "../testing/recording-files";
import { createRecordingImport, MAX_FILE_BYTES, type RecordingReader } from "./recording-import";
import { readText } from "./recording.worker";
import { session } from "../../core/testing/session-text";

const TALK = session('0 created\n1 joined Ada with Bob\n2 send {"hi":1} to *\n3 left Bob');
const LONG = session(
  Array.from({ length: 1_200 }, (_, n) => `${n} received ${n} from Bob`).join("\n"),
);

test("the page's session goes on unseen, and comes back as it is by then", async () => {
  const live = storeOf(TALK.slice(0, 2));
  const { store } = await imported(fileOf(TALK), live);
  expect(store.session.value.source).toMatchObject({ name: "session.json", leftOut: 0 });
  expect(store.counts.value.events).toBe(4);
  store.received("document-0", { ok: true, events: TALK.slice(2), invalid: 0 });
  expect(store.liveMeanwhile.value).toBe(2);
  expect(store.counts.value.events).toBe(4);
  store.clear();
  expect(store.counts.value.events).toBe(4);
  expect(store.commands.whyNot("send-app-message", store.shownCall())).toContain("recording");

  store.backToLive();
  expect(store.isLive.value).toBe(true);
  expect(store.session.value.log.entries.map(({ event }) => event)).toEqual(TALK);
});

test("time stands still in a recording: what waited then still waits", async () => {
  const { store } = await imported(fileOf(TALK));
  expect(store.now.value).toBe(INFO.recordedAt.getTime());
});

test("a second file takes the place of the first, and both leave the live session alone", async () => {
  const { store } = await imported(fileOf(TALK), storeOf(TALK.slice(0, 1)));
  await imported(fileOf(LONG), store);
  expect(store.counts.value.events).toBe(1_200);
  store.backToLive();
  expect(store.counts.value.events).toBe(1);
});

test("a file is kept whole, whatever the log of a page may hold", async () => {
  const store = storeOf(TALK);
  store.limits.value = { events: 1_000, payloadChars: 1_000_000 };
  await imported(fileOf(LONG), store);
  expect(store.counts.value).toMatchObject({ events: 1_200, folded: 0 });
});

test("a file that is too large is not even opened", async () => {
  const imports = createRecordingImport(storeOf(), () => expect.unreachable());
  const file = new File([""], "huge.json");
  Object.defineProperty(file, "size", { value: MAX_FILE_BYTES + 1 });
  await imports.open(file);
  expect(imports.state.value).toMatchObject({
    kind: "failed",
    reason: "The file is too large: 257 MB; up to 256 MB can be read.",
  });
});

test("a file is read in UTF-8 and in UTF-16, and what isn't text is told from it", async () => {
  const read = (...bytes: number[]) => readText(new Blob([new Uint8Array(bytes)]), () => {});
  expect(await read(0x7b, 0x7d)).toBe("{}");
  expect(await read(0xef, 0xbb, 0xbf, 0x7b, 0x7d)).toBe("{}");
  expect(await read(0xff, 0xfe, 0x7b, 0, 0x7d, 0)).toBe("{}");
  expect(await read(0xfe, 0xff, 0, 0x7b, 0, 0x7d)).toBe("{}");
  expect(await read(0x89, 0x50, 0x4e, 0x47)).toBeUndefined();
});

/** A reader that calls back before it hands over its n-th events. */
function openAndCall(n: number, call: () => void): () => RecordingReader {
  return () => {
    const reader = openHere();
    let asked = 0;
    return {
      ...reader,
      next() {
        if (++asked === n) call();
        return reader.next();
      },
    };
  };
}

test.each([1, 2, 3])("cancelled at part %i, it leaves everything as it was", async (n) => {
  const store = storeOf(TALK);
  const before = store.session.value;
  const imports = createRecordingImport(
    store,
    openAndCall(n, () => imports.cancel()),
  );
  await imports.open(new File([fileOf(LONG)], "long.json"));
  expect(imports.state.value).toBeUndefined();
  expect(store.session.value).toBe(before);
});

test("a reader that fails on the way is told, and leaves everything as it was", async () => {
  const store = storeOf(TALK);
  const imports = createRecordingImport(
    store,
    openAndCall(2, () => {
      throw new Error("Out of memory.");
    }),
  );
  await imports.open(new File([fileOf(LONG)], "long.json"));
  expect(imports.state.value).toMatchObject({ kind: "failed", reason: "Out of memory." });
  expect(store.isLive.value).toBe(true);
});

test("of two files opened at once the later one is shown", async () => {
  const store = storeOf(TALK);
  let second: Promise<void> | undefined;
  let opened = 0;
  const open = openAndCall(1, () => {
    second ??= imports.open(new File([fileOf(TALK)], "second.json"));
  });
  const imports = createRecordingImport(store, () => (opened++ === 0 ? open() : openHere()));
  await imports.open(new File([fileOf(LONG)], "first.json"));
  await second;
  expect(store.session.value.source?.name).toBe("second.json");
  expect(store.counts.value.events).toBe(4);
});
