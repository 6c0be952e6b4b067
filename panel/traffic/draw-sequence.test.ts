import { expect, test } from "vitest";

import type { SequenceColumn } from "../../core/delivery/sequence-columns";
import type { Scene } from "../../core/delivery/sequence-scene";
import { drawRow } from "./draw-sequence";

const column = (place: number): SequenceColumn => ({
  kind: "participant",
  name: `P${place}`,
  isOwn: place === 0,
  ids: [`id-${place}`],
  isInView: true,
  life: [],
});

/** Where the label is of what goes from one column to others. */
function labelOf(
  [from, ...to]: readonly [number, ...number[]],
  { count, columnWidth, width }: { count: number; columnWidth: number; width: number },
) {
  const ends = to.map((place) => ({
    column: place,
    reach: "arrived" as const,
    isTrouble: false,
    text: "",
    result: "",
  }));
  const scene = { from, ends, isArrivalOnly: false, level: "ok", mark: undefined };
  const columns = Array.from({ length: count }, (_, place) => column(place));
  return drawRow(scene as unknown as Scene, 0, columns, { columnWidth, count, width }).label;
}

test("a label begins where its arrow does at the left, however far to the right that goes", () => {
  const many = { count: 9, columnWidth: 96, width: 700 };
  const fromRoom = labelOf([8, 0, 1], many);
  expect(fromRoom).toMatchObject({ side: "left", offset: 48.5 + 7 });
  // As long as its arrow, along which it stays in sight.
  expect(fromRoom.length).toBe(8 * 96 - 2 * 7);
  expect(labelOf([0, 8], many)).toEqual(fromRoom);
});

test("what happens at one place is told beside it, also where there are no more columns", () => {
  const two = { count: 2, columnWidth: 260, width: 1_100 };
  expect(labelOf([1], two)).toEqual({ side: "left", offset: 397.5, length: 0, maxWidth: 460 });
  // Where there is nothing beside it, on the other side.
  const full = { ...two, width: 520 };
  expect(labelOf([1], full)).toMatchObject({ side: "right", maxWidth: 397.5 - 7 });
});
