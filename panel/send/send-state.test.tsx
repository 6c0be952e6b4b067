// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { describe, expect, test } from "vitest";

import {
  check,
  editorText,
  openSend,
  openTab,
  pick,
  press,
  pressInEditor,
  renderPanel,
  row,
  select,
  sent,
  status,
  submit,
  type,
} from "../testing/render-panel";

const JOINED = ["created", "joined Ada with Bob"];
const preview = () => screen.getByRole("region", { name: "Preview" });
const previewSays = (text: string) => waitFor(() => expect(preview().textContent).toContain(text));
const setButton = () => screen.getByRole<HTMLButtonElement>("button", { name: "Set" });
const choose = async (key: string, side: "mine" | "theirs") =>
  fireEvent.click(
    within(await screen.findByRole("group", { name: `Whose ${key}` })).getByLabelText(
      new RegExp(`^${side}`),
    ),
  );
const APPLY = "Apply my edit to the current data";

describe("session data", () => {
  const withRoom = async (json: string) => {
    const panel = renderPanel([...JOINED, `session-state ${json}`]);
    await openSend("Session data");
    return panel;
  };
  const edit = async (text: string) => {
    await press("Edit the room’s data");
    await waitFor(async () => expect(await editorText()).not.toBe("{}"));
    await type(text);
  };

  test("that would fill the room too much is told before it is set", async () => {
    await withRoom(`{"bobs":"${"x".repeat(60_000)}"}`);
    await type(`{"adas":"${"y".repeat(60_000)}"}`);
    await waitFor(async () =>
      expect(await status()).toBe(
        "Daily will not take this: the room would hold 120,021 of 102,400 characters (documented).",
      ),
    );
    await type(`{"adas":1}`);
    await waitFor(async () => expect(await status()).toBe(""));
  });

  test("of an edit that meets a conflict is chosen key by key", async () => {
    const { happens, actions } = await withRoom(`{"stage":"Bob","votes":1}`);
    await edit(`{"stage":"Ada","votes":7}`);
    await happens([`session-state {"stage":"Cy","votes":2}`]);
    await choose("votes", "theirs");
    expect((await screen.findByRole<HTMLButtonElement>("button", { name: APPLY })).disabled).toBe(
      true,
    );
    expect(setButton().disabled).toBe(true);
    await choose("stage", "mine");
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>("button", { name: APPLY }).disabled).toBe(false),
    );
    await press(APPLY);
    await waitFor(async () => expect(await editorText()).toContain(`"votes": 2`));
    await submit();
    expect(actions).toMatchObject([{ json: `{"stage":"Ada"}`, mergeStrategy: "shallow-merge" }]);
  });

  test("that someone else wrote to a typed key since waits for a choice", async () => {
    const { happens, actions } = await withRoom(`{"a":1,"b":1}`);
    await type(`{"a":5}`);
    await happens([`session-state {"a":9,"b":9}`]);
    await previewSays("The room changed since you began: a.");
    expect(setButton().disabled).toBe(true);
    await check("replace");
    await previewSays("The room changed since you began: a, b.");
    expect(setButton().disabled).toBe(true);
    await choose("a", "mine");
    await choose("b", "theirs");
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>("button", { name: APPLY }).disabled).toBe(false),
    );
    await press(APPLY);
    await waitFor(async () => expect(await editorText()).toContain(`"b": 9`));
    await submit();
    expect(actions).toMatchObject([{ json: `{"a":5,"b":9}`, mergeStrategy: "replace" }]);
  });

  test("that was sent tells what it deleted and whether it was an undo, and drops an old note", async () => {
    const { obeys, actions } = await withRoom(`{"keep":1,"mine":1}`);
    await edit(`{"keep":1}`);
    await submit();
    await obeys();
    const first = () => sent().at(-1) as HTMLElement;
    await waitFor(() => expect(first().textContent).toContain("Session data {} deletes mine"));
    await press("Undo", first());
    await waitFor(() => expect(first().textContent).toContain("It waits for the next sync"));
    await obeys(`session-state {"keep":1}`);
    await waitFor(() => expect(first().textContent).toContain("synced"));
    expect(first().textContent).not.toContain("It waits for the next sync");
    await press("Undo", first());
    await waitFor(() => within(sent()[0] as HTMLElement).getByText("undo"));
    expect(actions.at(-1)).toMatchObject({ json: `{"mine":1}`, keysToDelete: [] });
    await obeys(`session-state {"keep":1,"mine":1}`);
    await waitFor(() => expect(first().textContent).toContain("Undone"));
    expect(within(first()).queryByRole("button", { name: "Undo" })).toBeNull();
    // The text is what was undone: nothing of it is an edit to apply.
    await waitFor(() => expect(screen.queryByRole("button", { name: APPLY })).toBeNull());
    await press("Edit the current data");
    await waitFor(async () => expect(await editorText()).toContain(`"mine": 1`));
  });

  test("that was set is undone where no one else wrote since, also after the log was cleared", async () => {
    const { happens, obeys, actions } = await withRoom(`{"a":1,"b":1}`);
    await type(`{"a":5}`);
    await submit();
    // In the same second and since.
    await obeys(`session-state {"a":5,"b":99,"theirs":1}`);
    await happens([`session-state {"a":5,"b":99,"theirs":1,"later":1}`]);
    await press("Clear");
    const first = () => sent()[0] as HTMLElement;
    await waitFor(() =>
      expect(within(first()).queryByRole("button", { name: "event" })).toBeNull(),
    );
    expect(first().textContent).toContain("synced");
    await press("Undo", first());
    expect(actions.at(-1)).toMatchObject({
      json: `{"a":1}`,
      mergeStrategy: "shallow-merge",
      keysToDelete: [],
    });
  });

  test("of a snippet that says nothing of how it is set leaves the rest of the room", async () => {
    const { actions } = await withRoom(`{"votes":1}`);
    await check("replace");
    select("Snippet", "Bring on stage");
    await waitFor(() =>
      expect(screen.getByLabelText<HTMLInputElement>("shallow-merge").checked).toBe(true),
    );
    await submit();
    expect(actions).toMatchObject([
      { json: `{"stage":{"name":"Bob"}}`, mergeStrategy: "shallow-merge" },
    ]);
  });

  test("is not overwritten by an undo in the editor that brings an old text back to an edit", async () => {
    const { actions } = await withRoom(`{"a":1,"b":1,"c":1}`);
    await type(`{"a":5}`);
    await press("Edit the room’s data");
    await waitFor(async () => expect(await editorText()).toContain(`"c": 1`));
    await pressInEditor("z", { ctrlKey: true });
    expect(await editorText()).toContain(`"c": 1`);
    await submit();
    expect(actions).toEqual([]);
    await press("Restore draft");
    await waitFor(async () => expect(await editorText()).toBe(`{"a":5}`));
    await waitFor(() => expect(setButton().disabled).toBe(false));
    await submit();
    expect(actions).toMatchObject([{ json: `{"a":5}`, keysToDelete: [] }]);
  });

  test("that an edit was applied to is not replaced by an undo in the editor", async () => {
    const { happens } = await withRoom(`{"a":1,"b":1}`);
    await edit(`{\n  "a": 5,\n  "b": 1\n}`);
    await happens([`session-state {"a":1,"b":1,"theirs":1}`]);
    await press(APPLY);
    await waitFor(async () => expect(await editorText()).toContain(`"theirs": 1`));
    await pressInEditor("z", { ctrlKey: true });
    expect(await editorText()).toContain(`"theirs": 1`);

    // The text stays the same by this one, and what it is compared with does not.
    await type(`{\n  "a": 6,\n  "b": 1,\n  "theirs": 1\n}`);
    await happens([`session-state {"a":9,"b":1,"theirs":1}`]);
    await choose("a", "mine");
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>("button", { name: APPLY }).disabled).toBe(false),
    );
    await press(APPLY);
    await waitFor(() => expect(screen.queryByRole("button", { name: APPLY })).toBeNull());
    await pressInEditor("z", { ctrlKey: true });
    expect(await editorText()).toContain(`"a": 6`);
  });
});

describe("one's own user data", () => {
  test("shows what a value would drop, and can be edited", async () => {
    const { happens, actions } = renderPanel(JOINED);
    await openSend("User data");
    screen.getByText(/You can’t set other participants’ data/);
    const edit = screen.getByRole<HTMLButtonElement>("button", { name: "Edit your user data" });
    expect(edit.disabled).toBe(true);
    await happens([`updated Ada {"role":"host","hand":"down"}`]);
    await waitFor(() => expect(edit.disabled).toBe(false));
    select("Snippet", "Raise hand");
    await previewSays("Replaces your user data. Removes role.");
    const changes = () =>
      within(preview())
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent);
    expect(changes()).toEqual(['−role "host"', '~hand "down" → "up"']);
    fireEvent.click(edit);
    await previewSays("No difference.");
    expect(await editorText()).toContain(`"role": "host"`);
    await type(`{"role":"host","hand":"up"}`);
    await waitFor(() => expect(changes()).toEqual(['~hand "down" → "up"']));
    const news = "Your user data changed since you began";
    expect(preview().textContent).not.toContain(news);
    await happens([`updated Ada {"role":"guest"}`]);
    await previewSays(news);
    await submit();
    expect(actions).toEqual([{ kind: "set-user-data", json: `{"role":"host","hand":"up"}` }]);
    await waitFor(() => expect(preview().textContent).not.toContain(news));
  });

  test("is where the editor starts, and Set waits for a change", async () => {
    const { actions } = renderPanel([...JOINED, `updated Ada {"role":"host"}`]);
    await openSend("User data");
    await waitFor(async () => expect(await editorText()).toContain(`"role": "host"`));
    await waitFor(async () => expect(await status()).toContain("This is your user data already."));
    await submit();
    expect(actions).toEqual([]);
    await type(`{"role":"guest"}`);
    await submit();
    expect(actions).toEqual([{ kind: "set-user-data", json: `{"role":"guest"}` }]);
  });
});

test("the menu of a row offers what its details do", async () => {
  const { actions } = renderPanel([
    ...JOINED,
    `send {"n":1} to *`,
    `session-data replace {"stage":1}`,
    `session-state {"stage":1}`,
    `received {"from":"Bob"} from Bob`,
  ]);
  const item = (name: string) => screen.getByRole("menuitem", { name });
  const focused = () => document.activeElement?.textContent;
  pick(await row(`{n: 1}`, "sent"), { button: 2 });
  await waitFor(() => expect(focused()).toBe("Copy"));
  fireEvent.keyDown(item("Copy"), { key: "ArrowRight" });
  await waitFor(() => expect(focused()).toBe("Copy row as TSV"));
  item("Copy as curl");
  fireEvent.keyDown(item("Copy row as TSV"), { key: "ArrowLeft" });
  await waitFor(() => expect(focused()).toBe("Copy"));
  fireEvent.click(item("Resend"));
  expect(actions).toEqual([{ kind: "send-app-message", json: `{"n":1}`, to: "*" }]);

  pick(await row(`{stage: 1}`, "synced"), { button: 2 });
  await waitFor(() => expect(item("Resend").getAttribute("aria-disabled")).toBe("true"));
  expect(item("Resend").title).toMatch(/A replace can drop/);
  fireEvent.click(item("Resend"));
  fireEvent.keyDown(screen.getByRole("menu"), { key: "Escape" });
  pick(await row(`{stage: 1}`, "synced"));
  const resend = await screen.findByRole<HTMLButtonElement>("button", { name: "Resend" });
  expect(resend.disabled).toBe(true);
  expect(resend.title).toMatch(/A replace can drop/);

  pick(await row("Bob → Ada (you)", `{from: "Bob"}`));
  await screen.findByRole("button", { name: "Simulate again…" });
  pick(await row("Bob → Ada (you)", `{from: "Bob"}`), { button: 2 });
  await waitFor(() => item("Simulate again…"));
  fireEvent.click(item("Simulate again…"));
  const sender = await screen.findByLabelText<HTMLSelectElement>("Sender");
  expect(sender.selectedOptions[0]?.textContent).toBe("Bob");
  expect(await editorText()).toContain(`"from": "Bob"`);
  expect(actions).toHaveLength(1);
  openTab("Traffic");
});
