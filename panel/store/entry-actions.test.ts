import { expect, test } from "vitest";

import { actionsOf } from "./entry-actions";
import { append, createSessionLog, openDocument } from "./session-log";
import { CALL_ID, session } from "./session-text";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** What can be done with the last event of a session. */
function actions(line: string, blocked?: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(`0 created\n1 joined Ada with Bob\n2 ${line}`))
    append(log, PAGE.documentId, event);
  const entry = log.entries[2];
  if (!entry) throw new Error("no entry");
  return actionsOf(entry, log.calls.get(CALL_ID), () => blocked);
}
const labels = (line: string) => actions(line).map(({ label }) => label);
const resend = (line: string, blocked?: string) =>
  actions(line, blocked).find(({ kind }) => kind === "resend");

test.each([
  [
    `send {"n":1} to Bob`,
    ["Resend", "Edit and resend", "Copy as JSON", "Copy as call", "Copy as curl"],
  ],
  ["user-data 1", ["Resend", "Edit and resend", "Copy as JSON", "Copy as call"]],
  ["received 1 from Bob", ["Receive again as if…", "Copy as JSON", "Copy as call"]],
  ["left Bob", []],
])("of %s", (line, expected) => {
  expect(labels(line)).toEqual(expected);
});

test("a message can be sent again while its call takes it", () => {
  expect(resend("send 1 to *")).toMatchObject({ whyNot: undefined, command: { json: "1" } });
  expect(resend("send 1 to *", "You have left the call.")?.whyNot).toBe("You have left the call.");
});

test("a replace is not sent again at once, and says why", () => {
  expect(resend("session-data shallow-merge {}")?.whyNot).toBeUndefined();
  expect(resend("session-data replace {}")?.whyNot).toContain("Edit and resend shows");
});

test("what cannot be sent again says why", () => {
  expect(resend("send circular to *")).toMatchObject({
    whyNot: expect.stringContaining("It cannot be sent again from here") as string,
    command: undefined,
  });
});

test("edited, a message keeps its recipients, and a received one its sender", () => {
  expect(actions("send 1 to Bob")[1]).toMatchObject({
    draft: ["send-app-message", { text: "1", to: ["id-bob"] }],
  });
  expect(actions("received 1 from Bob")[0]).toMatchObject({
    draft: ["receive-app-message", { text: "1", fromId: "id-bob" }],
  });
});
