// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";

import { fill, key, pick, press, renderPanel, row, rows } from "../testing/render-panel";

const JOINED = ["created", "joined Ada with Bob"];
const box = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Filter" });
const filter = (text: string) => fireEvent.input(box(), { target: { value: text } });
const options = () => screen.queryAllByRole("option").map(({ textContent }) => textContent);
const grow = async (text: string) => {
  const value = box().value + text;
  filter(value);
  box().setSelectionRange(value.length, value.length);
  fireEvent.select(box());
};

test("the language narrows the table down, and status stays right as writes are synced", async () => {
  const { happens } = renderPanel([
    ...JOINED,
    `send {"kind":"chat","poll":{"votes":3}} to *`,
    `send {"kind":"chat","text":"<3000>"} to *`,
    `received {"kind":"reaction","poll":{"votes":5}} from Bob`,
  ]);
  for (const [text, count] of [
    ["type:chat", 2],
    ["type:chat size:>2k", 1],
    ['from:"Bob" dir:in', 1],
    ["path:poll.votes=3", 1],
    ["path:poll.votes>2 -type:reaction", 1],
    ["to:* by:page", 2],
    ["/x{50}/", 1],
    ["channel:app -type:chat,reaction", 0],
  ] as const) {
    filter(text);
    await waitFor(() => expect(rows(), text).toHaveLength(count));
  }
  filter("status:synced dir:out");
  await waitFor(() => expect(rows()).toHaveLength(0));
  await happens([`session-data shallow-merge {"stage":"Ada"}`, `session-state {"stage":"Ada"}`]);
  await row(`{stage: "Ada"}`, "synced");
  expect(rows()).toHaveLength(1);
});

test("keys and values are completed by keyboard", async () => {
  renderPanel([...JOINED, `send {"kind":"raise hand"} to *`, `send {"kind":"chat"} to *`]);
  box().focus();
  await grow("ty");
  await waitFor(() => expect(options()).toHaveLength(1));
  expect(options()[0]).toMatch(/^type:type of an app message/);
  expect(box().getAttribute("aria-expanded")).toBe("true");
  key(box(), "Tab");
  await waitFor(() => expect(box().value).toBe("type:"));
  await waitFor(() => expect(options()).toEqual(["chat", "raise hand"]));
  key(box(), "ArrowDown");
  key(box(), "ArrowDown");
  const active = () => document.getElementById(box().getAttribute("aria-activedescendant") ?? "");
  await waitFor(() => expect(active()?.textContent).toBe("raise hand"));
  key(box(), "Enter");
  await waitFor(() => expect(box().value).toBe('type:"raise hand"'));
  expect(box().getAttribute("aria-expanded")).toBe("false");
  await waitFor(() => expect(rows()).toHaveLength(1));

  await grow(" di");
  await screen.findByRole("listbox");
  key(box(), "Escape");
  await waitFor(() => expect(screen.queryByRole("listbox")).toBeNull());
  expect(box().value).toBe('type:"raise hand" di');
  key(box(), "Escape");
  await waitFor(() => expect(box().value).toBe(""));
});

test("what is not understood is marked at its place, said and ignored, and the help fills in examples", async () => {
  renderPanel([...JOINED, `send {"kind":"chat"} to *`]);
  filter("chanel:app type:chat");
  await screen.findByText(/Did you mean channel\?/);
  await screen.findByText(/1 term ignored/);
  // It alone is marked.
  screen.getByText("chanel");
  await waitFor(() => expect(rows()).toHaveLength(1));
  filter("https://app.example/x");
  await waitFor(() => expect(screen.queryByText(/term ignored/)).toBeNull());
  await press("Filter help");
  await press("dir:out");
  await waitFor(() => expect(box().value).toBe("https://app.example/x dir:out"));
});

test("a row's details filter by its type and sender", async () => {
  renderPanel([...JOINED, `send {"kind":"chat"} to *`]);
  pick(await row("chat"));
  await press("Filter: type:chat");
  await press("Filter: from:Ada");
  expect(box().value).toBe("type:chat from:Ada");
  expect(rows()).toHaveLength(1);
});

test("words, channels and Clear act on the table", async () => {
  const { happens } = renderPanel([
    ...JOINED,
    `send {"kind":"reaction"} to *`,
    `send {"kind":"chat"} to *`,
  ]);
  await row("chat");
  filter("reaction");
  await waitFor(() => expect(rows()).toHaveLength(1));
  filter("no such word");
  await screen.findByText("No matching events");
  await press("Clear filter");
  await row("chat");
  await press("App");
  await waitFor(() => expect(rows().join()).not.toContain("chat"));
  await press("App");
  pick(await row("chat"));
  const grid = screen.getByRole("grid", { name: "Traffic" });
  await screen.findByRole("region", { name: "Details" });
  key(grid, "Escape");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Details" })).toBeNull());
  key(grid, "l", { ctrlKey: true });
  await screen.findByText("Nothing recorded since the log was cleared");
  await happens([`send {"kind":"after"} to *`]);
  await waitFor(() => expect(rows()).toHaveLength(1));
});

test("a saved filter is there in the next panel, and can be renamed and deleted", async () => {
  const { storage, unmount } = renderPanel(JOINED);
  filter("type:chat dir:out");
  await press("Saved filters");
  await screen.findByLabelText("Name of the filter");
  fill("Name of the filter", "My chats");
  await press("Save this filter");
  await screen.findByRole("button", { name: "Delete My chats" });
  unmount();

  renderPanel(JOINED, { storage });
  expect(box().value).toBe("");
  await press("Saved filters");
  await press("Rename My chats");
  fill("New name of My chats", "Own chats");
  await press("Rename");
  await press("Own chats type:chat dir:out");
  await waitFor(() => expect(box().value).toBe("type:chat dir:out"));
});
