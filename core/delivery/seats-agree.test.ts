import { describe, expect, test } from "vitest";

import { append, createSessionLog, openDocument } from "../session/session-log";
import { session } from "../testing/session-text";
import { compareSeats, seatsIn } from "./seats-agree";

const DOCUMENT = { documentId: "page", frameId: 0, url: "https://app.example/" };
const START = Date.UTC(2026, 0, 1, 12);
const TWO = `
  0 joined Ada with Bob
  5 another joined Bob with Ada`;

/** What the two pages of a text hold at a time (ms since the start): `score: 2 | 1 since 100`. */
function compared(text: string, at = Infinity): string[] {
  const log = createSessionLog();
  openDocument(log, DOCUMENT);
  for (const event of session(text)) append(log, DOCUMENT.documentId, event);
  const [call] = log.calls.values();
  if (!call) throw new Error("no call");
  const time = START + at;
  return compareSeats(seatsIn(log, call, time), time).map(({ subject, held, differs }) => {
    const values = held.map((each) => (each ? JSON.stringify(each.value ?? null) : "unknown"));
    const name = subject.kind === "session-data" ? subject.key : subject.sessionId;
    const since = differs ? ` since ${differs.isAtLeast ? "≤" : ""}${differs.since - START}` : "";
    return `${name}: ${values.join(" | ")}${since}`;
  });
}

describe("session data", () => {
  const agreed = `${TWO}
    10 session-state {"score":1,"stage":"a"}
    12 another session-state {"stage":"a","score":1}`;

  test("that all pages have the same of agrees, whatever the order of its keys", () => {
    expect(compared(agreed)).toEqual(["score: 1 | 1", `stage: "a" | "a"`]);
  });

  test("differs key by key, since the first change that the other doesn't have", () => {
    expect(
      compared(`${agreed}
        100 session-state {"score":2,"stage":"a"}
        200 session-state {"score":3,"stage":"a"}`).slice(0, 2),
    ).toEqual(["score: 3 | 1 since 100", `stage: "a" | "a"`]);
  });

  test("agreed in between: then it differs since after that", () => {
    expect(
      compared(`${agreed}
        100 session-state {"score":2,"stage":"a"}
        130 another session-state {"score":2,"stage":"a"}
        300 another session-state {"stage":"a"}`)[0],
    ).toBe("score: 2 | null since 300");
  });

  test("that one page has none of differs since it joined", () => {
    expect(compared(`${TWO}\n 10 session-state {"score":1}`)[0]).toBe("score: 1 | null since 10");
    expect(
      compared(`
        0 joined Ada with Bob
        1 session-state {"score":1}
        500 another joined Bob with Ada`)[0],
    ).toBe("score: 1 | null since 500");
  });

  test("is compared as it was at a moment", () => {
    const text = `${agreed}
      100 session-state {"score":2,"stage":"a"}
      150 another session-state {"score":2,"stage":"a"}`;
    expect(compared(text, 120)[0]).toBe("score: 2 | 1 since 100");
    expect(compared(text, 150)[0]).toBe("score: 2 | 2");
  });

  test("of a meeting before says nothing", () => {
    expect(
      compared(`${agreed}
        100 another leaves
        200 session-state {"score":2,"stage":"a"}
        300 another joined Bob with Ada
        301 another session-state {"score":2,"stage":"a"}`).slice(0, 2),
    ).toEqual(["score: 2 | 2", `stage: "a" | "a"`]);
  });
});

describe("user data", () => {
  test("is on its way until the other page has it", () => {
    const text = `${TWO}
      100 updated Ada {"hand":"up"}`;
    expect(compared(text)[0]).toBe(`id-ada: {"hand":"up"} | null since 100`);
    expect(compared(`${text}\n 350 another updated Ada {"hand":"up"}`)).toContain(
      `id-ada: {"hand":"up"} | {"hand":"up"}`,
    );
  });

  test("of someone whom only one page knows isn't compared", () => {
    expect(compared(`${TWO}\n 100 joins Cy\n 110 updated Cy {"a":1}`).join()).not.toContain(
      "id-cy",
    );
  });

  test("too deep to be gone through is compared as a text", () => {
    const deep = `{"a":${"[".repeat(300)}${"]".repeat(300)}}`;
    const text = `${TWO}\n 100 updated Ada ${deep}\n 120 another updated Ada ${deep}`;
    expect(compared(text)[0]).not.toContain("since");
  });
});

test("no one is compared with a page that isn't in the call", () => {
  expect(compared(`${TWO}\n 100 another leaves`)).toEqual([]);
  expect(compared(`${TWO}\n 100 leaves`)).toEqual([]);
});
