import { expect, test } from "vitest";

import { session } from "../../core/testing/session-text";
import { talkLines } from "../../core/testing/talk-story";
import { createStore } from "../shell/store";
import { layOut, overviewOf, setTheScene } from "./overview-scene";

const START = Date.UTC(2026, 0, 1, 12);

test("the lane of speech has a stretch for each time someone speaks", async () => {
  const store = createStore();
  store.documentOpened({ documentId: "page", frameId: 0, url: "https://app.example/" });
  store.received("page", { ok: true, events: session(talkLines()), invalid: 0 });
  await expect.poll(() => store.spoken.value?.speech.length).toBe(3);
  const frame = { width: 800, room: "high", marks: [] } as const;
  const { speech, layout } = setTheScene(store, overviewOf(store.session.value), frame);
  expect(speech.map(({ role, from, to }) => [role, from - START, to && to - START])).toEqual([
    ["user", 1000, 2000],
    ["bot", 2900, 3450],
    ["user", 3400, undefined],
  ]);
  expect(layout.speech).toBeDefined();
});

test("without speech the lanes are where they were", () => {
  const known = new Set(["app-in", "call"] as const);
  const [without, withSpeech] = [layOut(known, 0, "high"), layOut(known, 0, "high", true)];
  expect(without.speech).toBeUndefined();
  const moved = withSpeech.lanes.map(({ top }, at) => top - (without.lanes[at]?.top ?? 0));
  expect(new Set(moved).size).toBe(1);
  expect(withSpeech.height - without.height).toBe(moved[0]);
  expect(layOut(known, 0, "strip", true).speech).toBeUndefined();
});
