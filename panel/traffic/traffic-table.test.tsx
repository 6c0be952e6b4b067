// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { describe, expect, test } from "vitest";

import { key, openTab, pick, press, renderPanel, row, rows } from "../testing/render-panel";

const JOINED = ["created", "joined Ada with Bob"];
const grid = () => screen.getByRole("grid", { name: "Traffic" });
const selected = () =>
  screen
    .getAllByRole("row")
    .filter((each) => each.getAttribute("aria-selected") === "true")
    .map(({ textContent }) => textContent);
const group = async (name: string) => {
  const find = () =>
    screen
      .getAllByRole("row")
      .find((each) => each.hasAttribute("aria-expanded") && each.textContent.includes(name));
  await waitFor(() => expect(find(), name).toBeDefined());
  return find() as HTMLElement;
};
const option = async (name: RegExp) => {
  await press("Table options");
  fireEvent.click(await screen.findByLabelText(name));
  await press("Table options");
};
const sorted = (...numbers: number[]) =>
  waitFor(() =>
    expect(rows().map((text) => Number(/sorted: (\d+)/.exec(text)?.[1]))).toEqual(numbers),
  );

test("columns sort, both ways and back, with what comes later at its place", async () => {
  const send = (n: number) => `send {"sorted":${n}} to *`;
  const { happens } = renderPanel([...JOINED, ...[22, 1, 333].map(send)]);
  fireEvent.input(screen.getByRole("combobox", { name: "Filter" }), {
    target: { value: "sorted" },
  });
  await sorted(22, 1, 333);
  const head = screen.getByRole("columnheader", { name: "Size" });
  const sort = () => press("Size", head);
  await sort();
  await sorted(1, 22, 333);
  expect(head.getAttribute("aria-sort")).toBe("ascending");
  await happens([send(44)]);
  await sorted(1, 22, 44, 333);
  await sort();
  await sorted(333, 22, 44, 1);
  await sort();
  await sorted(22, 1, 333, 44);
});

test("a size that has no room is told short, and exactly in its tooltip", async () => {
  renderPanel([
    ...JOINED,
    `session-state {"text":"<99980>"}`,
    `session-state {"text":"<1000014>"}`,
  ]);
  await waitFor(() => expect(rows()).toHaveLength(4));
  const [fits, large] = [...document.querySelectorAll<HTMLElement>(".row .cell--size")].slice(-2);
  expect([fits?.textContent, large?.textContent]).toEqual(["99,991", "1 M"]);
  fireEvent.mouseOver(large as HTMLElement);
  expect(large?.title).toContain("1,000,025");
});

describe("groups", () => {
  test("of neighbours of one type fold into a row, and unfold where they are", async () => {
    const { happens } = renderPanel([
      ...JOINED,
      ...Array.from(
        { length: 40 },
        (_, n) => `send {"type":"${n < 30 ? "cursor" : "chat"}","n":${n}} to *`,
      ),
    ]);
    await option(/^Group consecutive rows by type/);
    expect((await group("cursor")).textContent).toContain("× 30");
    expect((await group("chat")).textContent).toContain("× 10");
    pick(await group("cursor"));
    await waitFor(async () =>
      expect((await group("cursor")).getAttribute("aria-expanded")).toBe("true"),
    );
    await row("n: 0}");
    await happens([`send {"type":"chat","n":40} to *`]);
    await waitFor(async () => expect((await group("chat")).textContent).toContain("× 11"));
  });

  test("are reached, opened and left by keyboard", async () => {
    renderPanel([
      ...JOINED,
      ...Array.from(
        { length: 6 },
        (_, n) => `send {"type":"${n % 2 ? "cursor" : "chat"}","n":${n}} to *`,
      ),
    ]);
    await option(/^By type/);
    await group("cursor");
    key(grid(), "End");
    key(grid(), "ArrowUp");
    await waitFor(() => expect(selected().join()).toContain("cursor"));
    key(grid(), "ArrowRight");
    await waitFor(async () =>
      expect((await group("cursor")).getAttribute("aria-expanded")).toBe("true"),
    );
    key(grid(), "ArrowDown");
    await waitFor(() => expect(selected().join()).toContain("n: 1"));
    key(grid(), "ArrowLeft");
    await waitFor(async () =>
      expect((await group("cursor")).getAttribute("aria-expanded")).toBe("false"),
    );
  });

  test("and heads have their menus, and the keys a list", async () => {
    renderPanel([...JOINED, `send {"type":"pos","n":1} to *`, `send {"type":"pos","n":2} to *`]);
    await row("{n: 2}");
    const size = screen.getByRole("columnheader", { name: "Size" });
    fireEvent.contextMenu(size);
    fireEvent.click(await screen.findByRole("menuitemcheckbox", { name: /Size$/ }));
    await waitFor(() => expect(screen.queryByRole("columnheader", { name: "Size" })).toBeNull());
    fireEvent.contextMenu(screen.getByRole("columnheader", { name: "Time" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: /Rows$/ }));
    fireEvent.click(
      await screen.findByRole("menuitemcheckbox", { name: /Group consecutive rows by type$/ }),
    );
    fireEvent.contextMenu(await group("pos"));
    fireEvent.click(await screen.findByRole("menuitem", { name: /Show only pos$/ }));
    const filter = screen.getByRole<HTMLInputElement>("combobox", { name: "Filter" });
    await waitFor(() => expect(filter.value).toBe("type:pos"));
    fireEvent.contextMenu(await group("pos"));
    fireEvent.click(await screen.findByRole("menuitem", { name: /Expand$/ }));
    await row("{n: 1}");

    key(grid(), "?");
    const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(dialog.textContent).toContain("Pause recording");
  });
});

test("Enter opens the details and goes into them, Escape comes back to the same row", async () => {
  renderPanel([...JOINED, ...Array.from({ length: 9 }, (_, n) => `send {"n":${n}} to *`)]);
  const details = () => screen.queryByRole("region", { name: "Details" });
  pick(await row("n: 3"), { button: 2 });
  await screen.findByRole("menu", { name: "Row" });
  expect(details()).toBeNull();
  key(screen.getByRole("menu"), "Escape");

  key(grid(), "ArrowDown");
  await waitFor(() => expect(selected().join()).toContain("n: 4"));
  expect(details()).toBeNull();
  key(grid(), "Enter");
  await waitFor(() => expect(details()?.textContent).toContain("n:4"));
  key(grid(), "Enter");
  await waitFor(() => expect(details()?.contains(document.activeElement)).toBe(true));
  key(document.activeElement as Element, "Escape");
  await waitFor(() => expect(details()).toBeNull());
  expect(document.activeElement).toBe(grid());
  key(grid(), "ArrowDown");
  await waitFor(() => expect(selected().join()).toContain("n: 5"));
});

test("a menu of a row gives the focus back to the table, a submenu to its item", async () => {
  renderPanel([...JOINED, `send {"n":1} to *`]);
  const one = await row("n: 1");
  grid().focus();
  pick(one, { button: 2 });
  const menu = await screen.findByRole("menu", { name: "Row" });
  expect(menu.contains(document.activeElement)).toBe(true);
  const copy = within(menu).getByRole("menuitem", { name: "Copy" });
  copy.focus();
  key(copy, "ArrowRight");
  await screen.findByRole("menu", { name: "Copy" });
  key(document.activeElement as Element, "Escape");
  await waitFor(() => expect(screen.queryByRole("menu", { name: "Copy" })).toBeNull());
  expect(document.activeElement).toBe(copy);
  key(copy, "Escape");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(document.activeElement).toBe(grid());
});

test("while recording is paused nothing new is shown, and state goes on", async () => {
  const { happens } = renderPanel([...JOINED, `send {"n":1} to *`]);
  await row("{n: 1}");
  await press("Record");
  await happens([`send {"n":2} to *`, `session-state {"stage":"Ada"}`]);
  openTab("Room");
  const tree = await screen.findByRole("tree", { name: "Session data" });
  await waitFor(() => expect(tree.textContent).toContain(`stage:"Ada"`));
  openTab("Traffic");
  expect(rows().join()).not.toContain("{n: 2}");
  await press("Paused · Resume");
  await happens([`send {"n":3} to *`]);
  await row("{n: 3}");
  expect(rows().join()).not.toContain("{n: 2}");
});

test("a message to one person names them, and a stranger's id is said to be no one's", async () => {
  renderPanel([...JOINED, `send {"cue":"unmute"} to Bob`, `send {"lost":1} to #not-a-session-id`]);
  await row("Ada (you) → Bob", "unmute");
  pick(await row("lost"));
  const details = await screen.findByRole("region", { name: "Details" });
  expect(details.textContent).toContain("no one with this session id");
  within(details).getByRole("tab", { name: "Delivery" });
});
