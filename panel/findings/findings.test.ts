import { expect, test } from "vitest";

import { fileOf, imported, storeOf } from "../testing/recording-files";
import { CALL_ID, seatOf, session } from "../../core/testing/session-text";
import type { Store } from "../shell/store";

const SINS = `
  0 created
  10 joined Ada with Bob
  20 send {"type":"cue"} to #nobody
  30 unheard {"type":"chat"} from Bob
  40 received {"type":"chat"} from Bob throwing no such participant`;

/** A busy machine takes its time over tasks that are asked for one after the other. */
const PATIENCE = { timeout: 4_000 };
const expectIds = (store: Store) => expect.poll(() => idsOf(store), PATIENCE);
const idsOf = (store: Store) => store.findings.open.value.map(({ rule }) => rule.id);

/** A store whose findings are all there. */
async function sinfulStore(): Promise<Store> {
  const store = storeOf(session(SINS));
  await expect.poll(() => store.findings.current.value.events, PATIENCE).toBe(5);
  return store;
}

test("findings come with the events, the most serious first, and an event knows its own", async () => {
  const store = await sinfulStore();
  expect(idsOf(store)).toEqual(["listener-threw", "recipient-unknown", "nobody-listened"]);
  expect(store.findings.ofEvent(CALL_ID, 3).map(({ rule }) => rule.id)).toEqual([
    "recipient-unknown",
  ]);
  expect(store.findings.ofEvent(CALL_ID, 2)).toEqual([]);
  expect(store.findings.current.value).toMatchObject({ events: 5, isComplete: true });
  expect(store.findings.current.value.types).toMatchObject([
    { type: "cue", sent: 1, received: 0 },
    { type: "chat", sent: 0, received: 2 },
  ]);
});

test("with the log goes what was found in it", async () => {
  const store = await sinfulStore();
  const [unheard] = session('50 unheard {"type":"late"} from Bob', CALL_ID, 6);
  store.clear();
  await expectIds(store).toEqual([]);
  store.received("document-0", { ok: true, events: unheard ? [unheard] : [], invalid: 0 });
  await expectIds(store).toEqual(["nobody-listened"]);
});

test("a recording has the same findings, and time stands still in it", async () => {
  const events = session(`${SINS}
    50 session-data replace {"a":1}`);
  const { store } = await imported(fileOf(events));
  // An hour passed before the file was made: the write was never confirmed.
  await expectIds(store).toEqual([
    "listener-threw",
    "recipient-unknown",
    "nobody-listened",
    "never-confirmed",
  ]);
  store.backToLive();
  await expectIds(store).toEqual([]);
});

test("what another page of the room did with a message is found once that page is in view", async () => {
  const events = session(`
    0 joined Ada with Bob
    0 at Bob: joined Bob with Ada
    100 send {"type":"chat"} to *
    140 at Bob: unheard {"type":"chat"} from Ada
    9000 joins Cy`);
  const store = storeOf(events.filter((event) => seatOf(event) === undefined));
  await expect.poll(() => store.findings.current.value.events, PATIENCE).toBe(3);
  const seat = { documentId: "bob", frameId: 0, url: "https://app.example/" };
  store.documentOpened(seat, { kind: "tab", tabId: 2 });
  const ofBob = events.filter((event) => seatOf(event) !== undefined);
  store.received("bob", { ok: true, events: ofBob, invalid: 0 });
  await expectIds(store).toEqual(["no-listener-at-other-end"]);
  expect(store.findings.ofEvent(CALL_ID, 2)).toHaveLength(1);
  expect(store.findings.current.value).toMatchObject({ events: 3, isComplete: true });
});

test("what is muted is neither open nor marked, and comes back", async () => {
  const store = await sinfulStore();
  const { findings } = store;
  const marks = findings.marks.value;
  expect(marks.map(({ level }) => level)).toEqual(["error", "warning", "warning"]);
  findings.mutes.mute({ ruleId: "recipient-unknown", type: "cue" });
  findings.mutes.mute({ ruleId: "listener-threw" });
  expect(idsOf(store)).toEqual(["nobody-listened"]);
  expect(findings.ofEvent(CALL_ID, 3)).toEqual([]);
  expect(findings.marks.value).toHaveLength(1);
  findings.mutes.unmute({ ruleId: "recipient-unknown", type: "cue" });
  findings.mutes.unmute({ ruleId: "listener-threw" });
  expect(findings.marks.value).toEqual(marks);
});

test("every event of a finding is marked, not only those that are kept as evidence", async () => {
  const text = `0 joined Ada with Bob
    10 30 times every 10: unheard {"type":"chat"} from Bob`;
  const store = storeOf(session(text));
  await expect.poll(() => store.findings.current.value.events, PATIENCE).toBe(31);
  const seqs = Array.from({ length: 31 }, (_, index) => index + 1);
  const marked = seqs.filter((seq) => store.findings.ofEvent(CALL_ID, seq).length > 0);
  expect(marked).toEqual(seqs.slice(1));
});
