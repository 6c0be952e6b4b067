import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { outcomeLabel } from "../../core/delivery/outcome-text";
import type { Entry } from "../../core/session/session-log";
import { session } from "../../core/testing/session-text";
import { createStore } from "./store";

const START = Date.UTC(2026, 0, 1, 12);

beforeEach(() => vi.useFakeTimers({ now: START, toFake: ["Date", "performance"] }));
afterEach(() => vi.useRealTimers());

/** A panel of Ada's page that has Bob's tab in view, in a time that goes on when it is told to. */
function setup() {
  const store = createStore();
  const seqs = { ada: 1, bob: 1 };
  const open = (of: "ada" | "bob") =>
    store.documentOpened(
      { documentId: of, frameId: 0, url: `https://${of}.example/` },
      of === "bob" ? { kind: "tab", tabId: 2 } : undefined,
    );
  /** Sentences of a document, with times in ms of the session. */
  function says(of: "ada" | "bob", text: string): void {
    const events = session(text, `call-${of}`, seqs[of]);
    seqs[of] += events.length;
    store.received(of, { ok: true, events, invalid: 0 });
  }
  function passTo(ms: number): void {
    vi.advanceTimersByTime(START + ms - Date.now());
  }
  open("ada");
  says("ada", "0 joined Ada with Bob");
  const message = () =>
    store.live.log.entries.find(({ event }) => event.kind === "method-called") as Entry;
  const shownWith = (text: string): (() => number) => {
    store.filter.value = { ...store.filter.value, text };
    return () => store.shown.value.entries.length;
  };
  return {
    store,
    open,
    says,
    passTo,
    shownWith,
    label: () => outcomeLabel(store.deliveryOf(message())),
    verdict: () => store.deliveryOf(message())?.receptions[0]?.verdict.kind,
  };
}

function setupBoth() {
  const panel = setup();
  panel.open("bob");
  panel.says("bob", "5 joined Bob with Ada");
  return panel;
}

test("a message is lost when its recipient says for long enough that it runs, though no page has anything to tell", () => {
  const { says, passTo, store, verdict } = setupBoth();
  says("ada", "100 send 1 to *");
  expect(verdict()).toBe("waiting");
  for (const ms of [1_500, 6_000]) {
    passTo(ms);
    store.documentAnswered("bob");
    expect(verdict()).toBe("waiting");
  }
  passTo(6_600);
  store.documentAnswered("bob");
  expect(verdict()).toBe("lost");
});

test("so is user data; and a seat that says nothing else is asked whether it runs", () => {
  const { says, passTo, store, verdict } = setupBoth();
  says("ada", `100 user-data {"hand":"up"}\n101 settles 2 resolved object`);
  store.tick();
  passTo(3_000);
  expect(store.tick()).toContain(2);
  for (const ms of [3_000, 9_000, 10_500]) {
    passTo(ms);
    expect(verdict()).toBe("waiting");
    store.documentAnswered("bob");
  }
  expect(verdict()).toBe("lost");
});

test("a filter for what became of messages follows it", () => {
  const { says, passTo, store, shownWith } = setupBoth();
  says("ada", "100 send 1 to *\n110 send 2 to *");
  const waiting = shownWith("delivered:waiting");
  expect(waiting()).toBe(2);
  says("bob", "130 received 1 from Ada");
  expect(waiting()).toBe(1);
  for (const ms of [1_000, 7_000]) {
    passTo(ms);
    store.documentAnswered("bob");
  }
  expect(waiting()).toBe(0);
  expect(shownWith("delivered:none")()).toBe(1);
  expect(shownWith("delivered:all")()).toBe(1);
});

test("a filter notices that what has come comes again", () => {
  const { says, shownWith } = setupBoth();
  says("ada", "100 send 1 to *");
  says("bob", "130 received 1 from Ada");
  const doubled = shownWith("delivered:doubled");
  expect(doubled()).toBe(0);
  says("bob", "140 received 1 from Ada");
  expect(doubled()).toBe(1);
});

test("a seat that comes into view late tells of old messages, to a filter as well", () => {
  const { open, says, shownWith, label } = setup();
  says("ada", "100 send 1 to *\n90000 send 2 to *");
  const delivered = shownWith("delivered:all");
  expect(delivered()).toBe(0);
  open("bob");
  // In pieces, as a page sends its history.
  says("bob", "5 joined Bob with Ada");
  says("bob", "130 received 1 from Ada");
  expect(delivered()).toBe(1);
  expect(label()).toBe("1 of 1 · 30 ms");
  says("bob", "90020 received 2 from Ada");
  expect(delivered()).toBe(2);
});

test("a seat that loses its oldest events leaves all else as it is", () => {
  const { says, store, label } = setupBoth();
  says("ada", "100 send 1 to *");
  says("bob", "130 received 1 from Ada");
  const oldest = store.live.log.ofCall.get("call-bob")?.[0] as Entry;
  store.filter.value = { ...store.filter.value, isRoomWide: true };
  store.selection.choose(oldest);
  store.moment.value = { callId: "call-ada", seq: 1 };
  const { generation } = store.live;
  const before = generation.value;
  says("bob", `1000 50000 times every 1: received {"n":$n} from Cy`);
  expect(store.seats.value).toMatchObject([{ events: 47_501, folded: 2_501 }]);
  expect(generation.value).toBe(before);
  expect(store.moment.value).toBeDefined();
  // What is gone can't be chosen any more. What it told is still known for a while.
  expect(store.selected.value).toBeUndefined();
  expect(label()).toBe("1 of 1 · 30 ms");
  expect(store.shown.value.entries).not.toContain(oldest);
});
