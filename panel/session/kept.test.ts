import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import * as v from "valibot";

import { createMutes } from "../findings/mutes";
import { createSafeStorage, keepSetting } from "./kept";
import { createSavedFilters } from "../filter/saved-filters";
import { createTextShelf } from "../send/kept-drafts";

const blocked = () =>
  createSafeStorage(() => {
    throw new DOMException("Access is denied for this document.", "SecurityError");
  });

function full() {
  const storage = {
    getItem: () => null,
    removeItem: () => {},
    setItem() {
      throw new DOMException("exceeded the quota", "QuotaExceededError");
    },
  };
  return createSafeStorage(() => storage as unknown as Storage);
}

test.each([
  ["blocked", blocked],
  ["full", full],
])("with a storage that is %s everything works until the panel is closed", (_, make) => {
  const storage = make();
  const setting = signal(1);
  keepSetting(storage, "some", setting, v.number());
  setting.value = 2;
  expect(setting.value).toBe(2);
  const mutes = createMutes(storage);
  mutes.mute({ ruleId: "empty-room" });
  expect(mutes.isMuted("empty-room", undefined)).toBe(true);
  createTextShelf(storage).write("draft", "{}");
  createSavedFilters(storage).save({ name: "mine", text: "type:chat" });
  expect(JSON.parse(storage.getItem("setting:some") ?? "")).toBe(2);
  expect(storage.isKept.value).toBe(false);
});

test("a blocked storage remembers while the panel is open", () => {
  const storage = blocked();
  storage.setItem("a", "1");
  expect(storage.getItem("a")).toBe("1");
  storage.removeItem("a");
  expect(storage.getItem("a")).toBeNull();
});

test("a draft that fits once older ones have made room is kept, and nothing else is said", () => {
  const kept = new Map([
    ["drafts", `["old"]`],
    ["old", "x".repeat(90)],
  ]);
  const small = {
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
    setItem(key: string, value: string) {
      const used = [...kept].reduce((sum, [, each]) => sum + each.length, 0);
      if (used + value.length > 150) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
  };
  const storage = createSafeStorage(() => small as unknown as Storage);
  createTextShelf(storage).write("new", "y".repeat(90));
  expect(kept.get("new")).toBe("y".repeat(90));
  expect(storage.isKept.value).toBe(true);
});

test("a storage that begins to throw later is survived", () => {
  let isBroken = false;
  const check = () => {
    if (isBroken) throw new Error("gone");
  };
  const fragile = { getItem: () => (check(), null), removeItem: check, setItem: check };
  const storage = createSafeStorage(() => fragile as unknown as Storage);
  isBroken = true;
  expect(storage.getItem("a")).toBeNull();
  storage.removeItem("a");
  const mutes = createMutes(storage);
  mutes.mute({ ruleId: "empty-room" });
  mutes.refresh();
  expect(mutes.isMuted("empty-room", undefined)).toBe(true);
});

test("two windows that each mute a rule keep both", () => {
  const kept = new Map<string, string>();
  const shared = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const [one, other] = [createMutes(shared), createMutes(shared)];
  one.mute({ ruleId: "empty-room" });
  other.mute({ ruleId: "near-limit" });
  one.refresh();
  for (const mutes of [one, other, createMutes(shared)]) {
    expect(mutes.isMuted("empty-room", undefined)).toBe(true);
    expect(mutes.isMuted("near-limit", undefined)).toBe(true);
  }
});
