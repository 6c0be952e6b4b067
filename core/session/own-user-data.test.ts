import { expect, test } from "vitest";

import { createDrafts } from "../../panel/send/drafts";
import { hasOwnChanged, ownEdit, ownUserData } from "./own-user-data";
import { append, createSessionLog, openDocument } from "./session-log";
import { CALL_ID, session } from "../testing/session-text";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

function historyOf(text: string) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(text)) append(log, PAGE.documentId, event);
  const call = log.calls.get(CALL_ID);
  if (!call) throw new Error("no call");
  return call.history;
}
const own = (text: string) => ownUserData(historyOf(text))?.json;
const SET = `0 created\n1 joined Ada having 1 with Bob`;

test.each([
  ["what it joined with", SET, "1"],
  ["nothing", `0 created\n1 joined Ada with Bob`, undefined],
  ["what came back", `${SET}\n2 user-data 2\n3 updated Ada 2`, "2"],
  ["what is on its way", `${SET}\n2 user-data 2`, "2"],
  ["not what was refused", `${SET}\n2 user-data 2\n3 settles 3 rejected too large`, "1"],
  ["nothing once it is cleared", `${SET}\n2 user-data undefined`, undefined],
  ["what is kept for the join", `0 created\n2 user-data 2\n3 settles 2 resolved undefined`, "2"],
  [
    "what the join set over that",
    `0 created\n2 user-data 2\n3 settles 2 resolved undefined\n4 joined Ada having 3`,
    "3",
  ],
])("a call has %s", (_, text, json) => expect(own(text)).toBe(json));

test("an edit knows when the value has changed under it, to another than its own", () => {
  const draft = { ...createDrafts()["set-user-data"].value, ...ownEdit(historyOf(SET)) };
  const later = historyOf(`${SET}\n2 updated Ada 2`);
  expect(draft.text).toBe("1");
  expect(hasOwnChanged(draft, "5", historyOf(SET))).toBe(false);
  expect(hasOwnChanged(draft, "5", later)).toBe(true);
  expect(hasOwnChanged(draft, "2", later)).toBe(false);
  expect(hasOwnChanged({ ...draft, seen: undefined }, "5", later)).toBe(false);
});
