import { expect, test } from "vitest";

import { actionsOf } from "./entry-actions";
import { append, createSessionLog, openDocument } from "./session-log";
import { CALL_ID, session } from "./session-text";
import { whyNotAtOnce } from "./why-not-at-once";

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

test.each([
  ["is as it made it", `{"a":2,"b":1}`, undefined],
  ["is as it was before", `{"a":1,"b":7}`, undefined],
  ["has changed besides", `{"a":2,"b":7,"c":1}`, undefined],
  ["was changed by somebody else", `{"a":9,"b":1}`, "a changed since: use Edit and resend, which"],
  ["lost what it set", `{"b":1}`, "a changed since"],
])("a merge is sent again at once unless that goes over news: the room %s", (_, now, reason) => {
  const log = createSessionLog();
  openDocument(log, PAGE);
  const text = `0 created\n1 joined Ada\n2 session-state {"a":1,"b":1}\n3 session-data shallow-merge {"a":2}\n900 session-state {"a":2,"b":1}\n9000 session-state ${now}`;
  for (const event of session(text)) append(log, PAGE.documentId, event);
  const { history } = log.calls.get(CALL_ID) ?? {};
  const merge = { mergeStrategy: "shallow-merge", keysToDelete: [], json: `{"a":2}` } as const;
  const asked = history && whyNotAtOnce(4, { kind: "set-meeting-session-data", ...merge }, history);
  if (reason === undefined) expect(asked).toBeUndefined();
  else expect(asked).toContain(reason);
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
