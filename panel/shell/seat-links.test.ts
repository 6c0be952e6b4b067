import { effect, untracked } from "@preact/signals";
import { describe, expect, test } from "vitest";

import type { AnnouncedDocument, Link } from "../../extension/link";
import { version } from "../../package.json";
import type { Hello } from "../../extension/protocol/envelope";
import { createOutbox } from "../../content-script/outbox";
import { connect } from "./connection";
import { createStore } from "./store";
import { session } from "../../core/testing/session-text";
import { entryLists } from "../../core/session/session-log";

/** The room that `joined` of a session in words joins. */
const ROOM = "https://you.daily.co/qa";
const BOB_TAB = 2;

/** A document of any tab, with a real outbox, and whether it is still there. */
function openPage(tabId: number, documentId: string, later: (run: () => void) => void) {
  const outbox = createOutbox({ now: () => 1, later });
  let callId = 0;
  return {
    tabId,
    documentId,
    outbox,
    room: "",
    isThere: true,
    /** What each of its links was asked to continue after. */
    asked: [] as number[],
    /** How to cut the links that it has. */
    links: new Set<() => void>(),
    /** A call that joins, and what it does then. */
    joins(name: string, then = "") {
      this.says(
        `0 created\n1 joined ${name} with Ada, Bob\n${then}`,
        `call-${documentId}-${++callId}`,
      );
      this.room = ROOM;
    },
    says(text: string, of = `call-${documentId}-${callId}`) {
      for (const { seq: _seq, at: _at, ...event } of session(text, of))
        outbox.push(event as Parameters<typeof outbox.push>[0]);
    },
  };
}
type Page = ReturnType<typeof openPage>;

/** A browser with several tabs, of which the panel inspects the first: with a real store, as `main` puts it together. */
function setupBrowser() {
  const timers: (() => void)[] = [];
  const later = (run: () => void) => void timers.push(run);
  const pages: Page[] = [];
  const store = createStore();
  const activated: number[] = [];
  let hear: (document: AnnouncedDocument) => void = () => {};
  const announce = ({ documentId, tabId, room }: Page) =>
    hear({
      documentId,
      tabId,
      room,
      relayId: documentId,
      frameId: 0,
      url: `https://${documentId}/`,
      version,
      isOff: false,
    });

  const link: Link = {
    tabId: 1,
    activate: (tabId) => void activated.push(tabId),
    switchOff() {},
    askAccess: () => Promise.resolve({ isReached: true, isAllowed: true }),
    listen: (onDocument) => void (hear = onDocument),
    probe(tabId) {
      for (const page of pages)
        if (page.isThere && (tabId === "all" || page.tabId === tabId)) announce(page);
    },
    connect({ documentId }, onText, onClosed) {
      const page = pages.find((each) => each.documentId === documentId) as Page;
      let stop = () => {};
      const end = () => {
        stop();
        page.links.delete(cut);
      };
      function cut() {
        end();
        onClosed();
      }
      page.links.add(cut);
      if (!page.isThere) later(cut);
      return {
        send(text) {
          const { after } = JSON.parse(text) as Hello;
          page.asked.push(after);
          stop = page.outbox.subscribe(after, (batch) => (onText(batch), true));
        },
        close: end,
      };
    },
  };
  const connection = connect(link, store, later);
  effect(() => {
    void [store.rooms.value, store.watchesTabs.value];
    untracked(() => connection.reviewSeats());
  });
  const run = () => {
    while (timers.length > 0) timers.shift()?.();
  };
  return {
    store,
    run,
    open(tabId: number, documentId: string): Page {
      const page = openPage(tabId, documentId, later);
      pages.push(page);
      return page;
    },
    announce(page: Page) {
      announce(page);
      run();
    },
    close(page: Page) {
      page.isThere = false;
      for (const cut of page.links) cut();
      run();
    },
    seats: () => store.seats.value.map(({ name, isLive }) => `${name}${isLive ? "" : ", gone"}`),
    /** What is in view of a document, by its numbers. */
    seqs: (documentId: string) =>
      entryLists(store.live.log).flatMap(({ entries }) =>
        entries.flatMap((entry) => (entry.documentId === documentId ? [entry.event.seq] : [])),
      ),
  };
}

/** Ada's page, which is inspected, and Bob's in another tab of the same room, who has said something. */
function setupTwo() {
  const browser = setupBrowser();
  const ada = browser.open(1, "ada");
  const bob = browser.open(BOB_TAB, "bob");
  ada.joins("Ada");
  bob.joins("Bob", "2 send 1 to *");
  return { ...browser, ada, bob };
}

describe("other tabs", () => {
  test("are linked when they are in a room of the page, whoever joined first", () => {
    const { announce, ada, bob, seats, seqs } = setupTwo();
    announce(bob);
    expect(bob.links.size).toBe(0);
    announce(ada);
    expect(seats()).toEqual(["Bob"]);
    expect(seqs("bob")).toEqual([1, 2, 3]);
  });

  test("are left alone when they are in no room of the page", () => {
    const { announce, ada, bob, open, seats, store } = setupTwo();
    announce(ada);
    const [eve, lobby] = [open(3, "eve"), open(4, "lobby")];
    eve.joins("Eve");
    eve.room = `${ROOM}-other`;
    announce(eve);
    // It has a call that hasn't joined anything.
    announce(lobby);
    expect([eve.links.size, lobby.links.size]).toEqual([0, 0]);
    expect([...store.live.log.documents.keys()]).toEqual(["ada"]);
    announce(bob);
    expect(seats()).toEqual(["Bob"]);
  });

  test("are unlinked when they go to another room, and linked again when they come back", () => {
    const { announce, ada, bob, seats, seqs } = setupTwo();
    for (const page of [ada, bob]) announce(page);
    bob.room = `${ROOM}-other`;
    announce(bob);
    expect(bob.links.size).toBe(0);
    expect(seats()).toEqual(["Bob, gone"]);
    bob.says("9 send 2 to *");
    expect(seqs("bob")).toEqual([1, 2, 3]);
    bob.room = ROOM;
    announce(bob);
    expect(seats()).toEqual(["Bob"]);
    expect(seqs("bob")).toEqual([1, 2, 3, 4]);
    expect(bob.asked).toEqual([0, 3]);
  });

  test("are unlinked when they aren't to be watched, and only they", () => {
    const { announce, run, ada, bob, seats, seqs, store } = setupTwo();
    for (const page of [ada, bob]) announce(page);
    store.watchesTabs.value = false;
    expect([ada.links.size, bob.links.size]).toEqual([1, 0]);
    expect(seats()).toEqual(["Bob, gone"]);
    // One that comes now isn't looked at either.
    announce(bob);
    for (const page of [ada, bob]) page.says("9 send 2 to *");
    run();
    expect([seqs("ada"), seqs("bob")]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    store.watchesTabs.value = true;
    run();
    expect(seats()).toEqual(["Bob"]);
    expect(seqs("bob")).toEqual([1, 2, 3, 4]);
  });

  test("that are cut go on after the last event that the panel has", () => {
    const { announce, run, ada, bob, seats, seqs } = setupTwo();
    for (const page of [ada, bob]) announce(page);
    for (const cut of bob.links) cut();
    expect(seats()).toEqual(["Bob, gone"]);
    bob.says("9 send 2 to *");
    run();
    expect(seats()).toEqual(["Bob"]);
    expect(bob.asked).toEqual([0, 3]);
    expect(seqs("bob")).toEqual([1, 2, 3, 4]);
  });

  test("end with their page, and the page that follows in the tab is another seat", () => {
    const { announce, close, open, ada, bob, seats } = setupTwo();
    for (const page of [ada, bob]) announce(page);
    close(bob);
    const next = open(BOB_TAB, "bob-2");
    next.joins("Bob");
    announce(next);
    expect(seats()).toEqual(["Bob, gone", "Bob"]);
  });

  test("keep what they have when the page shows its own events only", () => {
    const { announce, ada, bob, store } = setupTwo();
    for (const page of [ada, bob]) announce(page);
    expect(store.shown.value.entries.map(({ documentId }) => documentId)).toEqual(["ada", "ada"]);
    store.filter.value = { ...store.filter.value, isRoomWide: true };
    expect(new Set(store.shown.value.entries.map(({ documentId }) => documentId))).toEqual(
      new Set(["ada", "bob"]),
    );
  });
});

describe("when the inspected page is reloaded, others", () => {
  /** What comes when it is left, in the orders in which browsers tell of it. */
  const ORDERS: readonly string[][] = [
    ["closed", "navigated", "announced", "joined"],
    ["navigated", "closed", "announced", "joined"],
    ["announced", "closed", "navigated", "joined"],
    ["announced", "navigated", "closed", "joined"],
    ["announced", "joined", "closed", "navigated"],
    ["announced", "joined", "navigated", "closed"],
  ];

  function reload(order: readonly string[], isLogPreserved: boolean) {
    const browser = setupTwo();
    const { announce, close, open, ada, bob, store, run } = browser;
    for (const page of [ada, bob]) announce(page);
    store.preserveLog.value = isLogPreserved;
    const next = open(1, "ada-2");
    for (const step of order) {
      if (step === "closed") close(ada);
      else if (step === "navigated") {
        store.pageNavigated();
        announce(next); // It is probed then.
      } else {
        if (step === "joined") next.joins("Ada");
        announce(next);
      }
    }
    bob.says("20 send 2 to *");
    run();
    return browser;
  }

  test.each(ORDERS)("come back with their history: %s, %s, %s, %s", (...order) => {
    const { seats, seqs, bob } = reload(order, false);
    expect(seqs("ada")).toEqual([]);
    expect(seqs("ada-2")).toEqual([1, 2]);
    expect(seats()).toEqual(["Bob"]);
    expect(seqs("bob")).toEqual([1, 2, 3, 4]);
    expect(bob.links.size).toBe(1);
  });

  test.each(ORDERS)("stay with Preserve log: %s, %s, %s, %s", (...order) => {
    const { seats, seqs, bob } = reload(order, true);
    expect(seqs("ada")).toEqual([1, 2]);
    expect(seats()).toEqual(["Bob"]);
    expect(seqs("bob")).toEqual([1, 2, 3, 4]);
    expect(bob.asked).toEqual([0]);
  });

  test("are gone for as long as it hasn't joined", () => {
    const { seats, seqs, bob } = reload(["closed", "navigated", "announced"], false);
    expect(seats()).toEqual([]);
    expect(seqs("bob")).toEqual([]);
    expect(bob.links.size).toBe(0);
  });
});
