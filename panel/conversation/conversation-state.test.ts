import fc from "fast-check";
import { expect, test } from "vitest";

import { createStore } from "../shell/store";
import { session } from "../../core/testing/session-text";
import { talkLines } from "../../core/testing/talk-story";
import { itemText } from "../../core/conversation/conversation-text";

const page = { documentId: "page", frameId: 0, url: "https://app.example/" };

function open() {
  const store = createStore();
  store.documentOpened(page);
  const receive = (events: ReturnType<typeof session>) =>
    store.received("page", { ok: true, events, invalid: 0 });
  const printed = () =>
    store.conversations.current.value?.items.map((item) => itemText(item, undefined));
  return { store, receive, printed };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("is the same however the events come in", async () => {
  const events = session(talkLines());
  const all = open();
  all.receive(events);
  await expect.poll(() => all.printed()?.length).toBe(6);
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: events.length - 1 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(cuts, async (places) => {
      const parts = open();
      let from = 0;
      for (const to of [...places.sort((a, b) => a - b), events.length]) {
        parts.receive(events.slice(from, to));
        from = to;
        await settled();
      }
      await expect.poll(() => parts.printed()).toEqual(all.printed());
    }),
    { numRuns: 20 },
  );
});

test("is there only where a call has turns, and is that of the chosen call", async () => {
  const { store, receive, printed } = open();
  receive(session('0 joined Ada with Bob\n10 received {"type":"chat"} from Bob', "plain"));
  await settled();
  expect(store.hasConversation.value).toBe(false);
  store.trafficView.value = "conversation";
  expect(store.shownTrafficView.value).toBe("table");

  receive(session(talkLines(), "talk", 3));
  await expect.poll(() => printed()?.length).toBe(6);
  expect(store.shownTrafficView.value).toBe("conversation");
  expect(store.conversations.callIds.value).toEqual(["talk"]);
  store.filter.value = { ...store.filter.value, callId: "plain" };
  expect(store.conversations.current.value).toBeUndefined();
});

test("changes only what changed: a token is a new revision of one turn", async () => {
  const { store, receive } = open();
  const events = session(talkLines());
  // Up to the first token of the answer.
  receive(events.slice(0, 14));
  await expect.poll(() => store.conversations.current.value?.items.length).toBe(4);
  const before = store.conversations.current.value;
  const revisions = before?.items.map((item) => ("revision" in item ? item.revision : 0)) ?? [];
  receive(events.slice(14, 16));
  await expect.poll(() => store.conversations.current.value).not.toBe(before);
  const after = store.conversations.current.value?.items ?? [];
  expect(after).toEqual(before?.items);
  const changed = after.filter(
    (item, at) => ("revision" in item ? item.revision : 0) !== revisions[at],
  );
  expect(changed).toEqual([after.at(-1)]);
});

test("starts over when events are cleared", async () => {
  const { store, receive, printed } = open();
  receive(session(talkLines()));
  await expect.poll(() => printed()?.length).toBe(6);
  store.clear();
  await expect.poll(() => store.hasConversation.value).toBe(false);
  expect(store.conversations.current.value).toBeUndefined();
});
