import { expect, test } from "vitest";

import { viewOf } from "../../core/session/event-view";
import { session } from "../../core/testing/session-text";
import { createStore } from "../shell/store";
import { NOT_A_PATH } from "./type-paths";

const ORIGIN = "https://app.example";

function open() {
  const store = createStore();
  store.documentOpened({ documentId: "page", frameId: 0, url: `${ORIGIN}/` });
  let seq = 1;
  const receive = (text: string) => {
    const events = session(text, "call-1", seq);
    seq += events.length;
    store.received("page", { ok: true, events, invalid: 0 });
  };
  receive("0 created\n1 joined Ada with Bob");
  const types = () =>
    store.shown.value.entries
      .filter(({ event }) => event.kind === "daily-event" && event.name === "app-message")
      .map((entry) => viewOf(entry, store.callOf("call-1")).type?.label);
  const place = () => store.typePaths.placeOf(store.callOf("call-1"));
  return { store, receive, types, place };
}

test("a path that the user sets for an origin changes the types of what was and what comes", async () => {
  const { store, receive, types, place } = open();
  receive('10 received {"type":"game","sub":{"name":"move"}} from Bob');
  expect(types()).toEqual(["game"]);
  expect(store.typePaths.choose(ORIGIN, "sub.name")).toBeUndefined();
  await expect.poll(types).toEqual(["move"]);
  receive('20 received {"type":"game","sub":{"name":"draw"}} from Bob');
  await expect.poll(types).toEqual(["move", "draw"]);
  await expect.poll(() => place()?.named).toBe(2);

  store.filter.value = { ...store.filter.value, text: "type:draw" };
  await expect.poll(types).toEqual(["draw"]);
  store.filter.value = { ...store.filter.value, text: "" };
  expect(store.typePaths.choose(ORIGIN, "")).toBeUndefined();
  await expect.poll(types).toEqual(["game", "game"]);
});

test("what can't be read as a path is told, and the one before stays", async () => {
  const { store, place } = open();
  store.typePaths.choose(ORIGIN, "a.b");
  expect(store.typePaths.choose(ORIGIN, "a..b")).toBe(NOT_A_PATH);
  await expect.poll(() => place()?.chosen).toBe("a.b");
});

test("a place that the traffic tells is used from when it is sure", async () => {
  const { receive, types, place } = open();
  receive(
    Array.from({ length: 24 }, (_, at) => {
      const kind = ["move", "draw", "score"][at % 3] ?? "";
      const fields =
        { move: '"x":1', draw: '"line":[1]', score: '"points":3,"by":"a"' }[kind] ?? "";
      return `${100 + at} received {"meta":{"sort":"${kind}"},${fields}} from Bob`;
    }).join("\n"),
  );
  await expect.poll(() => place()?.found).toBe("meta.sort");
  await expect.poll(() => [...new Set(types())]).toEqual(["move", "draw", "score"]);
});
