import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { NO_FILTER } from "../filter/filter";
import { added, exported, fileOf, imported, storeOf } from "../../panel/testing/recording-files";
import type { Store } from "../../panel/shell/store";
import { printRows } from "../testing/print-rows";
import { session } from "../testing/session-text";
import type { Recording } from "./recording";

const PEOPLE = ["Ada", "Bob", "Cy"] as const;

const step = fc.record({
  from: fc.constantFrom(0, 1, 2),
  what: fc.constantFrom("message", "message", "to one", "user data", "session data", "leaves"),
  n: fc.integer({ min: 1, max: 40 }),
  gapMs: fc.constantFrom(20, 300, 9_000),
  /** How long it takes to each, in ms: 0 for never. */
  tookMs: fc.array(fc.constantFrom(0, 5, 30, 120), { minLength: 3, maxLength: 3 }),
});

/** One session as each of three people see it. */
const room = fc.array(step, { maxLength: 25 }).map((steps) => {
  const lines = PEOPLE.map((me) => [
    "0 created",
    `1 joined ${me} with ${PEOPLE.filter((each) => each !== me).join(", ")}`,
  ]);
  let at = 1;
  for (const { from, what, n, gapMs, tookMs } of steps) {
    at += gapMs;
    const sender = PEOPLE[from] as string;
    const say = (who: number, ms: number, text: string) => lines[who]?.push(`${at + ms} ${text}`);
    const [sent, arrived] = {
      message: [`send {"chat":${n}} to *`, `received {"chat":${n}} from ${sender}`],
      "to one": [
        `send "${"word".repeat(n)}" to Bob`,
        `received "${"word".repeat(n)}" from ${sender}`,
      ],
      "user data": [`user-data {"hand":${n}}`, `updated ${sender} {"hand":${n}}`],
      "session data": [`session-data replace {"s":${n}}`, `session-state {"s":${n}}`],
      leaves: ["leaves", `left ${sender}`],
    }[what] as [string, string];
    say(from, 0, sent);
    for (const [who, ms] of tookMs.entries()) if (ms > 0 && who !== from) say(who, ms, arrived);
  }
  const texts = lines.map((all) => all.toSorted((a, b) => parseInt(a) - parseInt(b)).join("\n"));
  return texts as [string, string, string];
});

const rowsOf = (store: Store): string[] =>
  store.shown.value.entries.flatMap((entry) =>
    printRows([entry], store.callOf(entry.event.callId), 0).map(
      (row) => `${entry.documentId} ${entry.event.seq} ${row}`,
    ),
  );

/** A page, another tab of its browser, and a recording of another machine, all in one room. */
async function withSeats(first: string, second: string, third: string): Promise<Store> {
  const store = storeOf(session(first, "call-1"));
  const tab = { documentId: "tab", frameId: 0, url: "https://app.example/" };
  store.documentOpened(tab, { kind: "tab", tabId: 7 });
  store.received(tab.documentId, { ok: true, events: session(second, "call-2"), invalid: 0 });
  expect(await added(fileOf(session(third, "call-1")), store, "cy.json")).toBeUndefined();
  return store;
}
const namesOf = (store: Store) => store.seats.value.map(({ name }) => name);
const seatsOf = (store: Store) => new Set(store.seats.value.map(({ documentId }) => documentId));

/** What each seat is, and what became of each message and write. */
function endsOf(store: Store) {
  const { log, deliveries } = store.session.value;
  while (!deliveries.advance(() => false));
  const seats = store.seats.value.map(({ origin, ...seat }) => ({
    ...seat,
    origin: origin.kind === "tab" ? origin.kind : origin,
  }));
  const outcomes = [...log.ofCall.values()].flat().map((entry) => {
    const outcome = deliveries.outcomeOf(entry, LATER);
    return outcome?.receptions.map(({ sessionId, verdict, latencyMs, uncertaintyMs, callId }) => ({
      sessionId,
      kind: verdict.kind,
      latencyMs,
      uncertaintyMs,
      callId,
    }));
  });
  const entries = store.session.value.log.nextIndex;
  return { seats, outcomes, entries };
}
const LATER = 1e15;

describe("with seats", () => {
  test("it is the same session: seats, deliveries and rows", async () => {
    await fc.assert(
      fc.asyncProperty(room, async (texts) => {
        const store = await withSeats(...texts);
        store.filter.value = { ...NO_FILTER, isRoomWide: true };
        const seats = seatsOf(store);
        const text = await exported(store, { seats });
        const { store: again } = await imported(text);
        again.filter.value = store.filter.value;
        expect(rowsOf(again)).toEqual(rowsOf(store));
        expect(endsOf(again)).toEqual(endsOf(store));
        expect(JSON.parse(await exported(again, { seats }))).toEqual(JSON.parse(text));
      }),
    );
  });

  test("masked, the same became of every message, and no name shows", async () => {
    let received = 0;
    await fc.assert(
      fc.asyncProperty(room, async (texts) => {
        const store = await withSeats(...texts);
        const text = await exported(store, { seats: seatsOf(store), isMasked: true });
        expect(text).not.toMatch(/Ada|Bob|cy\.json|app\.example/);
        const { store: again } = await imported(text);
        const told = (of: Store) =>
          endsOf(of).outcomes.map((receptions) =>
            receptions?.map((each) => ({ ...each, sessionId: undefined })),
          );
        expect(told(again)).toEqual(told(store));
        received += told(store).filter((all) =>
          all?.some(({ kind }) => kind === "received"),
        ).length;
      }),
    );
    expect(received).toBeGreaterThan(20);
  });

  test("none goes along unless it is chosen", async () => {
    const text = "0 created\n1 joined Ada with Bob, Cy\n2 send 1 to *";
    const store = await withSeats(
      text,
      text.replace("Ada with Bob", "Bob with Ada"),
      text.replace("Ada with Bob, Cy", "Cy with Ada, Bob"),
    );
    expect(namesOf(store)).toEqual(["Bob", "Cy"]);
    const alone = JSON.parse(await exported(store)) as Recording;
    expect(alone.documents.map(({ documentId }) => documentId)).toEqual(["document-0"]);
    expect(alone.events).toHaveLength(3);
    const withTab = JSON.parse(await exported(store, { seats: new Set(["tab"]) })) as Recording;
    expect(withTab.documents.map(({ seat }) => seat)).toEqual([undefined, { kind: "tab" }]);
    const { store: again } = await imported(JSON.stringify(withTab));
    expect(namesOf(again)).toEqual(["Bob"]);
    expect(again.calls.value.map(({ person }) => person)).toEqual(["Ada"]);
  });

  test("a part keeps what the state of each call derives from, and says what it lacks", async () => {
    const text = '0 created\n1 joined Ada with Bob, Cy\n2 send 1 to *\n3 send "second" to *';
    const store = await withSeats(
      text,
      text.replace("Ada with Bob", "Bob with Ada"),
      text.replace("Ada with Bob, Cy", "Cy with Ada, Bob"),
    );
    store.filter.value = { ...NO_FILTER, isRoomWide: true, text: "seat:Bob second" };
    const { entries } = store.shown.value;
    expect(entries).toHaveLength(1);
    const seats = new Set(["tab"]);
    const part = JSON.parse(await exported(store, { entries, seats })) as Recording;
    expect(part.events.map(({ seq }) => seq)).toEqual([1, 2, 4]);
    expect(part.documents).toMatchObject([{ documentId: "tab", leftOut: 1 }]);
    // Bob alone: he is the page then.
    const { store: again } = await imported(JSON.stringify(part));
    expect(again.calls.value.map(({ person }) => person)).toEqual(["Bob"]);
    expect(again.seats.value).toEqual([]);
  });
});
