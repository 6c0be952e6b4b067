// @vitest-environment happy-dom
import { act, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";

import { createMemoryStorage } from "../session/kept";
import { key, openTab, press, renderPanel } from "../testing/render-panel";
import SAMPLE from "./sample-recording.json?raw";

const TITLE = "See what goes through your Daily call";
const heading = () => screen.queryByRole("heading", { name: TITLE });

afterEach(() => vi.unstubAllGlobals());

test("every tab says what the panel is for until a call is there, and the call takes its place", async () => {
  const { open, happens } = renderPanel([], { hasCall: false });
  for (const tab of ["Room", "Send", "Statistics", "Types", "Findings", "Traffic"]) {
    openTab(tab);
    await screen.findByRole("heading", { name: TITLE });
    expect(screen.getAllByRole("button", { name: "Open sample recording" })).toHaveLength(1);
    expect(screen.getByText("No Daily call on this page yet.")).toBeTruthy();
  }
  await open({ documentId: "page", frameId: 0, url: "https://app.example/" });
  await happens(["created", "joined Ada"]);
  await vi.waitFor(() => expect(heading()).toBeNull());
});

test("where nothing can come from the page, that is said, with a reload where one helps", async () => {
  const { store, onReload } = renderPanel([], { hasCall: false });
  await press("Reload page");
  expect(onReload).toHaveBeenCalledOnce();
  await act(() => void (store.outOfReach.value = { kind: "outdated" }));
  expect(screen.getByText("Reload this page after the update.")).toBeTruthy();
  expect(screen.queryByText("No Daily call on this page yet.")).toBeNull();
  expect(screen.queryByRole("button", { name: "Reload page" })).not.toBeNull();
  await act(() => void (store.outOfReach.value = { kind: "closed" }));
  expect(screen.getByText("Extensions can't run on this page.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Reload page" })).toBeNull();
});

test("the sample is shown as one, and the live session is a click away", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(SAMPLE)));
  const { store } = renderPanel([], { hasCall: false });
  await press("Open sample recording");
  await vi.waitFor(() => expect(store.isLive.value).toBe(false));
  expect(screen.getByRole("region", { name: "Recording" }).textContent).toContain(
    "Sample recording: Live Q&A · read-only",
  );
  expect(store.seats.value.map(({ name }) => name)).toEqual(["Bob"]);
  await press("Back to live");
  expect(heading()).not.toBeNull();
});

test("a sample that can't be read is said, and nothing is lost", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new Error("gone")));
  renderPanel([], { hasCall: false });
  await press("Open sample recording");
  await screen.findByText(/^The sample recording couldn’t be read/);
  expect(heading()).not.toBeNull();
});

test("the keys are listed from here, from the settings and by ? where nothing has the focus", async () => {
  renderPanel([], { hasCall: false });
  const list = () => screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  const closeIt = async () => press("Close", await list());
  await press("Keyboard shortcuts");
  await closeIt();
  await press("Settings");
  await press("Keyboard shortcuts", screen.getByRole("dialog", { name: "Settings" }));
  await closeIt();
  await act(() => void key(document.body, "?"));
  expect((await list()).textContent).toContain("Send what is in the editor");
});

test("the first panel after an update says once what's new, and after a first installation it doesn't", () => {
  const storage = createMemoryStorage();
  const bar = () => screen.queryByText(/^Updated to/);
  const openPanel = (version: string) => renderPanel([], { hasCall: false, storage, version });

  const first = openPanel("0.2.0");
  expect(bar()).toBeNull();
  first.unmount();
  const updated = openPanel("0.2.1");
  expect(bar()?.textContent).toBe("Updated to 0.2.1 · What’s new");
  expect(screen.getByRole("link", { name: "What’s new" }).getAttribute("href")).toBe(
    "/CHANGELOG.html#021",
  );
  updated.unmount();
  openPanel("0.2.1");
  expect(bar()).toBeNull();
});

test("who comes from a version that kept none is told, too, until the line is closed", async () => {
  const storage = createMemoryStorage();
  storage.setItem("setting:theme", `"dark"`);
  renderPanel([], { hasCall: false, storage, version: "0.2.0" });
  expect(screen.getByText(/^Updated to/).textContent).toMatch(
    /^Updated to 0\.2\.0: both ends of a message, /,
  );
  await press("Close this note");
  expect(screen.queryByText(/^Updated to/)).toBeNull();
});
