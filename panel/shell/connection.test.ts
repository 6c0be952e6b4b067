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

  const link: Link = {
    tabId: PAGE.tabId,
    activate() {},
    switchOff() {},
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
  connect(link, store, later, () => time);
  return {
    store,
    record: (text: string) => {
      for (const { seq: _seq, at: _at, ...event } of session(text))
        outbox.push(event as Parameters<typeof outbox.push>[0]);
    },
    announce: () => announce(PAGE),
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
