// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { describe, expect, test } from "vitest";

import {
  check,
  chooseFile,
  editorText,
  fill,
  key,
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

const TALK = ["created", "joined Ada with Bob Cy"];
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });

describe("what is in the way of sending", () => {
  test("is said at its place, and what was typed stays", async () => {
    const { happens, actions } = renderPanel(["created"]);
    await openSend("App message");
    await screen.findByText("The call has not joined yet. Join first to send.");
    expect(button("Send").disabled).toBe(true);
    await happens(["joined Ada with Bob"]);
    await waitFor(() => expect(button("Send").disabled).toBe(false));

    for (const kind of ["App message", "Session data"]) {
      await openSend(kind);
      for (const [text, message] of [
        [`{"a":1,"a":2}`, 'The key "a" is given twice'],
        ["9007199254740993", "has more digits than a number keeps"],
        [`{"a":`, "Value expected."],
        ["[".repeat(10_000), "Nested deeper than 200 levels."],
        ['{"a":"\\ud83d"}', "Half of a surrogate pair"],
        ['{"a":1e999}', "is too large for a number"],
        ['"a" "a"', "End of file expected."],
        ["{a:1}", "Invalid symbol."],
        ["NaN", "Invalid symbol."],
      ] as const) {
        await type(text);
        await waitFor(async () => expect(await status()).toContain(message));
        expect(button(/^(Send|Set)$/).disabled).toBe(true);
        await submit();
      }
      await type('{"__proto__":{"polluted":1},"constructor":2}');
      await waitFor(async () => expect(await status()).toBe(""));
      expect(button(/^(Send|Set)$/).disabled).toBe(false);
      expect("polluted" in {}).toBe(false);
    }
    expect(screen.getByRole("region", { name: "Preview" }).textContent).toContain(
      "2 keys will change",
    );
    expect(actions).toEqual([]);
  });

  test("a page that was left says so", async () => {
    const { store } = renderPanel(TALK);
    fireEvent.click(screen.getByLabelText("Preserve log"));
    await openSend("App message");
    store.documentClosed("page");
    await screen.findByText("The page is reloading or gone.");
    expect(button("Send").disabled).toBe(true);
  });
});

test("a session id that is typed and not confirmed is where it goes, and a stranger is told", async () => {
  const { actions } = renderPanel(TALK);
  await openSend("App message");
  await type(`{"for":"Bob"}`);
  const field = screen.getByLabelText("Session id");
  fill("Session id", `"id-bob"`);
  fireEvent.focusOut(field);
  await openSend("User data");
  await openSend("App message");
  const bob = await screen.findByLabelText<HTMLInputElement>("Bob");
  await waitFor(() => expect(bob.checked).toBe(true));
  fireEvent.click(bob);
  await waitFor(() => expect(bob.checked).toBe(false));
  fill("Session id", `"id-bob", nobody-1`);
  await waitFor(async () => expect(await status()).toContain("no one has this session id"));
  await press("Send");
  expect(actions).toMatchObject([{ to: ["id-bob", "nobody-1"], json: `{"for":"Bob"}` }]);
});

test("of many people some are found and chosen, and their number is told", async () => {
  const people = Array.from({ length: 60 }, (_, n) => `Person${n + 1}`);
  renderPanel(["created", `joined Ada with ${people.join(" ")}`]);
  await openSend("App message");
  const to = screen.getByRole("group", { name: "To" });
  expect(to.textContent).toContain("60 people");
  fill("Find a person", "person5");
  await waitFor(() => expect(to.textContent).toContain("11 found"));
  fireEvent.click(within(to).getByLabelText("Person55"));
  fill("Find a person", "Person7");
  fireEvent.click(await within(to).findByLabelText("Person7"));
  fireEvent.keyDown(screen.getByLabelText("Find a person"), { key: "Escape" });
  await waitFor(() =>
    expect(within(to).getAllByRole("checkbox", { checked: true })).toHaveLength(2),
  );
  expect(to.textContent).toContain("2 of 60 chosen");
});

test("the tab names its call and keeps to it until that is gone", async () => {
  const { store, open, happens, actions } = renderPanel(TALK);
  const frame = { documentId: "frame", frameId: 7, url: "https://frame.example/" };
  await openSend("App message");
  await screen.findByText("through Ada · you.daily.co/qa");
  await open(frame);
  await happens(["created", "joined Grace"], frame, "call-2");
  const calls = await screen.findByLabelText<HTMLSelectElement>("Call");
  await within(calls).findByText(/Grace · joined/);
  screen.getByText(/^through Ada/);

  select("Call", within(calls).getByText(/Grace · joined/).textContent);
  await screen.findByText(/^through Grace/);
  select("Call", "All 2 calls");
  screen.getByText(/^through Grace/);
  await submit();
  expect(store.commands.sent.value).toMatchObject([{ callId: "call-2" }]);

  store.documentClosed("frame");
  await screen.findByText(/The call Grace · .* is gone: this now goes through Ada/);
  await submit();
  await waitFor(() => expect(screen.queryByText(/is gone/)).toBeNull());
  expect(store.commands.sent.value.map(({ callId }) => callId)).toEqual(["call-2", "call-1"]);
  expect(actions).toHaveLength(2);
});

describe("a repetition", () => {
  const startRepeating = async () => {
    await openSend("App message");
    await type(`{"n":1}`);
    fill(/^Send\s+times/, "100");
    fill(/^every\s+ms/, "50");
    await submit();
  };

  test.each([
    ["0", "1000", "how many times: 1 to 100."],
    ["-3", "1000", "how many times: 1 to 100."],
    ["1.5", "1000", "how many times: 1 to 100."],
    ["99999", "1000", "how many times: 1 to 100."],
    ["", "1000", "how many times: 1 to 100."],
    ["2", "10", "how many milliseconds apart: 50 to 60,000."],
  ])("of %j times every %s ms is refused, with what can be entered", async (times, ms, reason) => {
    const { actions } = renderPanel(TALK);
    await openSend("App message");
    await type(`{"n":1}`);
    fill(/^every\s+ms/, ms);
    fill(/^Send\s+times/, times);
    await waitFor(async () => expect(await status()).toBe(`To send this, enter ${reason}`));
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
    await submit();
    expect(actions).toEqual([]);
    fill(/^Send\s+times/, "1");
    await waitFor(async () => expect(await status()).toBe(""));
    await submit();
    expect(actions).toHaveLength(1);
  });

  test("that was stopped is not in the way any more", async () => {
    renderPanel(TALK);
    await startRepeating();
    await screen.findByRole("button", { name: /^Stop/ });
    await submit();
    await waitFor(async () =>
      expect(await status()).toContain("is still being repeated: stop that first."),
    );
    await press(/^Stop/);
    await waitFor(async () => expect(await status()).toBe(""));
  });

  test("is stopped from any tab, and one that broke off does not hide what is in the way now", async () => {
    const { happens, actions } = renderPanel(TALK);
    await startRepeating();
    openTab("Traffic");
    await press(/^Sending \d+ of 100 · Stop$/);
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Sending/ })).toBeNull());
    const before = actions.length;

    await openSend("App message");
    await submit();
    await happens(["leaves"]);
    const left = "You have left the call. Join again to send.";
    await waitFor(async () => expect(await status()).toBe(left));
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Sending/ })).toBeNull());
    expect(actions.length).toBeGreaterThan(before);
    await happens(["joined Ada with Bob"]);
    await waitFor(async () => expect(await status()).toContain("Stopped after"));
    expect(sent()).toHaveLength(2);
    await openSend("User data");
    await waitFor(async () => expect(await status()).toBe(""));
    await openSend("App message");
    await type(`{"n":`);
    await waitFor(async () => expect(await status()).toBe("Value expected. (1:6)"));
    await type(`{"n":2}`);
    await waitFor(async () => expect(await status()).toBe(""));
  });
});

describe("snippets", () => {
  const said = (text: string | RegExp) => screen.findByText(text);

  test("of a file come beside one's own, and no others than it can hold", async () => {
    renderPanel(TALK);
    await openSend("User data");
    const snippet = { name: "Raise hand", kind: "set-user-data", text: `"another"` };
    chooseFile(
      "Import snippets",
      JSON.stringify({ format: "daily-snippets", version: 1, snippets: [snippet] }),
    );
    await said("1 snippet added, renamed because the name was taken: Raise hand (2).");
    select("Snippet", "Raise hand");
    await waitFor(async () => expect(await editorText()).toContain(`"hand": "up"`));
    select("Snippet", "Raise hand (2)");
    await waitFor(async () => expect(await editorText()).toBe(`"another"`));
    chooseFile("Import snippets", `{"snippets":[{"name":1}]}`);
    await said(/this is no file of snippets/);
  });

  test("are kept by Enter, replaced only when that is confirmed, and shared by both kinds of message", async () => {
    renderPanel(TALK);
    await openSend("App message");
    const name = () => screen.getByLabelText<HTMLInputElement>("Snippet name");
    await type(`{"n":1}`);
    fill("Snippet name", "Mine");
    await waitFor(() => expect(button("Save").disabled).toBe(false));
    key(name(), "Enter");
    await said("Kept as “Mine”.");

    select("Snippet", "Reaction");
    await waitFor(() => expect(name().value).toBe("Reaction"));
    await type(`{"n":2}`);
    await press("Save");
    await said(/“Reaction” is there already\./);
    select("Snippet", "Mine");
    await waitFor(() => expect(name().value).toBe("Mine"));
    select("Snippet", "Reaction");
    await waitFor(async () => expect(await editorText()).toContain("emoji"));
    await type(`{"n":2}`);
    key(name(), "Enter");
    await press("Replace it");
    await said("Replaced “Reaction”.");

    await openSend("Simulate incoming");
    expect(name().value).toBe("");
    expect(screen.queryByText("Replaced “Reaction”.")).toBeNull();
    select("Snippet", "Reaction");
    await waitFor(async () => expect(await editorText()).toBe(`{"n":2}`));
    await openSend("App message");
    await check("As plain text");
    await type("playable");
    fill("Snippet name", "Plain");
    await waitFor(() => expect(button("Save").disabled).toBe(false));
    key(name(), "Enter");
    await said("Kept as “Plain”.");
    await openSend("Simulate incoming");
    select("Snippet", "Plain");
    await waitFor(async () => expect(await editorText()).toBe(`"playable"`));
  });
});

describe("the text of a draft", () => {
  const undo = () => pressInEditor("z", { ctrlKey: true });
  /** The key as a keyboard says it: with a small z it would be taken for undo. */
  const redo = () => pressInEditor("Z", { ctrlKey: true, shiftKey: true, keyCode: 90 });

  test("and its undo outlive looking elsewhere, and what took its place gives it back", async () => {
    const { happens } = renderPanel(TALK);
    await happens([`send {"from":"the page"} to *`]);
    await openSend("App message");
    const before = await editorText();
    await type(`{"typed":1}`);
    await openSend("User data");
    expect(await editorText()).toBe("{}");
    await openSend("App message");
    await check("As plain text");
    await check("As plain text");
    openTab("Traffic");
    await openSend("App message");
    expect(await editorText()).toBe(`{"typed":1}`);
    await undo();
    expect(await editorText()).toBe(before);
    await redo();
    expect(await editorText()).toBe(`{"typed":1}`);

    const back = () => screen.queryByRole("button", { name: "Restore draft" });
    expect(back()).toBeNull();
    select("Snippet", "Reaction");
    await waitFor(async () => expect(await editorText()).toContain("reaction"));
    openTab("Traffic");
    pick(await row("the page", "sent"));
    await press("Edit and resend");
    await waitFor(async () => expect(await editorText()).toContain("the page"));
    await press("Restore draft");
    await waitFor(async () => expect(await editorText()).toBe(`{"typed":1}`));
    expect(back()).toBeNull();
    select("Snippet", "Reaction");
    await waitFor(async () => expect(await editorText()).toContain("reaction"));
    await submit();
    await waitFor(() => expect(sent()[0]?.textContent).toContain("reaction"));
    expect(back()).toBeNull();
  });

  test("is not made a number of by undo when it was plain, and what was only formatted is taken back", async () => {
    renderPanel(TALK);
    await openSend("App message");
    await check("As plain text");
    await type("42");
    select("Snippet", "Reaction");
    await waitFor(async () => expect(await editorText()).toContain("reaction"));
    await undo();
    expect(await editorText()).toContain("reaction");

    await type(`{"a":1}`);
    await press("Format");
    await waitFor(async () => expect((await editorText()).split("\n")).toHaveLength(3));
    await undo();
    expect(await editorText()).toBe(`{"a":1}`);
    await redo();
    expect((await editorText()).split("\n")).toHaveLength(3);
  });
});
