import { describe, expect, test } from "vitest";

import type { EventOf } from "../../extension/protocol/event";
import { append, createSessionLog, type Entry, openDocument } from "../session/session-log";
import { session } from "../testing/session-text";
import { createDeliveries } from "./deliveries";

const DOCUMENT = { documentId: "page", frameId: 0, url: "https://app.example/" };
const LATER = 1e15;
const START = Date.UTC(2026, 0, 1, 12);

function follow(text: string, { isConnected = true, leftOut = 0 } = {}) {
  const log = createSessionLog();
  const document = openDocument(log, DOCUMENT);
  Object.assign(document, { leftOut });
  for (const event of session(text)) append(log, DOCUMENT.documentId, event);
  Object.assign(document, { isConnected });
  const deliveries = createDeliveries(log);
  while (!deliveries.advance(() => false));
  return { log, deliveries };
}

/** What became of the first message or write that the text makes, at each of those it is for. */
function receptions(text: string, options?: Parameters<typeof follow>[1], now = LATER) {
  const { log, deliveries } = follow(text, options);
  const sent = log.entries.find(({ event }) => event.kind === "method-called") as Entry;
  return (deliveries.outcomeOf(sent, now)?.receptions ?? []).map(
    ({ sessionId, verdict, latencyMs, entry, isOvertaken }) => {
      const { listeners } = (entry?.event ?? {}) as Partial<EventOf<"daily-event">>;
      return [sessionId, verdict.kind, latencyMs, listeners, isOvertaken && "overtaken"]
        .filter((each) => each !== undefined)
        .join(" ");
    },
  );
}

const TWO = `
  0 joined Ada with Bob, Cy
  5 another joined Bob with Ada, Cy
`;
/** Bob's page runs on. */
const RUNS = `
  6000 another received "a" from Cy
  12000 another received "b" from Cy`;

describe("a message between two calls that are seen", () => {
  test("is received after a time, by so many listeners", () => {
    expect(
      receptions(`${TWO}
        100 send {"hi":1} to *
        138 another received {"hi":1} from Ada by 2`),
    ).toEqual(["id-bob received 38 2"]);
  });

  test("is lost, or may still come", () => {
    const text = `${TWO}
      100 send {"hi":1} to *
      150 another received {"hi":2} from Ada`;
    expect(receptions(text)).toEqual(["id-bob waiting"]);
    expect(receptions(`${text}${RUNS}`)).toEqual(["id-bob lost"]);
  });

  test("that came twice is doubled, and one that was overtaken says so", () => {
    expect(
      receptions(`${TWO}
        100 send {"hi":1} to Bob
        110 another received {"hi":1} from Ada
        120 another received {"hi":1} from Ada`),
    ).toEqual(["id-bob doubled 10 1"]);
    expect(
      receptions(`${TWO}
        100 send {"hi":1} to Bob
        110 send {"hi":2} to Bob
        130 another received {"hi":2} from Ada
        140 another received {"hi":1} from Ada`),
    ).toEqual(["id-bob received 40 1 overtaken"]);
  });

  test("says of one who left, or whose page is gone, nothing that isn't known", () => {
    const left = `${TWO}
      100 send {"hi":1} to *
      110 another leaves`;
    expect(receptions(left)).toEqual(["id-bob left"]);
    const gone = `${TWO}
      100 send {"hi":1} to *`;
    expect(receptions(gone, { isConnected: false })).toEqual(["id-bob not-in-view"]);
  });

  test("claims no loss in a part of a session: what it leaves out may have arrived", () => {
    const text = `${TWO}
      100 send {"hi":1} to Bob${RUNS}`;
    expect(receptions(text, { leftOut: 3 })).toEqual(["id-bob not-in-view"]);
  });

  test("of a part of a session is received where its arrival is there", () => {
    const text = `${TWO}
      100 send {"hi":1} to *
      138 another received {"hi":1} from Ada`;
    expect(receptions(text, { leftOut: 3 })).toEqual(["id-bob received 38 1"]);
  });

  test("claims no loss where events of the receiver are missing, whichever call they were of", () => {
    const log = createSessionLog();
    for (const documentId of ["page", "bob"]) openDocument(log, { ...DOCUMENT, documentId });
    const [ada, bob] = [
      session(
        '0 joined Ada with Bob\n100 send {"hi":1} to Bob\n20000 send {"hi":2} to Bob',
        "call-1",
      ),
      session(
        `5 joined Bob with Ada\n20 received "a" from Cy${RUNS.replaceAll(" another", "")}`,
        "call-2",
      ),
    ];
    for (const event of ada) append(log, "page", event);
    for (const event of bob)
      append(log, "bob", { ...event, seq: event.seq + (event.at > START + 1_000 ? 1 : 0) });
    const deliveries = createDeliveries(log);
    while (!deliveries.advance(() => false));
    const verdictOf = (place: number) =>
      deliveries.outcomeOf(
        log.entries.filter(({ documentId }) => documentId === "page")[place] as Entry,
        LATER,
      )?.receptions[0]?.verdict.kind;
    expect(verdictOf(1)).toBe("not-in-view");
    expect(verdictOf(2)).toBe("waiting");
  });

  test("to someone whose call isn't seen is not in view", () => {
    expect(
      receptions(`${TWO}
        100 send {"hi":1} to Cy`),
    ).toEqual(["id-cy not-in-view"]);
  });

  test("is the source of its arrival", () => {
    const { log, deliveries } = follow(`${TWO}
      100 send {"hi":1} to *
      138 another received {"hi":1} from Ada by 2`);
    const [sent, arrived] = log.entries.slice(-2) as [Entry, Entry];
    expect(deliveries.sourceOf(arrived)).toEqual({ entry: sent, latencyMs: 38 });
    expect(deliveries.sourceOf(sent)).toBeUndefined();
  });
});

describe("a write", () => {
  test("of user data is held by the other after a time, replaced by a later one, or not there", () => {
    const write = `${TWO}
      100 user-data {"hand":"up"}
      101 settles 3 resolved object`;
    expect(receptions(`${write}\n 180 another updated Ada {"hand":"up"}`)).toEqual([
      "id-bob held 80 1",
    ]);
    const later = `
      150 user-data {"hand":"down"}
      151 settles 5 resolved object
      250 another updated Ada {"hand":"down"}`;
    expect(receptions(`${write}${later}`)).toEqual(["id-bob replaced 1"]);
    expect(receptions(write)).toEqual(["id-bob waiting"]);
    expect(receptions(`${write}${RUNS}`)).toEqual(["id-bob lost"]);
  });

  test("of session data is held by the other when its state has come", () => {
    expect(
      receptions(`${TWO}
        10 session-state {}
        20 another session-state {}
        100 session-data shallow-merge {"stage":1}
        1100 session-state {"stage":1}
        1130 another session-state {"stage":1}`),
    ).toEqual(["id-bob held 1030 1"]);
  });
});

test("with one call in view nothing is claimed", () => {
  const { deliveries } = follow(`
    0 joined Ada with Bob
    100 send {"hi":1} to *`);
  expect(deliveries.hasEnds()).toBe(false);
});

test("a broadcast is not for a call of the page in another room", () => {
  const log = createSessionLog();
  openDocument(log, DOCUMENT);
  const two = session(`${TWO}
    100 send {"hi":1} to *
    110 another received {"hi":1} from Ada`);
  const elsewhere = session("10 joined Eve", "elsewhere").map((event) => ({
    ...event,
    seq: event.seq + two.length,
    room: "https://you.daily.co/other",
  }));
  for (const event of [...two, ...elsewhere]) append(log, DOCUMENT.documentId, event);
  const deliveries = createDeliveries(log);
  while (!deliveries.advance(() => false));
  const sent = log.entries.find(({ event }) => event.kind === "method-called") as Entry;
  expect(deliveries.outcomeOf(sent, LATER)?.receptions.map(({ sessionId }) => sessionId)).toEqual([
    "id-bob",
  ]);
});

test("in another session of the same room nothing is claimed", () => {
  const { log, deliveries } = follow(TWO);
  for (const [callId, call] of log.calls) log.calls.set(callId, { ...call, meetingId: callId });
  expect(deliveries.hasEnds()).toBe(false);
});
