import { expect, test } from "vitest";

import { applyUpdate, type SessionData } from "../../core/daily/merge";
import {
  beginEdit,
  hasTyped,
  newsFor,
  proposalOf,
  putBackEdit,
  rebaseEdit,
  sidesOf,
  type ValueEdit,
} from "./value-edit";

const BASE = { stage: { name: "Ada", seat: 1 }, votes: [1, 2], open: true };
const edit = (part: Partial<ValueEdit>): ValueEdit => ({
  callId: "call-1",
  subject: "session-data",
  kind: "change",
  path: [],
  key: "",
  text: "",
  base: BASE,
  isProposed: false,
  ...part,
});
/** The data, or null where nothing can be sent. */
const sent = (part: Partial<ValueEdit>) => {
  const proposal = proposalOf(edit(part));
  return proposal.ok ? proposal.action : proposal.reason;
};
const merge = { kind: "set-meeting-session-data", mergeStrategy: "shallow-merge" } as const;

test("one changed value is a shallow merge of its top-level key", () => {
  expect(sent({ path: ["stage", "name"], text: `"Bob"` })).toEqual({
    ...merge,
    json: `{"stage":{"name":"Bob","seat":1}}`,
    keysToDelete: [],
  });
  expect(sent({ path: ["votes", 1], text: "5" })).toMatchObject({ json: `{"votes":[1,5]}` });
});

test("keys and items are added and removed", () => {
  expect(sent({ kind: "add", path: ["stage"], key: "mic", text: "true" })).toMatchObject({
    json: `{"stage":{"name":"Ada","seat":1,"mic":true}}`,
  });
  expect(sent({ kind: "add", path: ["votes"], text: "3" })).toMatchObject({
    json: `{"votes":[1,2,3]}`,
  });
  expect(sent({ kind: "add", key: "__proto__", text: `{"a":1}` })).toMatchObject({
    json: `{"__proto__":{"a":1}}`,
  });
  expect(sent({ kind: "remove", path: ["open"] })).toEqual({
    ...merge,
    json: "{}",
    keysToDelete: ["open"],
  });
  expect(sent({ kind: "remove", path: ["votes", 0] })).toMatchObject({ json: `{"votes":[2]}` });
});

test("user data is set whole, or cleared", () => {
  const subject = "user-data" as const;
  expect(sent({ subject, path: ["open"], text: "false" })).toEqual({
    kind: "set-user-data",
    json: JSON.stringify({ ...BASE, open: false }),
  });
  expect(sent({ subject, text: "7" })).toEqual({ kind: "set-user-data", json: "7" });
  expect(sent({ subject, kind: "remove" })).toEqual({ kind: "set-user-data", json: null });
});

test("a version of user data is put back whole, one without any by a clear", () => {
  const putBack = (json: string | undefined) => proposalOf(putBackEdit("call-1", json, BASE));
  expect(putBack('{"n":1}')).toMatchObject({ action: { kind: "set-user-data", json: '{"n":1}' } });
  expect(putBack(undefined)).toMatchObject({ action: { kind: "set-user-data", json: null } });
});

test.each([
  [{ path: ["open"], text: "tru" }, "Invalid symbol."],
  [{ path: ["open"], text: "" }, "Type a JSON value."],
  [{ path: ["open"], text: "true" }, "It is this value already."],
  [{ kind: "add", key: "open", text: "1" }, "This key is there already."],
  [{ kind: "add", key: "", text: "1" }, "Type the name of the key."],
  [{ path: [], text: "[1]" }, "Session data must be an object: { … }."],
  [{ path: [], kind: "remove" }, "Session data must be an object: { … }."],
] as const)("%j cannot be sent", (part, reason) => expect(sent(part)).toBe(reason));

test("what others change is told by what it means for the edit", () => {
  const name = edit({ path: ["stage", "name"], text: `"Bob"` });
  expect(newsFor(name, { ...BASE })).toBeUndefined();
  expect(newsFor(name, { ...BASE, open: false })).toEqual({ changed: ["open"], how: "beside" });
  expect(newsFor(name, { ...BASE, stage: { name: "Ada", seat: 2 } })).toEqual({
    changed: ["stage.seat"],
    how: "around",
  });
  expect(newsFor(name, { ...BASE, stage: { name: "Cy", seat: 1 } })?.how).toBe("same");
  expect(newsFor(name, { open: true })?.how).toBe("gone");
  expect(newsFor(edit({ kind: "add", key: "new", text: "1" }), { new: 2 })?.how).toBe("same");
  expect(newsFor(edit({ kind: "add", path: ["votes"] }), { ...BASE, votes: [] })?.how).toBe(
    "around",
  );
  expect(newsFor({ ...name, subject: "user-data" }, { ...BASE, open: false })?.how).toBe("around");
});

test("a rebase keeps the edit and what others changed beside it", () => {
  const current: SessionData = { ...BASE, stage: { name: "Ada", seat: 2 }, open: false };
  const name = edit({ path: ["stage", "name"], text: `"Bob"` });
  const rebased = rebaseEdit(name, current);
  expect(newsFor(rebased, current)).toBeUndefined();
  const proposal = proposalOf(rebased);
  if (!proposal.ok || proposal.action.kind !== "set-meeting-session-data")
    throw new Error("not ready");
  const data = JSON.parse(proposal.action.json) as SessionData;
  expect(applyUpdate(current, { strategy: "shallow-merge", data, keysToDelete: [] })).toEqual({
    ...current,
    stage: { name: "Bob", seat: 2 },
  });
});

test("an edit starts from what is pending, or from what is shown where its place will be gone", () => {
  const subject = { callId: "call-1", subject: "session-data", kind: "change" } as const;
  const ahead = { ...BASE, stage: { name: "N1", seat: 1 } };
  const seat = beginEdit({ ...subject, path: ["stage", "seat"] }, BASE, ahead);
  expect(seat).toMatchObject({ text: "1", base: ahead });
  expect(proposalOf({ ...seat, text: "9" })).toMatchObject({
    action: { json: `{"stage":{"name":"N1","seat":9}}` },
  });
  const gone = beginEdit({ ...subject, path: ["votes"] }, BASE, { open: true });
  expect(gone).toMatchObject({ text: "[1,2]", base: BASE });
  expect(newsFor(gone, { open: true })?.how).toBe("gone");
});

test("where both changed a value, both are there to choose between", () => {
  const name = edit({ path: ["stage", "name"], text: `"Bob"` });
  const sides = (part: Partial<ValueEdit>, current: unknown) =>
    sidesOf({ ...name, ...part }, current);
  expect(sides({}, { stage: { name: "Cy" } })).toEqual({ mine: "Bob", theirs: "Cy" });
  expect(sides({ kind: "remove" }, { stage: {} })).toEqual({ mine: undefined, theirs: undefined });
  expect(sides({ kind: "add", path: [], key: "k", text: "1" }, { k: 2 })).toEqual({
    mine: 1,
    theirs: 2,
  });
  expect(sides({ kind: "add", path: [] }, {})).toBeUndefined();
});

test("what was typed is told from what was there", () => {
  expect(hasTyped(edit({ path: ["open"], text: "true" }))).toBe(false);
  expect(hasTyped(edit({ path: ["open"], text: "tru" }))).toBe(true);
  expect(hasTyped(edit({ kind: "add" }))).toBe(false);
  expect(hasTyped(edit({ kind: "add", key: "k" }))).toBe(true);
  expect(hasTyped(edit({ kind: "remove", path: ["open"] }))).toBe(false);
});
