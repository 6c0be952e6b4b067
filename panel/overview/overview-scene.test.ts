import { expect, test } from "vitest";

import { choosePresent } from "./overview-scene";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };
const EVER = { from: -Infinity, to: Infinity };

/** The people of a session, with what was heard last; `names` says who has a bar, and how many have none. */
function setup(text: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  const events = session(text);
  for (const event of events) append(log, PAGE.documentId, event);
  const start = events[0]?.at ?? 0;
  const people = log.calls.get(CALL_ID)?.history.people.people ?? new Map<string, never>();
  const within = (from: number, to: number) => ({ from: start + from, to: start + to });
  function names(span = EVER, rows = 9, goneAt?: number) {
    const { shown, count } = choosePresent([{ people, goneAt }], span, rows);
    const all = shown.map(({ person }) => person.participant.user_name).join(" ");
    return count > shown.length ? `${all} +${count - shown.length}` : all;
  }
  return { start, people, within, names };
}

const MEETING = `
  0 joined Ada with Bob, Cy
  100 joins Dee
  200 left Bob
  300 joins Eve
  400 left Dee`;

test("those who are there come first as they came, then who left last; the rest is a number", () => {
  const { names } = setup(MEETING);
  expect(names()).toBe("Ada Cy Eve Dee Bob");
  expect(names(EVER, 3)).toBe("Ada Cy Eve +2");
  expect(names(EVER, 4)).toBe("Ada Cy Eve Dee +1");
  expect(names(EVER, 0)).toBe(" +5");
});

test("only those count whose stay touches the span", () => {
  const { names, within } = setup(MEETING);
  expect(names(within(0, 50))).toBe("Ada Cy Bob");
  expect(names(within(150, 200))).toBe("Ada Cy Dee Bob");
  expect(names(within(201, 299))).toBe("Ada Cy Dee");
  expect(names(within(401, 900), 2)).toBe("Ada Cy +1");
});

test("someone who leaves moves once, and the others keep their order", () => {
  const before = setup("0 joined Ada with Bob, Cy, Dee").names();
  const after = setup("0 joined Ada with Bob, Cy, Dee\n10 left Bob").names();
  const later = setup("0 joined Ada with Bob, Cy, Dee\n10 left Bob\n20 updated Cy 1").names();
  expect(before).toBe("Ada Bob Cy Dee");
  expect(after).toBe("Ada Cy Dee Bob");
  expect(later).toBe(after);
});

test("when the page leaves, those who were there to the end stay before those who were not", () => {
  expect(setup("0 joined Ada with Bob, Cy\n10 left Bob\n20 leaves").names()).toBe("Ada Cy Bob");
});

test("the stays of a call whose page is gone end with it", () => {
  const { start, people, within, names } = setup(
    "0 joined Ada with Bob\n10 left Bob\n20 send 1 to *",
  );
  const gone = start + 20;
  expect(names(EVER, 9, gone)).toBe("Ada Bob");
  expect(names(within(21, 900), 9, gone)).toBe("");
  const { shown } = choosePresent([{ people, goneAt: gone }], EVER, 9);
  expect(shown.map(({ stays }) => stays)).toEqual([
    [{ from: start, to: gone }],
    [{ from: start, to: start + 10 }],
  ]);
});

test("of someone who came back, the stays that are seen are drawn", () => {
  const { start, people, within } = setup(
    "0 joined Ada with Bob\n10 left Bob\n50 joins Bob\n60 left Bob",
  );
  const seen = (from: number, to: number) =>
    choosePresent([{ people, goneAt: undefined }], within(from, to), 9).shown.find(
      ({ person }) => person.participant.user_name === "Bob",
    )?.stays;
  expect(seen(0, 20)).toEqual([{ from: start, to: start + 10 }]);
  expect(seen(5, 55)).toHaveLength(2);
  expect(seen(20, 40)).toBeUndefined();
});
