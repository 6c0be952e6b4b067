import { expect, test } from "vitest";

import { readShow } from "./page/protocol";

const idOf = (name: string) => (name === "Bob" ? "id-bob" : "");

test.each([
  [{ stage: { sessionId: "id-ada", name: "Ada" }, answered: 2 }, "id-ada"],
  [{ stage: { name: "Bob" } }, "id-bob"],
  [{ stage: { name: "Nobody" } }, ""],
  [{ stage: { sessionId: 1, name: "Bob" } }, undefined],
  [{ stage: {} }, undefined],
  [null, undefined],
])("%j brings the right one on stage", (data, sessionId) => {
  expect(readShow(data, idOf).stage?.sessionId).toBe(sessionId);
});
