import { describe, expect, test } from "vitest";

import type { DocumentInfo } from "../../extension/protocol/envelope";
import { NO_FILTER } from "../../core/filter/filter";
import { session } from "../../core/testing/session-text";
import { createStore } from "./store";

const PAGE: DocumentInfo = { documentId: "page", frameId: 0, url: "https://app.example/" };
const NEXT: DocumentInfo = { documentId: "next", frameId: 0, url: "https://app.example/next" };
const FRAME: DocumentInfo = { documentId: "frame", frameId: 7, url: "https://frame.example/" };
const TALK =
  '0 created\n1 joined Ada with Bob\n2 send {"hi":1} to *\n3 received {"re":"Hi"} from Bob';

function setup() {
  const store = createStore();
  const receive = (
    document: DocumentInfo,
    text: string,
    callId = `call of ${document.documentId}`,
  ) => {
    store.documentOpened(document);
    store.received(document.documentId, { ok: true, events: session(text, callId), invalid: 0 });
  };
  const documents = () => [
    ...new Set(store.shown.value.entries.map(({ documentId }) => documentId)),
  ];
  return { store, receive, documents };
}

describe("when the page is left", () => {
  test("its call is cleared as soon as the next one shows, whichever is heard of first", () => {
    for (const order of ["closed first", "opened first"]) {
      const { store, receive, documents } = setup();
      receive(PAGE, TALK);
      if (order === "closed first") store.documentClosed("page");
      receive(NEXT, TALK);
      if (order === "opened first") store.documentClosed("page");
      expect(documents(), order).toEqual(["next"]);
      expect(store.notice.value).toContain("4 events cleared");
    }
  });

  test("for a page without a call, the navigation alone clears it", () => {
    const { store, receive, documents } = setup();
    receive(PAGE, TALK);
    store.pageNavigated();
    store.documentClosed("page");
    expect(documents()).toEqual([]);
    expect(store.counts.value.hasDocuments).toBe(false);
  });

  test("Preserve log keeps everything", () => {
    const { store, receive, documents } = setup();
    store.preserveLog.value = true;
    receive(PAGE, TALK);
    store.pageNavigated();
    store.documentClosed("page");
    receive(NEXT, TALK);
    expect(documents()).toEqual(["page", "next"]);
    expect(store.calls.value.map(({ isLive }) => isLive)).toEqual([false, true]);
  });

  test("a frame that goes alone leaves its events", () => {
    const { store, receive, documents } = setup();
    receive(PAGE, TALK);
    receive(FRAME, TALK);
    store.documentClosed("frame");
    expect(documents()).toEqual(["page", "frame"]);
  });
});

describe("the filter", () => {
  const shown = (store: ReturnType<typeof createStore>) =>
    store.shown.value.entries.map(({ event }) => event.seq);

  test.each([
    ["", [1, 2, 3, 4]],
    ["hi", [3, 4]],
    ["hi bob", [4]],
    ["everyone", [3]],
    ["id-bob", [4]],
    ["sendappmessage", [3]],
    ["nothing of this", []],
  ])("of words: %s", (text, seqs) => {
    const { store, receive } = setup();
    receive(PAGE, TALK);
    store.filter.value = { ...store.filter.value, text };
    expect(shown(store)).toEqual(seqs);
  });

  test("of channels and calls takes in what comes later", () => {
    const { store, receive } = setup();
    receive(PAGE, TALK);
    store.filter.value = {
      ...NO_FILTER,
      channels: new Set(["app-message"]),
      callId: "call of page",
    };
    receive(FRAME, TALK);
    store.received("page", {
      ok: true,
      events: session("9 send 2 to *", "call of page", 5),
      invalid: 0,
    });
    expect(shown(store)).toEqual([3, 4, 5]);
  });
});

test("clearing takes the selection along", () => {
  const { store, receive } = setup();
  receive(PAGE, TALK);
  store.selection.choose(store.shown.value.entries[0]);
  store.clear();
  expect(store.selected.value).toBeUndefined();
  expect(store.counts.value).toMatchObject({ events: 0, hasDocuments: true });
});

test("a recording holds every event as it came, and hides tokens of addresses", async () => {
  const { store, receive } = setup();
  receive({ ...PAGE, url: "https://app.example/?t=SECRET" }, TALK);
  const file = await store.writeRecording(
    {
      recordedAt: new Date(0),
      page: { url: "https://app.example/?token=SECRET", title: "App" },
      userAgent: "test",
    },
    { entries: undefined, isMasked: false },
  );
  expect(JSON.parse(await file.text())).toEqual({
    format: "daily-recording",
    version: 1,
    recordedAt: "1970-01-01T00:00:00.000Z",
    page: { url: "https://app.example/?token=…", title: "App" },
    userAgent: "test",
    documents: [
      {
        documentId: "page",
        url: "https://app.example/?t=…",
        callIds: ["call of page"],
        dropped: 0,
      },
    ],
    events: session(TALK, "call of page"),
  });
});

test("calls of two frames with one id are two calls, and each is sent its own commands", () => {
  const sent: [string, string][] = [];
  const store = createStore({
    sendCommand(documentId, { callId }) {
      sent.push([documentId, callId]);
      return true;
    },
  });
  for (const document of [PAGE, FRAME]) {
    store.documentOpened(document);
    store.received(document.documentId, { ok: true, events: session(TALK, "same"), invalid: 0 });
  }
  expect(store.calls.value).toHaveLength(2);
  for (const { callId } of store.calls.value) {
    expect(store.entriesOf(callId)).toHaveLength(4);
    const action = { kind: "send-app-message", json: "1", to: "*" } as const;
    expect(store.commands.send(store.callOf(callId), action).ok).toBe(true);
  }
  expect(sent).toEqual([
    ["page", "same"],
    ["frame", "same"],
  ]);
});
