import { expect, test } from "vitest";

import { createContract } from "../../core/contract/contract";
import { createMemoryStorage, createSafeStorage } from "../session/kept";
import { createBaselines } from "./baselines";

const ORIGIN = "https://app.example";

function baseline(origin = ORIGIN, types = ["chat"]) {
  const contract = createContract();
  for (const label of types)
    contract.learn(
      { channel: "app-message", label },
      { type: label, n: 1 },
      { at: 5, chars: 20, limit: 4_096 },
    );
  return { contract, savedAt: new Date(0), origin };
}

/** A storage of a browser with room for so many characters. */
function storageOf(room: number): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => void items.delete(key),
    setItem(key: string, value: string) {
      const others = [...items].reduce((sum, [k, v]) => (k === key ? sum : sum + v.length), 0);
      if (others + value.length > room) throw new Error("full");
      items.set(key, value);
    },
  } as unknown as Storage;
}

test("a baseline is kept by origin, and read in another window of the panel", () => {
  const storage = createMemoryStorage();
  const [here, there] = [createBaselines(storage), createBaselines(storage)];
  expect(here.keep(baseline())).toBeUndefined();
  expect([...(there.of(ORIGIN)?.contract.types.keys() ?? [])]).toEqual(["app-message chat"]);
  expect(there.list.value).toEqual([]);
  there.refresh();
  expect(there.list.value).toMatchObject([{ origin: ORIGIN, savedAt: "1970-01-01T00:00:00.000Z" }]);
  expect(there.of(ORIGIN)).toBe(there.of(ORIGIN));
  expect(there.of("https://other.example")).toBeUndefined();

  here.clear(ORIGIN);
  expect(here.of(ORIGIN)).toBeUndefined();
  expect(here.list.value).toEqual([]);
});

test("what later comes to the contract isn't part of its baseline", () => {
  const baselines = createBaselines(createMemoryStorage());
  const kept = baseline();
  baselines.keep(kept);
  kept.contract.learn(
    { channel: "app-message", label: "later" },
    {},
    { at: 6, chars: 2, limit: 4_096 },
  );
  expect(baselines.of(ORIGIN)?.contract.types.size).toBe(1);
});

test("one that doesn't fit holds until the panel is closed, says so, and leaves the others", () => {
  const storage = createSafeStorage(() => storageOf(1_500));
  const baselines = createBaselines(storage);
  expect(baselines.keep(baseline("https://small.example"))).toBeUndefined();
  const many = Array.from({ length: 20 }, (_, at) => `type-${at}`);
  expect(baselines.keep(baseline(ORIGIN, many))).toMatch(
    /^No room to keep it .* until the panel is closed/,
  );
  expect(baselines.of(ORIGIN)).toMatchObject({ isShortLived: true });
  expect(baselines.of(ORIGIN)?.contract.types.size).toBe(20);

  const reopened = createBaselines(storage);
  expect(reopened.of(ORIGIN)).toBeUndefined();
  expect(reopened.of("https://small.example")?.isShortLived).toBe(false);
  expect(reopened.list.value.map(({ origin }) => origin)).toEqual(["https://small.example"]);
});
