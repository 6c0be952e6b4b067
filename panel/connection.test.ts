import { expect, test } from "vitest";

import type { DocumentInfo, Link } from "../extension/link";
import type { Hello } from "../extension/protocol/envelope";
import { createOutbox } from "../content-script/outbox";
import { connect } from "./connection";
import { createStore } from "./store/store";
import { session } from "./store/session-text";

const PAGE: DocumentInfo = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** A page with a real outbox, a link in memory that can be cut, and a panel with a real store. */
function setup() {
  const timers: (() => void)[] = [];
  const later = (run: () => void) => void timers.push(run);
  const outbox = createOutbox({ now: () => 1, later });
  const store = createStore();
  let announce: (document: DocumentInfo) => void = () => {};
  let cut: () => void = () => {};
  let toPanel: (text: unknown) => void = () => {};
  let connections = 0;

  const link: Link = {
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
          stop = outbox.subscribe((JSON.parse(text) as Hello).after, onText);
        },
      };
    },
  };
  connect(link, store, later);
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
    run: () => {
      while (timers.length > 0) timers.shift()?.();
    },
    seqs: () => store.shown.value.entries.map(({ event }) => event.seq),
  };
}

test("a link that is cut is made anew, and nothing is lost or doubled", () => {
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
