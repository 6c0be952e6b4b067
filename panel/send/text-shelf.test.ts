import { expect, test } from "vitest";

import { createTextShelf, MAX_TEXTS } from "./kept-drafts";

/** A storage with room for so many characters of texts. */
function createStorage(room = Infinity) {
  const stored = new Map<string, string>();
  return {
    stored,
    getItem: (key: string) => stored.get(key) ?? null,
    removeItem: (key: string) => void stored.delete(key),
    setItem: (key: string, value: string) => {
      const others = [...stored].filter(([each]) => each !== key && each !== "drafts");
      const size = others.reduce((sum, [, text]) => sum + text.length, value.length);
      if (key !== "drafts" && size > room) throw new Error("QuotaExceededError");
      stored.set(key, value);
    },
  };
}

test("the text that was written longest ago goes first", () => {
  const shelf = createTextShelf(createStorage());
  for (let n = 0; n < MAX_TEXTS; n++) shelf.write(`k${n}`, `${n}`);
  shelf.write("k0", "again");
  shelf.write("new", "new");
  expect(["k0", "k1", "k2", "new"].map(shelf.read)).toEqual(["again", null, "2", "new"]);
});

test("where there is no room, older ones make it", () => {
  const shelf = createTextShelf(createStorage(10));
  for (const key of ["a", "b", "c"]) shelf.write(key, "xxx");
  shelf.write("d", "xxxxxx");
  expect(["a", "b", "c", "d"].map(shelf.read)).toEqual([null, null, "xxx", "xxxxxx"]);
  shelf.write("c", "yyy");
  shelf.write("d", "yyyyyy");
  expect(["c", "d"].map(shelf.read)).toEqual(["yyy", "yyyyyy"]);
});

test("windows that share a storage count what the others wrote", () => {
  const storage = createStorage();
  const [one, other] = [createTextShelf(storage), createTextShelf(storage)];
  for (let n = 0; n < MAX_TEXTS; n++) (n % 2 ? one : other).write(`k${n}`, "x");
  one.write("new", "x");
  expect(storage.stored.size).toBe(MAX_TEXTS + 1);
});
