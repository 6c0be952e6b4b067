// @vitest-environment happy-dom
import { act, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";

import { session } from "../../core/testing/session-text";
import {
  editorText,
  openSend,
  press,
  renderPanel,
  select,
  sent,
  status,
  submit,
  type,
} from "../testing/render-panel";

const BOB = { documentId: "bob", frameId: 0, url: "https://app.example/bob" };

/** The Send tab of Ada's page, with Bob's tab in view. */
async function openWithBob(kind: string) {
  const panel = renderPanel(["created", "joined Ada with Bob", `updated Bob {"of":"Bob"}`]);
  await openSend(kind);
  expect(screen.queryByLabelText("Send from")).toBeNull();
  await act(() => {
    panel.store.documentOpened(BOB, { kind: "tab", tabId: 2 });
    const events = session(`0 created\n1 joined Bob having {"of":"Bob"} with Ada`, "call-bob");
    panel.store.received("bob", { ok: true, events, invalid: 0 });
  });
  await screen.findByLabelText("Send from");
  return panel;
}

test("another tab is chosen by name, named beside the button, and left when it closes", async () => {
  const { store } = await openWithBob("App message");
  screen.getByText("through Ada · you.daily.co/qa");
  select("Send from", "Bob’s tab");
  await screen.findByText("through Bob’s tab");
  await type(`{"n":1}`);
  await submit();
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(store.commands.sent.value).toMatchObject([
    { callId: "call-bob", action: { kind: "send-app-message", json: `{"n":1}`, to: "*" } },
  ]);

  void act(() => store.documentClosed("bob"));
  await screen.findByText(/^Bob’s tab is gone: this now goes through Ada · you.daily.co\/qa\./);
  expect(screen.queryByLabelText("Send from")).toBeNull();
  await submit();
  await waitFor(() => expect(store.commands.sent.value.at(-1)?.callId).toBe("call-1"));
  await waitFor(() => expect(screen.queryByText(/is gone/)).toBeNull());
});

test("user data to start from is that of the tab that sends", async () => {
  const { store } = await openWithBob("User data");
  expect(await editorText()).toBe("{}");
  select("Send from", "Bob’s tab");
  await waitFor(async () => expect(JSON.parse(await editorText())).toEqual({ of: "Bob" }));
  expect(await status()).toBe("This is Bob’s user data already. Change it to set it.");
  await type("{}");
  await waitFor(() =>
    expect(screen.getByRole("region", { name: "Preview" }).textContent).toContain(
      "Replaces Bob’s user data. Removes of",
    ),
  );
  await press("Set");
  expect(store.commands.sent.value).toMatchObject([{ callId: "call-bob" }]);
});

test("user data of a tab that closes isn't left for this page to set", async () => {
  const { store } = await openWithBob("User data");
  select("Send from", "Bob’s tab");
  await waitFor(async () => expect(JSON.parse(await editorText())).toEqual({ of: "Bob" }));
  void act(() => store.documentClosed("bob"));
  await waitFor(async () => expect(await editorText()).toBe("{}"));
});
