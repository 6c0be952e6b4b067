import { describe, expect, test } from "vitest";

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

test("the last call stays, blocked, while the page loads again, and the next one takes over", () => {
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

test("a call of the same room takes over before a later one of another room", () => {
  const { store, open, leave } = setup();
  open(PAGE);
  void store.sendTarget.scene();
  leave();
  open(NEXT, "same-room");
  const other = session("5 created\n6 joined Ada", "other-room", 3).map((event) =>
    "room" in event ? { ...event, room: "https://you.daily.co/other" } : event,
  );
  store.received(NEXT.documentId, { ok: true, events: other, invalid: 0 });
  expect(store.calls.value.map(({ place }) => place)).toEqual([
    "you.daily.co/qa",
    "you.daily.co/other",
  ]);
  expect(store.sendTarget.current()).toMatchObject({
    callId: "same-room",
    insteadOf: "The call Ada · you.daily.co/qa",
  });
});

test("a call that is gone is dropped with the tab, unless something was typed", () => {
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

describe("another tab of the room", () => {
  const BOB = { documentId: "bob", frameId: 0, url: "https://app.example/bob" };
  function withBob() {
    const { store, open, leave } = setup();
    open(PAGE);
    const openBob = () => {
      store.documentOpened(BOB, { kind: "tab", tabId: 2 });
      const events = session("0 created\n1 joined Bob with Ada", "call-bob");
      store.received("bob", { ok: true, events, invalid: 0 });
    };
    openBob();
    const target = () => {
      const { label, callId, insteadOf } = store.sendTarget.current() ?? {};
      return [callId, label, insteadOf].filter(Boolean).join(", ");
    };
    return { store, open, leave, openBob, target };
  }
  const OWN = `${CALL_ID}, Ada · you.daily.co/qa`;

  test("is sent from once it is chosen, and no more once this page is", () => {
    const { store, target } = withBob();
    expect(store.sendTarget.seats()).toEqual([{ callId: "call-bob", label: "Bob’s tab" }]);
    expect(target()).toBe(OWN);
    store.sendTarget.sendFrom("call-bob");
    expect(target()).toBe("call-bob, Bob’s tab");
    expect(store.sendTarget.scene()?.call.callId).toBe("call-bob");
    store.sendTarget.sendFrom(undefined);
    expect(target()).toBe(OWN);
  });

  test("that closes gives way to this page, says so, and isn't gone back to by itself", () => {
    const { store, target, openBob } = withBob();
    store.sendTarget.sendFrom("call-bob");
    expect(target()).toBe("call-bob, Bob’s tab");
    store.documentClosed("bob");
    expect(store.sendTarget.seats()).toEqual([]);
    expect(target()).toBe(`${OWN}, Bob’s tab`);
    openBob();
    expect(target()).toBe(`${OWN}, Bob’s tab`);
    store.sendTarget.seen();
    expect(target()).toBe(OWN);
  });

  test("is named instead of a call that is chosen in the toolbar, too", () => {
    const { store, target } = withBob();
    store.filter.value = { ...store.filter.value, callId: CALL_ID };
    store.sendTarget.sendFrom("call-bob");
    void target();
    store.documentClosed("bob");
    expect(target()).toBe(`${OWN}, Bob’s tab`);
  });

  test("takes what was started from one of its rows, and this page what was from its own", () => {
    const { store, target } = withBob();
    store.compose("send-app-message", { text: "1" }, "call-bob");
    expect(target()).toBe("call-bob, Bob’s tab");
    store.compose("send-app-message", { text: "2" }, CALL_ID);
    expect(target()).toBe(OWN);
  });

  test("says in the words of that tab what is in the way", () => {
    const { store } = withBob();
    store.received("bob", { ok: true, events: session("9 leaves", "call-bob", 3), invalid: 0 });
    const bob = store.freshCall("call-bob");
    expect(store.commands.whyNot("send-app-message", bob)).toBe(
      "Bob’s tab isn’t in the call now. Join there to send.",
    );
    store.documentClosed("bob");
    expect(store.commands.whyNot("set-user-data", bob)).toBe("Bob’s tab is reloading or gone.");
  });

  test("in a recording can't be sent from", () => {
    const { store, open } = setup();
    open(PAGE);
    store.documentOpened(BOB, { kind: "recording", name: "b.json", clock: { kind: "unknown" } });
    const events = session("0 created\n1 joined Bob with Ada", "call-bob");
    store.received("bob", { ok: true, events, invalid: 0 });
    expect(store.sendTarget.seats()).toEqual([]);
    expect(
      store.commands.send(store.freshCall("call-bob"), { kind: "set-user-data", json: "1" }),
    ).toEqual({ ok: false, reason: "This is from a recording: there is no page to send it from." });
  });
});
