import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { session } from "../../core/testing/session-text";
import { createStore } from "../shell/store";
import { createRouteStatistics } from "./route-statistics";
import { routeRows } from "./route-rows";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const ADA = { documentId: "page", frameId: 0, url: "https://app.example/" };
const BOB = { documentId: "bob", frameId: 0, url: "https://app.example/bob" };
const JOINED = ["0 joined Ada with Bob", "0 joined Bob with Ada"] as const;
/** Signs that both pages run on, so late that what hasn't come by then is lost. */
const LATER = [7_000, 13_000, 30_000].map((at) => `${at} counts 2 and 1 hidden`).join("\n");

/** A panel on Ada's page with Bob's tab as a seat; each sees what its text says, in the order of the lists. */
function open(...parts: readonly (readonly [whose: "ada" | "bob", text: string])[]) {
  const store = createStore();
  store.documentOpened(ADA);
  store.documentOpened(BOB, { kind: "tab", tabId: 2 });
  const seqs = { ada: 1, bob: 1 };
  function receive(whose: "ada" | "bob", text: string): void {
    const events: PageEvent[] = session(text, `call-${whose}`, seqs[whose]);
    seqs[whose] += events.length;
    const { documentId } = whose === "ada" ? ADA : BOB;
    store.received(documentId, { ok: true, events, invalid: 0 });
    vi.advanceTimersByTime(50);
  }
  receive("ada", JOINED[0]);
  receive("bob", JOINED[1]);
  const routes = createRouteStatistics(store);
  const stop = routes.follow();
  for (const [whose, text] of parts) receive(whose, text);
  vi.advanceTimersByTime(20_000);
  return { store, routes, receive, stop };
}

/** The routes as text: `Ada (you) > Bob: 3 sent, 2 received, 1 lost`. */
function printed(
  { store, routes }: Pick<ReturnType<typeof open>, "store" | "routes">,
  channel: "app-message" | "user-data" | "session-data" = "app-message",
): string[] {
  return routeRows(routes.current.value.routes, channel, store.callOf).map(
    ({ from, to, sent, route }) => {
      const { fates, doubled, overtaken, equalArrived, latency } = route;
      const parts = [
        ...Object.entries({ sent, ...fates, doubled, overtaken })
          .filter(([, count]) => count > 0)
          .map(([name, count]) => `${count} ${name}`),
        ...(fates.equal > 0 ? [`${equalArrived} of equal`] : []),
        ...(latency.read().count > 0 ? [`max ${latency.read().max} ms`] : []),
      ];
      return `${from} > ${to}: ${parts.join(", ")}`;
    },
  );
}

test("messages are counted by who sent and who received them, in both directions", () => {
  const panel = open(
    ["ada", `100 send {"n":1} to *\n110 send {"n":2} to *\n120 send {"n":3} to *`],
    ["ada", `200 send {"n":4} to Bob`],
    ["bob", `130 received {"n":1} from Ada\n131 received {"n":3} from Ada`],
    ["bob", `132 received {"n":2} from Ada\n133 received {"n":1} from Ada`],
    ["bob", `300 send {"m":1} to Ada\n${LATER}`],
    ["ada", `340 received {"m":1} from Bob\n${LATER}`],
  );
  expect(printed(panel)).toEqual([
    "Ada (you) > Bob: 4 sent, 3 received, 1 lost, 1 doubled, 1 overtaken, max 30 ms",
    "Bob > Ada (you): 1 sent, 1 received, max 40 ms",
  ]);
});

test("of equal messages it has counts, and calls none of them lost", () => {
  const panel = open(
    ["ada", [100, 200, 300, 400].map((at) => `${at} send "ping" to *`).join("\n")],
    ["bob", `150 received "ping" from Ada\n450 received "ping" from Ada\n${LATER}`],
    ["ada", LATER],
  );
  expect(printed(panel)).toEqual([
    "Ada (you) > Bob: 4 sent, 1 received, 3 equal, 1 of equal, max 50 ms",
  ]);
});

test("user data and session data are held, replaced or lost", () => {
  const panel = open(
    ["ada", `5 session-state {}\n100 user-data {"a":1}\n101 settles 3 resolved object`],
    ["ada", `150 user-data {"a":2}\n151 settles 5 resolved object`],
    ["ada", `200 session-data replace {"s":1}\n900 session-state {"s":1}`],
    ["bob", `6 session-state {}\n350 updated Ada {"a":2}\n930 session-state {"s":1}\n${LATER}`],
    ["ada", LATER],
  );
  expect(printed(panel, "user-data")).toEqual([
    "Ada (you) > Bob: 2 sent, 1 received, 1 replaced, max 200 ms",
  ]);
  expect(printed(panel, "session-data")).toEqual([
    "Ada (you) > Bob: 1 sent, 1 received, max 730 ms",
  ]);
});

test("a message that waits is pending, and lost or received once that is known", () => {
  const panel = open(["ada", `100 send 1 to *\n110 send 2 to *`]);
  expect(printed(panel)).toEqual(["Ada (you) > Bob: 2 sent, 2 waiting"]);
  panel.receive("bob", "120 received 1 from Ada");
  vi.advanceTimersByTime(10_000);
  expect(printed(panel)).toEqual(["Ada (you) > Bob: 2 sent, 1 received, 1 waiting, max 20 ms"]);
  panel.receive("bob", LATER);
  vi.advanceTimersByTime(20_000);
  expect(printed(panel)).toEqual(["Ada (you) > Bob: 2 sent, 1 received, 1 lost, max 20 ms"]);
});

test("the filter narrows them, and what a row is found by finds its messages", () => {
  const panel = open(
    ["ada", `100 send {"type":"a"} to *\n110 send {"type":"b"} to *`],
    ["bob", `120 received {"type":"a"} from Ada\n${LATER}`],
    ["bob", `31000 send {"type":"a"} to Ada`],
    ["ada", `31010 received {"type":"a"} from Bob\n${LATER}`],
  );
  const { store } = panel;
  const filter = (text: string) => {
    store.filter.value = { ...store.filter.value, text };
    vi.advanceTimersByTime(5_000);
    return printed(panel);
  };
  const [first, second] = routeRows(panel.routes.current.value.routes, "app-message", store.callOf);
  expect(filter("type:b")).toEqual(["Ada (you) > Bob: 1 sent, 1 lost"]);
  expect(filter(first?.filterBy(["none", "some"]) ?? "")).toEqual([
    "Ada (you) > Bob: 1 sent, 1 lost",
  ]);
  expect(store.shown.value.entries.map(({ event }) => event.seq)).toEqual([3]);
  expect(filter(second?.filterBy() ?? "")).toEqual([
    "Bob > Ada (you): 1 sent, 1 received, max 10 ms",
  ]);
  expect(store.shown.value.entries.map(({ event }) => event.callId)).toEqual(["call-bob"]);
});

test("someone who comes into view late brings their history with them", () => {
  const store = createStore();
  store.documentOpened(ADA);
  const text = `${JOINED[0]}\n100 send 1 to *\n${LATER}`;
  store.received("page", { ok: true, events: session(text, "call-ada"), invalid: 0 });
  const routes = createRouteStatistics(store);
  routes.follow();
  vi.advanceTimersByTime(20_000);
  expect(routes.current.value).toMatchObject({ hasEnds: false });
  store.documentOpened(BOB, { kind: "tab", tabId: 2 });
  const bobs = session(`${JOINED[1]}\n120 received 1 from Ada\n${LATER}`, "call-bob");
  for (const [place] of bobs.entries()) {
    store.received("bob", { ok: true, events: bobs.slice(place, place + 1), invalid: 0 });
    vi.advanceTimersByTime(300);
  }
  vi.advanceTimersByTime(20_000);
  expect(printed({ store, routes })).toEqual(["Ada (you) > Bob: 1 sent, 1 received, max 20 ms"]);
});

test("followed bit by bit, they equal those of the same log at once", () => {
  const step = fc.record({
    gapMs: fc.nat(900),
    isBob: fc.boolean(),
    content: fc.constantFrom("1", "2", "3"),
    copies: fc.nat(2),
    delayMs: fc.nat(1_500),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const lines: { whose: "ada" | "bob"; at: number; text: string }[] = [];
      let at = 100;
      for (const { gapMs, isBob, content, copies, delayMs } of steps) {
        at += gapMs;
        const [from, to] = isBob ? (["bob", "ada"] as const) : (["ada", "bob"] as const);
        lines.push({ whose: from, at, text: `send ${content} to *` });
        for (let copy = 0; copy < copies; copy++)
          lines.push({
            whose: to,
            at: at + delayMs + copy,
            text: `received ${content} from ${isBob ? "Bob" : "Ada"}`,
          });
      }
      lines.sort((a, b) => a.at - b.at);
      const panel = open(
        ...lines.map(({ whose, at: time, text }) => [whose, `${time} ${text}`] as const),
        ["ada", LATER.replaceAll("000", "0000")],
        ["bob", LATER.replaceAll("000", "0000")],
      );
      const atOnce = createRouteStatistics(panel.store);
      atOnce.follow();
      vi.advanceTimersByTime(20_000);
      expect(printed(panel)).toEqual(printed({ ...panel, routes: atOnce }));
    }),
    { numRuns: 60 },
  );
});
