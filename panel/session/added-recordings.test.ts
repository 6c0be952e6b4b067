import { describe, expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import type { Outcome } from "../../core/delivery/deliveries";
import type { SeatClock } from "../../core/session/seats";
import { session } from "../../core/testing/session-text";
import type { Store } from "../shell/store";
import { createRecordingImport } from "../recording/recording-import";
import { added, exported, fileOf, imported, openHere, storeOf } from "../testing/recording-files";

const ADA = session(`
  0 created
  10 joined Ada with Bob
  100 send {"hi":1} to *
  200 received {"yo":1} from Bob
  300 send {"hi":2} to Bob`);
/** His clock is 5 s ahead. */
const BOB = session(`
  5000 created
  5010 joined Bob with Ada
  5130 received {"hi":1} from Ada
  5180 send {"yo":1} to *
  5330 received {"hi":2} from Ada`);

const LATER = 1e15;
const outcomesOf = (store: Store, now = LATER): (Outcome | undefined)[] => {
  const { log, deliveries } = store.session.value;
  while (!deliveries.advance(() => false));
  return [...log.ofCall.values()]
    .flat()
    .filter(({ event }) => event.kind === "method-called")
    .map((entry) => deliveries.outcomeOf(entry, now));
};
const namesOf = (store: Store) => store.seats.value.map(({ name }) => name);
const clocksOf = (store: Store): (SeatClock | undefined)[] =>
  store.seats.value.map(({ origin }) => (origin.kind === "recording" ? origin.clock : undefined));
const reasonOf = async (text: string, store: Store) => {
  const before = store.session.value.log.nextIndex;
  const state = await added(text, store);
  expect(store.session.value.log.nextIndex).toBe(before);
  return state?.kind === "failed" ? state.reason : state;
};

describe("a recording of someone else in the room", () => {
  test("is a seat beside the live session, on its clock", async () => {
    const store = storeOf(ADA);
    expect(await added(fileOf(BOB), store)).toBeUndefined();
    expect(store.seats.value).toMatchObject([
      { name: "Bob", isLive: false, events: 5, dropped: 0, origin: { name: "bob.json" } },
    ]);
    // Bob's are 5 s later; one message took 30 ms by the clocks, the other one 20.
    expect(clocksOf(store)).toMatchObject([{ kind: "estimated", crossings: 3 }]);
    const [clock] = clocksOf(store) as [Extract<SeatClock, { kind: "estimated" }>];
    expect(Math.abs(clock.offsetMs + 5_000)).toBeLessThan(clock.uncertaintyMs);
    expect(clock.uncertaintyMs).toBeLessThan(30);
    expect(outcomesOf(store).map((outcome) => [outcome?.received, outcome?.known])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(store.counts.value.events).toBe(5);
  });

  test("and one beside a recording, whose ids it may share", async () => {
    const { store } = await imported(fileOf(ADA));
    expect(await added(fileOf(BOB), store)).toBeUndefined();
    expect(namesOf(store)).toEqual(["Bob"]);
    const { calls, documents } = store.session.value.log;
    expect(calls.size).toBe(2);
    expect(documents.size).toBe(2);
    expect(calls.get("call-1")?.isOfSeat).toBe(false);
  });

  test("keeps its calls when the page makes one of the same id", async () => {
    const store = storeOf(ADA);
    const text = fileOf(BOB).replaceAll('"call-1"', '"call-2"');
    expect(await added(text, store)).toBeUndefined();
    store.received("document-0", {
      ok: true,
      events: session("400 created\n410 joined Ann", "call-2", 6),
      invalid: 0,
    });
    expect(store.session.value.log.calls.size).toBe(3);
    expect(namesOf(store)).toEqual(["Bob"]);
    expect(store.calls.value.map(({ person }) => person)).toEqual(["Ada", "Ann"]);
  });

  test("has ids that a file can hold, however long they were", async () => {
    const [id, documentId] = ["c".repeat(300), "d".repeat(300)];
    const long = (events: readonly PageEvent[]) =>
      fileOf(events).replaceAll('"call-1"', `"${id}"`).replaceAll('"page"', `"${documentId}"`);
    const { store } = await imported(long(ADA).replace(`"${documentId}":{`, '"page":{'));
    expect(await added(long(BOB).replace(`"${documentId}":{`, '"page":{'), store)).toBeUndefined();
    expect(await added(fileOf(session("0 created\n1 joined Cy")), store)).toBeUndefined();
    const seats = new Set(store.seats.value.map((seat) => seat.documentId));
    const { store: again } = await imported(await exported(store, { seats }));
    expect(namesOf(again)).toEqual(["Bob", "Cy"]);
    expect(again.session.value.source?.skipped.count).toBe(0);
  });

  test("is removed without a trace, and can be added again", async () => {
    const store = storeOf(ADA);
    await added(fileOf(BOB), store);
    store.removeRecording("bob.json");
    expect(store.seats.value).toEqual([]);
    expect(outcomesOf(store)).toEqual([undefined, undefined]);
    expect(store.counts.value.events).toBe(5);
    expect(await added(fileOf(BOB), store)).toBeUndefined();
    expect(namesOf(store)).toEqual(["Bob"]);
    store.clear();
    expect(store.seats.value).toEqual([]);
  });

  test("shows in the log of the room while recording is paused, too", async () => {
    const store = storeOf(ADA);
    store.togglePause();
    await added(fileOf(BOB), store);
    store.filter.value = { ...store.filter.value, isRoomWide: true };
    expect(store.shown.value.entries).toHaveLength(10);
  });

  test("brings the seats that it has, and leaves out who is in view", async () => {
    const cy = session("6000 created\n6010 joined Cy with Ada, Bob", "call-1");
    const atBob = storeOf(BOB);
    expect(await added(fileOf(cy), atBob, "cy.json")).toBeUndefined();
    expect(await added(fileOf(ADA), atBob, "ada.json")).toBeUndefined();
    const seats = new Set(atBob.seats.value.map(({ documentId }) => documentId));
    const store = storeOf(ADA);
    expect(await added(await exported(atBob, { seats }), store)).toBeUndefined();
    expect(store.seats.value.map(({ name, origin }) => [name, origin])).toMatchObject([
      ["Bob", { name: "bob.json", clock: { kind: "estimated" } }],
      ["Cy", { name: "cy.json in bob.json", clock: { kind: "unknown" } }],
    ]);
  });
});

describe("what isn't added says why, and changes nothing", () => {
  test("the same recording again, or one of the page itself", async () => {
    const store = storeOf(ADA);
    await added(fileOf(BOB), store);
    expect(await reasonOf(fileOf(BOB), store)).toBe("It adds no one: Bob is in view already.");
    expect(await reasonOf(fileOf(ADA), store)).toBe("It adds no one: Ada is in view already.");
  });

  test("another room, and another session of the same room", async () => {
    const other = fileOf(BOB).replaceAll("daily.co/qa", "daily.co/standup");
    expect(await reasonOf(other, storeOf(ADA))).toBe(
      "It is from the room you.daily.co/standup, not from you.daily.co/qa.",
    );
    const inMeeting = (events: readonly PageEvent[], sessionId: string): PageEvent[] => {
      const last = events.at(-1) as PageEvent;
      const told = { kind: "daily-event", name: "meeting-session-summary-updated", sessionId };
      const more = { ...last, listeners: 1, handlerMs: 0, seq: last.seq + 1 };
      return [...events, { ...more, ...told } as unknown as PageEvent];
    };
    const store = storeOf(inMeeting(ADA, "one"));
    expect(await reasonOf(fileOf(inMeeting(BOB, "two")), store)).toBe(
      "It is from another session of the room you.daily.co/qa: these two never met there.",
    );
    expect(await added(fileOf(inMeeting(BOB, "one")), store)).toBeUndefined();
  });

  test("one that never joined, and one added to a page that hasn't", async () => {
    expect(await reasonOf(fileOf(BOB.slice(0, 1)), storeOf(ADA))).toBe(
      "No call in it has joined a room.",
    );
    expect(await reasonOf(fileOf(BOB), storeOf(ADA.slice(0, 1)))).toContain(
      "hasn’t joined a room yet",
    );
  });

  test("masked ones: their placeholders mean other values", async () => {
    const masked = await exported(storeOf(BOB), { isMasked: true });
    expect(await reasonOf(masked, storeOf(ADA))).toContain("Values of the file are masked");
    const { store } = await imported(await exported(storeOf(ADA), { isMasked: true }));
    expect(await reasonOf(fileOf(BOB), store)).toContain("that is shown are masked");
  });

  test("what isn't a recording, as when it is opened", async () => {
    expect(await reasonOf("hello", storeOf(ADA))).toContain("The file is not JSON");
  });

  test("one that is cancelled, or for a session that is no longer shown", async () => {
    const { store } = await imported(fileOf(ADA));
    const imports = createRecordingImport(store, () => {
      const reader = openHere();
      return {
        ...reader,
        next() {
          store.backToLive();
          return reader.next();
        },
      };
    });
    store.documentOpened({ documentId: "live", frameId: 0, url: "" });
    await imports.open(new File([fileOf(BOB)], "bob.json"), "add");
    expect(imports.state.value).toMatchObject({ kind: "failed", purpose: "add" });
    expect(store.session.value.log.documents.size).toBe(1);
  });
});

describe("clocks", () => {
  test("of messages one way keep their order, and claim no latency", async () => {
    const store = storeOf(ADA.slice(0, 3));
    await added(fileOf(BOB.slice(0, 3)), store);
    expect(clocksOf(store)).toEqual([{ kind: "one-way", offsetMs: -5_030, crossings: 1 }]);
    expect(outcomesOf(store)).toMatchObject([{ received: 1, latencyMs: undefined }]);
  });

  test("of which nothing is known prove no loss", async () => {
    const store = storeOf(ADA.slice(0, 3));
    const runs = session(
      "9000 received 1 from Cy\n15000 received 2 from Cy\n25000 received 3 from Cy",
      "call-1",
      3,
    );
    await added(fileOf([...BOB.slice(0, 2), ...runs]), store);
    expect(clocksOf(store)).toEqual([{ kind: "unknown" }]);
    expect(outcomesOf(store)).toMatchObject([{ known: 0, received: 0 }]);
  });

  /** Numbers from 0 to 1 that are the same in each run. */
  function* shares(): Generator<number, never> {
    for (let state = 1; ;) {
      state = (state * 48_271) % 2_147_483_647;
      yield state / 2_147_483_647;
    }
  }

  test("90 s apart and drifting 50 ppm over an hour are found, within what is said", async () => {
    const HOUR = 3_600_000;
    const random = shares();
    const draw = (max: number) => Math.floor(random.next().value * max);
    const lines = { ada: ["0 joined Ada with Bob"], bob: ["5 joined Bob with Ada"] };
    /** How long each message took, in ms by its content; undefined for those that were lost. */
    const truth = new Map<string, number | undefined>();
    const put = (who: "ada" | "bob", at: number, what: string) =>
      lines[who].push(`${Math.round(at)} ${what}`);
    for (let n = 0; n < 300; n++) {
      const at = 1_000 + draw(HOUR - 30_000);
      const tookMs = draw(10) === 0 ? undefined : Math.round(5 * 60 ** (random.next().value ** 3));
      const [from, to] = n % 2 === 0 ? (["ada", "bob"] as const) : (["bob", "ada"] as const);
      const content = `{"n":${n}}`;
      truth.set(content, tookMs);
      put(from, at, `send ${content} to *`);
      if (tookMs !== undefined)
        put(to, at + tookMs, `received ${content} from ${from === "ada" ? "Ada" : "Bob"}`);
    }
    for (const who of ["ada", "bob"] as const) put(who, HOUR, 'received "end" from Cy');
    const inOrder = (all: string[]) =>
      session(all.toSorted((a, b) => parseInt(a) - parseInt(b)).join("\n"));
    const ada = inOrder(lines.ada);
    const middle = (ada[0]?.at ?? 0) + HOUR / 2;
    const bob = inOrder(lines.bob).map((event) => ({
      ...event,
      at: middle + (event.at - middle - 90_000) / (1 + 50e-6),
    }));

    const { store } = await imported(fileOf(ada));
    expect(await added(fileOf(bob), store)).toBeUndefined();
    const [clock] = clocksOf(store);
    if (clock?.kind !== "estimated") throw new Error(`The clock is ${clock?.kind}`);
    expect(Math.abs(clock.offsetMs - 90_000)).toBeLessThan(clock.uncertaintyMs);
    expect(Math.abs(clock.driftPpm - 50)).toBeLessThan(10);
    expect(clock.uncertaintyMs).toBeLessThan(40);

    const { log, deliveries } = store.session.value;
    while (!deliveries.advance(() => false));
    let timed = 0;
    for (const entry of [...log.ofCall.values()].flat()) {
      if (entry.event.kind !== "method-called") continue;
      const tookMs = truth.get(entry.event.payload.json);
      const outcome = deliveries.outcomeOf(entry, LATER);
      expect(outcome).toMatchObject({ known: 1, received: tookMs === undefined ? 0 : 1 });
      const [reception] = outcome?.receptions ?? [];
      expect(reception?.verdict.kind).toBe(tookMs === undefined ? "lost" : "received");
      if (tookMs === undefined) continue;
      timed++;
      expect(reception?.uncertaintyMs).toBe(clock.uncertaintyMs);
      const offBy = Math.abs((reception?.latencyMs ?? Infinity) - tookMs);
      expect(offBy).toBeLessThan(clock.uncertaintyMs + 0.01);
    }
    expect(timed).toBeGreaterThan(200);
  });
});
