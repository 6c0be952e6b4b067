import { describe, expect, test } from "vitest";

import { append, createSessionLog, type Entry, openDocument } from "../session/session-log";
import { session } from "../testing/session-text";
import { receptionsOf } from "./both-ends";

const DOCUMENT = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** What became of the first message that the text sends, at each recipient. */
function receptions(text: string, { isConnected = true, waitedMs = 60_000 } = {}) {
  const log = createSessionLog();
  openDocument(log, DOCUMENT);
  for (const event of session(text)) append(log, DOCUMENT.documentId, event);
  const sent = log.entries.find(({ event }) => event.kind === "method-called") as Entry;
  const found = receptionsOf(
    sent,
    { ...log, isConnected: () => isConnected },
    sent.event.at + waitedMs,
  );
  return [...found].map(([id, { verdict, latencyMs, event }]) =>
    [id, verdict.kind, latencyMs, event?.listeners].filter((each) => each !== undefined).join(" "),
  );
}

const TWO = `
  0 joined Ada with Bob, Cy
  5 another joined Bob with Ada, Cy
`;

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
    expect(receptions(text)).toEqual(["id-bob lost"]);
    expect(receptions(text, { waitedMs: 500 })).toEqual(["id-bob waiting"]);
  });

  test("that came twice is doubled", () => {
    expect(
      receptions(`${TWO}
        100 send {"hi":1} to Bob
        110 another received {"hi":1} from Ada
        120 another received {"hi":1} from Ada`),
    ).toEqual(["id-bob doubled 10 1"]);
  });

  test("says of one who left, or whose page is gone, nothing that isn't known", () => {
    const left = `${TWO}
      100 send {"hi":1} to *
      110 another leaves`;
    expect(receptions(left)).toEqual(["id-bob not-in-view"]);
    const gone = `${TWO}
      100 send {"hi":1} to *`;
    expect(receptions(gone, { isConnected: false })).toEqual([]);
  });

  test("to someone whose call isn't seen is not in view", () => {
    expect(
      receptions(`${TWO}
        100 send {"hi":1} to Cy`),
    ).toEqual(["id-cy not-in-view"]);
  });
});

test("with one call in view nothing is claimed", () => {
  expect(
    receptions(`
      0 joined Ada with Bob
      100 send {"hi":1} to *`),
  ).toEqual([]);
});
