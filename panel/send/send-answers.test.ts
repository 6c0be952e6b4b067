import { expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import type { Command } from "../../extension/protocol/command";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createStore } from "../shell/store";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };
const kind = "send-app-message";
const ACTION = { kind, json: '"x"', to: "*" } as const;

function setup() {
  const out: Command[] = [];
  const store = createStore({ sendCommand: (_, command) => out.push(command) > 0 });
  const receive = (...events: PageEvent[]) =>
    store.received(PAGE.documentId, { ok: true, events, invalid: 0 });
  store.documentOpened(PAGE);
  receive(...session("0 created\n1 joined Ada with Bob"));
  let seq = 3;
  /** The page answers the latest command. */
  const answer = (line: string) => {
    const commandId = out.at(-1)?.commandId;
    const [event] = session(`5 ${line}`, CALL_ID, seq++);
    receive({ ...event, by: "panel", commandId } as PageEvent);
  };
  const edit = (text: string) => {
    const draft = store.drafts[kind];
    draft.value = { ...draft.value, text, isTyped: true };
  };
  const send = () => store.commands.send(store.callOf(CALL_ID), ACTION);
  const refusal = () => store.sendAnswers.refusal(kind, CALL_ID);
  return { store, answer, edit, send, refusal };
}

test("a refusal is told in Daily's words until the draft is edited", () => {
  const { answer, edit, send, refusal } = setup();
  send();
  expect(refusal()).toBeUndefined();
  answer(`refused send "x" because Message data too large`);
  expect(refusal()).toBe("Message data too large");
  edit("1");
  expect(refusal()).toBeUndefined();
});

test("a refusal of what is still on its way is not missed by typing on", () => {
  const { answer, edit, send, refusal } = setup();
  send();
  edit("1");
  answer(`refused send "x" because Message data too large`);
  expect(refusal()).toBe("Message data too large");
});

test("it is the newest command that counts, of this kind and call", () => {
  const { store, answer, send, refusal } = setup();
  send();
  answer(`refused send "x" because Message data too large`);
  expect(store.sendAnswers.refusal("set-user-data", CALL_ID)).toBeUndefined();
  expect(store.sendAnswers.refusal(kind, "another")).toBeUndefined();
  send();
  answer(`send "x" to *`);
  expect(refusal()).toBeUndefined();
});

test("why a repetition ended is told with messages, until the next edit", () => {
  const { store, edit } = setup();
  store.commands.ended.value = "Stopped after 4 of 20: …";
  expect(store.sendAnswers.ended(kind)).toContain("Stopped");
  expect(store.sendAnswers.ended("set-user-data")).toBeUndefined();
  edit("2");
  expect(store.sendAnswers.ended(kind)).toBeUndefined();
});
