import { expect, test } from "vitest";

import { createSavedFilters } from "./saved-filters";

function memory(stored: string | null = null) {
  let kept = stored;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

test("filters are kept under their names, renamed and removed", () => {
  const storage = memory();
  const filters = createSavedFilters(storage);
  expect(filters.save({ name: " One ", text: "dir:in" })).toBeUndefined();
  expect(filters.save({ name: "Two", text: "dir:out" })).toBeUndefined();
  expect(filters.save({ name: "One", text: "has:error" })).toBeUndefined();
  expect(filters.rename("Two", "One")).toBe("There is already a filter “One”.");
  expect(filters.rename("Two", "Three")).toBeUndefined();
  const expected = [
    { name: "Three", text: "dir:out" },
    { name: "One", text: "has:error" },
  ];
  expect(createSavedFilters(storage).list.value).toEqual(expected);
  filters.remove("Three");
  expect(createSavedFilters(storage).list.value).toEqual(expected.slice(1));
});

test("what does not fit or cannot be stored is refused, and damaged storage starts empty", () => {
  const filters = createSavedFilters(memory('[{"name":1}]'));
  expect(filters.list.value).toEqual([]);
  expect(filters.save({ name: " ", text: "x" })).toMatch(/^Not kept/);
  expect(filters.save({ name: "Long", text: "x".repeat(2_001) })).toMatch(/^Not kept/);
  const full = createSavedFilters({
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  });
  expect(full.save({ name: "A", text: "x" })).toMatch(/^Not kept/);
  expect(full.list.value).toEqual([]);
});

test("what another window has stored is neither overwritten nor missed", () => {
  const storage = memory();
  const here = createSavedFilters(storage);
  const there = createSavedFilters(storage);
  here.save({ name: "One", text: "dir:in" });
  there.save({ name: "Two", text: "dir:out" });
  here.refresh();
  for (const { list } of [here, there])
    expect(list.value.map(({ name }) => name)).toEqual(["One", "Two"]);
});
