import { expect, test } from "vitest";

import { type Enough, gathering } from "./gathering";
import type { Sighting } from "./rule";

const seen = (at: number, text = "a"): Sighting => ({
  subject: { text, others: "others" },
  seqs: [at],
  at,
});

function told(enough: Enough) {
  const reported: number[] = [];
  return { reported, add: gathering(({ at }) => void reported.push(at), enough) };
}

test("tells all that were gathered once there are enough, then each", () => {
  const { reported, add } = told({ times: 3 });
  for (const at of [1, 2]) add(seen(at));
  add(seen(3, "b"));
  expect(reported).toEqual([]);
  add(seen(4));
  expect(reported).toEqual([1, 2, 4]);
  add(seen(900));
  expect(reported).toEqual([1, 2, 4, 900]);
});

test("goes on only as long as they come close together, and tells none twice", () => {
  const { reported, add } = told({ times: 3, withinMs: 100 });
  for (const at of [10, 20, 30, 40]) add(seen(at));
  expect(reported).toEqual([10, 20, 30, 40]);
  for (const at of [500, 510]) add(seen(at));
  expect(reported).toHaveLength(4);
  add(seen(520));
  expect(reported).toEqual([10, 20, 30, 40, 500, 510, 520]);
});

test("what is enough by itself is told at once", () => {
  const { reported, add } = told({ times: 3, isAlone: ({ at }) => at === 2 });
  add(seen(1));
  add(seen(2));
  add(seen(3));
  expect(reported).toEqual([1, 2, 3]);
});
