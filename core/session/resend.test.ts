import { expect, test } from "vitest";

import { type Payload, toPayload } from "../../extension/protocol/payload";
import type { PageEvent } from "../../extension/protocol/event";
import { resendOf } from "./resend";
import { session } from "../testing/session-text";

const resend = (line: string, part: object = {}) =>
  resendOf({ ...(session(`1 ${line}`)[0] as PageEvent), ...part } as PageEvent);

test("a call is made again with all that it was given", () => {
  expect(resend(`send {"n":1} to Bob Cy`)).toEqual({
    ok: true,
    action: { kind: "send-app-message", json: `{"n":1}`, to: ["id-bob", "id-cy"] },
  });
  expect(resend(`session-data shallow-merge {"a":1}`, { keysToDelete: ["b"] })).toMatchObject({
    action: { mergeStrategy: "shallow-merge", keysToDelete: ["b"] },
  });
  expect(resend(`received 1 from Bob`)).toBeUndefined();
});

test("a message to null goes to null again, and to no one of that name", () => {
  expect(resend(`send 1 to *`, { to: "null" })).toMatchObject({ action: { to: null } });
});

test("what cannot be the same is not sent, and says why", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  const refused: [Payload, string][] = [
    [toPayload(circular), "circular"],
    [toPayload("x".repeat(2_000_000)), "only the first"],
    [toPayload(() => {}), "JSON has no form for function"],
  ];
  for (const [payload, reason] of refused)
    for (const line of ["send 1 to *", "user-data 1", "session-data replace {}"])
      expect(resend(line, { payload })).toMatchObject({
        ok: false,
        reason: expect.stringContaining(reason) as string,
      });
  expect(resend("session-data replace {}", { mergeStrategy: "merge" })).toMatchObject({
    ok: false,
  });
});

test("clearing the user data clears it again", () => {
  expect(resend("user-data 1", { payload: toPayload(undefined) })).toEqual({
    ok: true,
    action: { kind: "set-user-data", json: null },
  });
});
