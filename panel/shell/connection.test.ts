import { expect, test } from "vitest";

import type { AnnouncedDocument, Link } from "../../extension/link";
import { version } from "../../package.json";
import type { Hello } from "../../extension/protocol/envelope";
import { createOutbox } from "../../content-script/outbox";
import { connect } from "./connection";
import { createStore } from "./store";
import { session } from "../../core/testing/session-text";

const PAGE: AnnouncedDocument = {
  documentId: "page",
  frameId: 0,
  url: "https://app.example/",
  tabId: 1,
  relayId: "1-2-3-4",
  room: "",
  version,
  isOff: false,
};

/** A page with a real outbox, a link in memory that can be cut, and a panel with a real store. */
function setup() {
  const timers: (() => void)[] = [];
  const delays: number[] = [];
  let time = 0;
  const later = (run: () => void, delayMs: number) => {
    timers.push(run);
    delays.push(delayMs);
  };
  const outbox = createOutbox({ now: () => 1, later: (run) => void timers.push(run) });
  const store = createStore();
  let announce: (document: AnnouncedDocument) => void = () => {};
  let cut: () => void = () => {};
  let toPanel: (text: unknown) => void = () => {};
  let connections = 0;
  let switchedOff = 0;

  const link: Link = {
    tabId: PAGE.tabId,
    activate() {},
    switchOff: () => void switchedOff++,
    askAccess: () => Promise.resolve({ isReached: true, isAllowed: true }),
    listen: (onDocument) => void (announce = onDocument),
    probe: () => announce(PAGE),
    connect(_, onText, onClosed) {
      connections++;
      let stop = () => {};
      toPanel = onText;
      cut = () => {
        stop();
        onClosed();
      };
      return {
        send(text) {
          stop = outbox.subscribe((JSON.parse(text) as Hello).after, (batch) => {
            onText(batch);
            return true;
          });
        },
        close: () => stop(),
      };
    },
  };
  const connection = connect(link, store, later, () => time);
  return {
    store,
    switchOff: () => connection.switchOff(),
    switchedOff: () => switchedOff,
    record: (text: string) => {
      for (const { seq: _seq, at: _at, ...event } of session(text))
        outbox.push(event as Parameters<typeof outbox.push>[0]);
    },
    announce: (changes: Partial<AnnouncedDocument> = {}) => announce({ ...PAGE, ...changes }),
    cut: () => cut(),
    inject: (text: unknown) => toPanel(text),
    connections: () => connections,
    /** Waits before the link was asked for again, in milliseconds. */
    retries: () => delays,
    pass: (ms: number) => void (time += ms),
    run: () => {
      while (timers.length > 0) timers.shift()?.();
    },
    seqs: () => store.shown.value.entries.map(({ event }) => event.seq),
  };
}

test("a link that is cut is made again, and nothing is lost or doubled", () => {
  const { record, cut, run, seqs, connections, store } = setup();
  record("0 created\n1 joined Ada\n2 send 1 to *");
  run();
  record("3 send 2 to *");
  cut();
  expect(store.counts.value.isConnected).toBe(false);
  record("4 send 3 to *");
  run();
  expect(connections()).toBe(2);
  expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  expect(store.counts.value).toMatchObject({ dropped: 0, isConnected: true });
});

test("a document that announces itself again while connected changes nothing", () => {
  const { record, announce, run, connections, seqs } = setup();
  record("0 created");
  run();
  announce();
  run();
  expect(connections()).toBe(1);
  expect(seqs()).toEqual([1]);
});

test("what a page of another make sends is counted and told, and the session goes on", () => {
  const { record, inject, run, store, seqs } = setup();
  record("0 created");
  run();
  inject({ not: "a text" });
  inject("garbage");
  inject(JSON.stringify({ protocol: 99, events: [] }));
  inject(JSON.stringify({ protocol: 1, events: [{ kind: "unheard-of" }] }));
  record("1 joined Ada");
  run();
  expect(store.problems.value).toEqual({
    count: 4,
    last: "an event did not have the shape of its kind",
  });
  expect(seqs()).toEqual([1, 2]);
});

test("the wait before the next try grows, and starts over after a link that stood", () => {
  const { cut, run, pass, retries } = setup();
  for (let i = 0; i < 4; i++) {
    cut();
    run();
  }
  expect(retries()).toEqual([100, 200, 400, 800]);
  pass(60_000); // An idle call in Firefox: nothing came over the link, yet it was a good one.
  cut();
  run();
  expect(retries().at(-1)).toBe(100);
});

test("switched off, nothing more is taken in, and what was recorded stays, until a new page is there", () => {
  const { store, record, run, seqs, announce, switchOff, switchedOff, connections } = setup();
  record("0 created\n1 joined Ada");
  run();
  switchOff();
  expect(switchedOff()).toBe(1);
  expect(store.outOfReach.value).toEqual({ kind: "off" });
  record("2 send 1 to *");
  announce({ isOff: true });
  run();
  expect(connections()).toBe(1);
  expect(seqs()).toEqual([1, 2]);
  expect(store.calls.value[0]?.label).toContain("inspector off");
  expect(store.commands.whyNot("set-user-data", store.shownCall())).toMatch(/off on this page/);

  // A frame that is loaded now has to be told.
  announce({ documentId: "frame", frameId: 5 });
  expect(switchedOff()).toBe(2);
  expect(connections()).toBe(1);

  announce({ documentId: "next page" });
  run();
  expect(store.outOfReach.value).toBeUndefined();
  expect(connections()).toBe(2);
});

test("a panel that opens on a page that is off says so and asks for nothing", () => {
  const { store, announce, connections } = setup();
  announce({ documentId: "other", isOff: true });
  expect(store.outOfReach.value).toEqual({ kind: "off" });
  expect(connections()).toBe(1);
});

test("the hook of another version is recognised, and what it captures is shown all the same", () => {
  const { store, announce, connections } = setup();
  announce({ documentId: "from before", version: "" });
  expect(store.outOfReach.value).toEqual({ kind: "outdated" });
  expect(connections()).toBe(2);
});

test("another tab that is switched off isn't a seat any more, and says nothing about the page", () => {
  const { store, record, run, announce, connections } = setup();
  record("0 created\n1 joined Ada");
  run();
  announce({ documentId: "other tab", tabId: 2, isOff: true, room: "https://you.daily.co/qa" });
  expect(store.outOfReach.value).toBeUndefined();
  expect(connections()).toBe(1);
});
