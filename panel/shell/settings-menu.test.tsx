// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";

import { press, renderPanel, row } from "../testing/render-panel";
import { createAgentSetting } from "./agent-setting";

test("where the app names the type of its messages is set in the settings, and a mistake is told", async () => {
  renderPanel([
    "created",
    "joined Ada with Bob",
    'received {"type":"game","sub":{"name":"move"}} from Bob',
  ]);
  await row("game");
  await press("Settings");
  const field = () => screen.getByLabelText<HTMLInputElement>(/^Type of messages of .* is at$/);
  const set = (value: string) => {
    field().value = value;
    fireEvent(field(), new Event("change", { bubbles: true }));
  };
  set("sub..name");
  await screen.findByText(/^Not a path\. Join names with dots/);
  set("sub.name");
  await screen.findByText("1 of the latest 1 own messages have a type there");
  await waitFor(() => expect(document.querySelector(".row .type")?.textContent).toBe("move"));
  set("no.such");
  await screen.findByText("0 of the latest 1 own messages have a type there");
  expect(field().getAttribute("aria-invalid")).toBe("false");
});

test("the inspector is turned off from the settings; the note says so, and the way back is a reload", async () => {
  const { store, onSwitchOff, onReload, open } = renderPanel(["created", "joined Ada"]);
  await row("joined");
  await press("Settings");
  await press("Turn off until reload");
  expect(onSwitchOff).toHaveBeenCalledOnce();

  void open({ documentId: "page", frameId: 0, url: "https://app.example/" });
  store.outOfReach.value = { kind: "off" };
  await screen.findByText("Off on this page.");
  await press("Settings");
  expect(
    screen.getByRole<HTMLButtonElement>("button", { name: "Turn off until reload" }).disabled,
  ).toBe(true);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Record" }).disabled).toBe(true);
  await press("Reload page");
  expect(onReload).toHaveBeenCalledOnce();
});

test("a page without access is told where its calls would be, with the way out", async () => {
  const { store, onReload } = renderPanel([]);
  store.pageNavigated();
  store.documentClosed("page");
  store.outOfReach.value = { kind: "not-allowed", site: "app.example" };
  await screen.findByText("No access to app.example.");
  await press("Reload page");
  expect(onReload).toHaveBeenCalledOnce();
});

test("what agents may do is off at first, goes back where it can't be kept, and isn't there without a background", async () => {
  let kept = false;
  let canKeep = false;
  const keep = (isOn: boolean) => {
    if (!canKeep) return Promise.reject(new Error("full"));
    kept = isOn;
    return Promise.resolve();
  };
  renderPanel(["created"], { agentSetting: createAgentSetting(() => Promise.resolve(kept), keep) });
  await press("Settings");
  const box = () => screen.getByLabelText<HTMLInputElement>("Let coding agents send and set data");
  expect(box().checked).toBe(false);
  fireEvent.click(box());
  await waitFor(() => expect(box().checked).toBe(false));
  canKeep = true;
  fireEvent.click(box());
  await waitFor(() => expect(kept).toBe(true));
  await waitFor(() => expect(box().checked).toBe(true));

  cleanup();
  renderPanel(["created"]);
  await press("Settings");
  expect(screen.queryByLabelText("Let coding agents send and set data")).toBeNull();
});
