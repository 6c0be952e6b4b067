import { expect, test } from "vitest";

import { createMutes } from "./mutes";

function memory(stored?: string) {
  const kept = new Map(stored === undefined ? [] : [["muted-rules", stored]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test("a rule or one type of it is muted, kept, and unmuted", () => {
  const storage = memory();
  const mutes = createMutes(storage);
  mutes.mute({ ruleId: "near-limit", type: "dump" });
  mutes.mute({ ruleId: "empty-room" });
  const again = createMutes(storage);
  expect(again.isMuted("near-limit", "dump")).toBe(true);
  expect(again.isMuted("near-limit", "chat")).toBe(false);
  expect(again.isMuted("near-limit", undefined)).toBe(false);
  expect(again.isMuted("empty-room", "anything")).toBe(true);
  again.unmute({ ruleId: "empty-room", type: "anything" });
  expect(again.isMuted("empty-room", "anything")).toBe(true);
  again.unmute({ ruleId: "near-limit", type: "dump" });
  again.unmute({ ruleId: "empty-room" });
  expect(createMutes(storage).list.value).toEqual([]);
});

test("what is stored is believed only if it is what was stored", () => {
  for (const stored of ["", "{", "{}", '[{"ruleId":7}]', '[{"type":"chat"}]'])
    expect(createMutes(memory(stored)).list.value).toEqual([]);
});

test("a full storage mutes for as long as the panel is open", () => {
  const mutes = createMutes({
    getItem: () => null,
    setItem() {
      throw new Error("quota");
    },
  });
  mutes.mute({ ruleId: "empty-room" });
  expect(mutes.isMuted("empty-room", undefined)).toBe(true);
});
