import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import * as v from "valibot";

import { rememberSetting } from "../settings";
import { createMutes } from "./mutes";
import { createSafeStorage } from "./safe-storage";
import { createSavedFilters } from "./saved-filters";
import { createTextShelf } from "./text-shelf";

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
  rememberSetting(storage, "some", setting, v.number());
  setting.value = 2;
  expect(setting.value).toBe(2);
  const mutes = createMutes(storage);
  mutes.mute({ ruleId: "empty-room" });
  expect(mutes.isMuted("empty-room", undefined)).toBe(true);
  createTextShelf(storage).write("draft", "{}");
  createSavedFilters(storage).save({ name: "mine", text: "type:chat" });
  expect(storage.isKept.value).toBe(false);
});

test("a blocked storage remembers while the panel is open", () => {
  const storage = blocked();
  storage.setItem("a", "1");
  expect(storage.getItem("a")).toBe("1");
  storage.removeItem("a");
  expect(storage.getItem("a")).toBeNull();
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
