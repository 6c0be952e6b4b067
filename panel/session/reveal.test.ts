import { expect, test } from "vitest";

import { NO_FILTER } from "../../core/filter/filter";
import { storeOf } from "../testing/recording-files";
import { CALL_ID, session } from "../../core/testing/session-text";

const store = storeOf(
  session(`0 created
    10 joined Ada with Bob
    20 send {"type":"chat"} to *
    30 received {"type":"chat"} from Bob
    40 user-data {"hand":true}`),
);

test("an event that the filter hides is shown by taking out only what hides it, and it can be put back", () => {
  const { filter, revealed } = store;
  const narrow = {
    ...NO_FILTER,
    channels: new Set(["app-message"] as const),
    callId: CALL_ID,
    text: "chat",
  };
  filter.value = narrow;
  expect(store.showEvent(CALL_ID, 4)).toBe(true);
  expect([filter.value, revealed.note.value]).toEqual([narrow, undefined]);

  store.showEvent(CALL_ID, 5);
  expect(filter.value).toEqual({
    ...narrow,
    channels: new Set(["app-message", "user-data"]),
    text: "",
  });
  expect(revealed.note.value).toBe(
    "The filter hid this event, so part of it was taken off: its channel was off, it does not match “chat”.",
  );
  revealed.undo();
  expect([filter.value, revealed.note.value]).toEqual([narrow, undefined]);
});

test("what was taken out is told until the filter is changed", () => {
  const { filter, revealed } = store;
  filter.value = { ...NO_FILTER, span: { from: 0, to: 1 } };
  store.showEvent(CALL_ID, 3);
  expect(revealed.note.value).toContain("it is not in the time span");
  filter.value = { ...NO_FILTER, text: "chat" };
  expect(revealed.note.value).toBeUndefined();
});
