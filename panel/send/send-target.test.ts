import { expect, test } from "vitest";

import { CALL_ID, session } from "../../core/testing/session-text";
import { createStore } from "../shell/store";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };
const NEXT = { ...PAGE, documentId: "next" };

function setup() {
  const store = createStore();
  const open = (page: typeof PAGE, callId = CALL_ID) => {
    store.documentOpened(page);
    const events = session("0 created\n1 joined Ada with Bob", callId);
    store.received(page.documentId, { ok: true, events, invalid: 0 });
  };
  const leave = () => {
    store.pageNavigated();
    store.documentClosed(PAGE.documentId);
  };
  return { store, open, leave };
}

test("there is nothing to send through before there ever was a call", () => {
  expect(setup().store.sendTarget.scene()).toBeUndefined();
});

test("the last call stays, blocked, while the page loads anew, and the next one takes over", () => {
  const { store, open, leave } = setup();
  open(PAGE);
  expect(store.sendTarget.scene()?.call.callId).toBe(CALL_ID);
  leave();
  expect(store.calls.value).toEqual([]);
  const between = store.sendTarget.scene();
  expect(between?.call.callId).toBe(CALL_ID);
  expect(store.commands.whyNot("set-user-data", between?.call)).toBe(
    "The page is reloading or gone.",
  );
  open(NEXT, "call-2");
  const after = store.sendTarget.scene();
  expect(after?.call.callId).toBe("call-2");
  expect(store.commands.whyNot("set-user-data", after?.call)).toBeUndefined();
});

test("a call that is gone is let go of with the tab, unless something was typed", () => {
  const { store, open, leave } = setup();
  open(PAGE);
  void store.sendTarget.scene();
  leave();
  const draft = store.drafts["send-app-message"];
  const untouched = draft.value;
  draft.value = { ...untouched, text: "1", isTyped: true };
  store.sendTarget.leave();
  expect(store.sendTarget.scene()).toBeDefined();
  draft.value = untouched;
  store.sendTarget.leave();
  expect(store.sendTarget.scene()).toBeUndefined();
});
