import { expect, test } from "vitest";

import { actionOf } from "../send/draft-action";
import { actionsOf, whyNotAtOnce } from "./entry-actions";
import { append, createSessionLog, openDocument } from "../../core/session/session-log";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createStore } from "../shell/store";

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
  ["received 1 from Bob", ["Simulate again…", "Copy as JSON", "Copy as call"]],
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
  ["was changed by someone else", `{"a":9,"b":1}`, "a changed since: use Edit and resend, which"],
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

test("edited, a merge that deleted a key still does", () => {
  const store = createStore();
  store.documentOpened(PAGE);
  const text = `0 created\n1 joined Ada\n2 session-state {"a":1,"c":1}\n3 session-data shallow-merge {"b":2} without a`;
  store.received(PAGE.documentId, { ok: true, events: session(text), invalid: 0 });
  const entry = store.entriesOf(CALL_ID)[3];
  // It went out, and then someone put the key back.
  const later = `900 session-state {"b":2,"c":1}\n9000 session-state {"a":5,"c":1}`;
  store.received(PAGE.documentId, { ok: true, events: session(later, CALL_ID, 5), invalid: 0 });
  const call = store.freshCall(CALL_ID);
  const edit = entry && actionsOf(entry, call, () => undefined)[1];
  if (!call || edit?.kind !== "compose") throw new Error("nothing to edit");
  store.compose(...edit.draft, CALL_ID);
  const draft = store.drafts["set-meeting-session-data"].value;
  expect(JSON.parse(draft.text)).toEqual({ b: 2, c: 1 });
  expect(actionOf(draft, call.history)).toMatchObject({
    action: { json: `{"b":2}`, keysToDelete: ["a"] },
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

test("what a seat did is done again from its tab, and says so", () => {
  const store = createStore();
  store.documentOpened(PAGE);
  store.documentOpened({ ...PAGE, documentId: "bob" }, { kind: "tab", tabId: 2 });
  const text = `0 created\n1 joined Bob with Ada\n2 send {"n":1} to *`;
  store.received("bob", { ok: true, events: session(text, "call-bob"), invalid: 0 });
  const entry = store.entriesOf("call-bob")[2];
  const offered = () =>
    (entry ? actionsOf(entry, store.freshCall("call-bob"), store.commands.whyNot) : [])
      .slice(0, 2)
      .map(({ label, whyNot }) => [label, whyNot]);
  expect(offered()).toEqual([
    ["Resend from Bob’s tab", undefined],
    ["Edit and resend", undefined],
  ]);
  store.documentClosed("bob");
  expect(offered()).toEqual([
    ["Resend from Bob’s tab", "Bob’s tab is reloading or gone."],
    ["Edit and resend", "Bob’s tab is reloading or gone."],
  ]);
});
