// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { describe, expect, test } from "vitest";

import { session } from "../../core/testing/session-text";
import { exported, imported, storeOf } from "../testing/recording-files";
import {
  fill,
  key,
  openTab,
  pick,
  press,
  renderPanel,
  row,
  sent,
  openSend,
} from "../testing/render-panel";

const JOINED = ["created", "joined Ada with Bob"];
const tree = (name = "Session data") => screen.findByRole("tree", { name });
/** The row of one value of a tree. */
const place = async (name: string, of?: string): Promise<HTMLElement> => {
  const items = () => within(screen.getByRole("tree", { name: of ?? "Session data" }));
  await tree(of);
  await waitFor(() => items().getAllByText(`${name}:`));
  return items().getByText(`${name}:`).closest('[role="treeitem"]') as HTMLElement;
};
const startEdit = async (name: string, of?: string) => {
  const line = await place(name, of);
  fireEvent.focusIn(line);
  key(line, "F2");
};
const typeValue = async (label: string, json: string) => {
  await screen.findByLabelText(label);
  fill(label, json);
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(label).value).toBe(json));
  key(screen.getByLabelText(label), "Enter");
};
const says = (text: string | RegExp) =>
  waitFor(() => expect(document.body.textContent).toMatch(text));
const button = (name: string) => screen.queryByRole<HTMLButtonElement>("button", { name });

async function openRoom(...sentences: string[]) {
  const panel = renderPanel([...JOINED, ...sentences]);
  openTab("Room");
  await screen.findByRole("region", { name: "Compare rooms" });
  return panel;
}

describe("a value of the session data", () => {
  test("keeps what else of its key is about to be set", async () => {
    const { obeys, actions } = await openRoom(`session-state {"stage":{"name":"N0","seat":0}}`);
    await startEdit("name");
    await typeValue("Value of stage.name", `"N1"`);
    await press("Set");
    await obeys();
    await says(/Your change: (queued|synced)/);
    await startEdit("seat");
    await typeValue("Value of stage.seat", "9");
    await press("Set");
    expect(actions.map(({ json }) => json)).toEqual([
      `{"stage":{"name":"N1","seat":0}}`,
      `{"stage":{"name":"N1","seat":9}}`,
    ]);
  });

  test("is added and deleted from the keyboard, whatever its name", async () => {
    const { obeys, actions } = await openRoom(`session-state {"stage":{"name":"Bob"},"votes":1}`);
    const first = within(await tree()).getAllByRole("treeitem")[0] as HTMLElement;
    first.focus();
    key(first, "Insert");
    await screen.findByLabelText("New key");
    fill("New key", "__proto__");
    await typeValue("New value", "[1]");
    await says(/__proto__ \[1\]/);
    await press("Set");
    expect(actions.at(-1)?.json).toBe(`{"__proto__":[1]}`);
    await obeys(`session-state {"stage":{"name":"Bob"},"votes":1,"__proto__":[1]}`);
    await waitFor(async () => expect((await place("__proto__")).textContent).toContain("1 item"));

    const focused = () => document.activeElement as HTMLElement;
    (within(await tree()).getAllByRole("treeitem")[0] as HTMLElement).focus();
    key(focused(), "ArrowDown");
    await waitFor(() => expect(focused().textContent).toMatch(/^stage:/));
    key(focused(), "ArrowDown");
    await waitFor(() => expect(focused().textContent).toMatch(/^name:/));
    key(focused(), "ArrowDown");
    await waitFor(() => expect(focused().textContent).toMatch(/^votes:/));
    key(focused(), "Delete");
    await says(`Will send { "votes": undefined }`);
    expect(actions).toHaveLength(1);
    await press("Set");
    expect(actions.at(-1)).toMatchObject({ json: "{}", keysToDelete: ["votes"] });
  });

  test("that someone else changes during an edit is told, and a rebase keeps both", async () => {
    const { happens, actions } = await openRoom(
      `session-state {"stage":{"name":"Bob","seat":1},"votes":1}`,
    );
    await startEdit("name");
    await screen.findByLabelText("Value of stage.name");
    fill("Value of stage.name", `"Ada"`);
    await happens([`session-state {"stage":{"name":"Bob","seat":1},"votes":2}`]);
    await says(/Changed since you began: votes\..*Your edit doesn’t touch it\./);
    await happens([`session-state {"stage":{"name":"Bob","seat":2},"votes":2}`]);
    await says("As it is, your edit would undo that.");
    key(screen.getByLabelText("Value of stage.name"), "Enter");
    await waitFor(() => expect(button("Set")).toBeNull());
    await press("Rebase");
    await says(`{"stage":{"name":"Ada","seat":2}}`);
    expect(screen.getByLabelText<HTMLInputElement>("Value of stage.name").value).toBe(`"Ada"`);
    await happens([`session-state {"stage":{"name":"Cy","seat":2},"votes":2}`]);
    await says("Someone else changed stage.name itself.");
    await press("Keep mine");
    await press("Set");
    expect(actions).toMatchObject([{ json: `{"stage":{"name":"Ada","seat":2}}` }]);
  });

  test("is put back where it was edited, by the button or Ctrl+Z", async () => {
    const { obeys, actions } = await openRoom(`session-state {"votes":1}`);
    const edit = async (json: string) => {
      await startEdit("votes");
      await typeValue("Value of votes", json);
      await press("Set");
      await obeys(`session-state {"votes":${json}}`);
      await says("Your change: synced.");
    };
    await edit("2");
    await press("Undo");
    expect(actions.at(-1)?.json).toBe(`{"votes":1}`);
    await obeys(`session-state {"votes":1}`);
    await edit("5");
    key(await place("votes"), "z", { ctrlKey: true });
    expect(actions.at(-1)?.json).toBe(`{"votes":1}`);
    expect(actions).toHaveLength(4);
  });

  test("too deep for paths is shown, and says why it is not edited", async () => {
    await openRoom(`session-state {"deep":${"[".repeat(300)}${"]".repeat(300)}}`);
    await says("It cannot be edited here: it is nested deeper");
  });
});

describe("user data", () => {
  const person = (name: string) => {
    const cell = screen.getAllByRole("cell").find((each) => each.textContent.startsWith(name));
    fireEvent.click((cell ?? screen.getByText(name)).closest("tr") as HTMLElement);
  };
  const version = async (text: string) => {
    await waitFor(() => screen.getAllByRole("button", { name: "Restore" }));
    const restore = screen
      .getAllByRole("button", { name: "Restore" })
      .find((each) => each.closest("li")?.textContent.includes(text));
    fireEvent.click(restore as HTMLElement);
  };

  test("of one's own is edited and put back with a preview; others' says why it cannot be", async () => {
    const { obeys, actions } = await openRoom(
      `updated Bob {"hand":"up"}`,
      `updated Ada {"hand":"down"}`,
    );
    person("Bob");
    await says(/Only Bob’s own page can set it/);
    await startEdit("hand", "User data");
    expect(screen.queryByLabelText(/^Value of/)).toBeNull();

    person("Ada");
    await waitFor(() => expect(document.body.textContent).not.toMatch(/only Bob’s own page/));
    await startEdit("hand", "User data");
    await typeValue("Value of hand", "true");
    await says(`{"hand":true} as your user data`);
    await press("Set");
    expect(actions).toEqual([{ kind: "set-user-data", json: `{"hand":true}` }]);
    await obeys(`updated Ada {"hand":true}`);
    await version(`{"hand":"down"}`);
    await says(/hand true → "down"/);
    expect(actions).toHaveLength(1);
    await press("Set");
    expect(actions.at(-1)?.json).toBe(`{"hand":"down"}`);
  });
});

test("a version of the session data is put back by way of the Send tab", async () => {
  const { obeys, actions } = await openRoom(
    `session-state {"stage":"Bob","votes":1}`,
    `session-state {"stage":"Cy","votes":1}`,
  );
  await waitFor(() => expect(screen.getAllByRole("button", { name: "Restore" })).toHaveLength(1));
  await press("Restore");
  await waitFor(() =>
    expect(screen.getByRole("region", { name: "Preview" }).textContent).toContain("Cy"),
  );
  expect(actions).toEqual([]);
  await press("Set");
  expect(actions).toMatchObject([{ json: `{"stage":"Bob"}`, mergeStrategy: "shallow-merge" }]);
  await obeys(`session-state {"stage":"Bob","votes":1}`);
  await openSend("Session data");
  await waitFor(() => expect(sent()[0]?.textContent).toContain("synced"));
});

test("a recording says at any moment why it is read-only, and sends no one to a button that it hasn't", async () => {
  const { store } = await openRoom();
  const recorded = storeOf(
    session(`0 created\n1 joined Ada\n2 session-state {"a":1}\n3 session-state {"a":2}`),
  );
  const file = await exported(recorded);
  await act(async () => void (await imported(file, store)));
  await waitFor(() => expect(button("End")).not.toBeNull());
  await says("Read-only. This is a recording");
  fireEvent.input(screen.getByLabelText("Moment"), { target: { value: "1" } });
  await says("after event #3");
  await says("Read-only. This is a recording");
  expect(document.body.textContent).not.toContain("Press Now");
});

test("the late joiner preview tells what they would get and miss, as far as the page can know", async () => {
  const preview = () => screen.getByRole("region", { name: "Late joiner preview" }).textContent;
  const tells = (text: string) => waitFor(() => expect(preview()).toContain(text));
  const { happens, store } = renderPanel(["created"]);
  openTab("Room");
  await screen.findByRole("region", { name: "Late joiner preview" });
  await tells("This page hasn’t joined yet, so it can’t tell what anyone who joins would get.");
  expect(preview()).not.toContain("miss");
  await happens(["joined Ada with Bob"]);
  await tells(
    "Anyone who joins now would get no session data and user data of 0 of 2 participants.",
  );
  expect(preview()).not.toContain("miss");
  await happens([`session-state {"a":1}`, `updated Bob {"hand":"up"}`, `send "hi" to *`]);
  await tells(
    "would get session data (7 characters) and user data of 1 of 2 participants. They’d miss 1 app message.",
  );
  await happens(["leaves"]);
  await tells("Move the slider to a moment when it was. They’d miss 1 app message.");
  fireEvent.input(screen.getByLabelText("Moment"), { target: { value: "1" } });
  await tells("Anyone who joins at this moment would get session data (7 characters)");
  await act(() => store.clear());
  await tells("They’d miss any app messages that are no longer in the log.");
});

test("of a page that is switched off the room is told as it was", async () => {
  const { store } = await openRoom(`session-state {"a":1}`);
  expect(button("Now")).not.toBeNull();
  await act(() => {
    store.outOfReach.value = { kind: "off" };
    store.documentClosed("page", true);
  });
  await says("This page isn’t inspected any more: below is what it knew last.");
  await says("Read-only. The inspector is off on this page.");
  expect(button("End")).not.toBeNull();
  expect(document.body.textContent).toContain("Anyone who joins at this moment would get");
});

test("what leads to an event that was cleared says so, and leads nowhere", async () => {
  const { store, happens } = await openRoom(`session-state {"stage":"Bob"}`);
  const link = () => screen.getByRole<HTMLButtonElement>("button", { name: "event" });
  await waitFor(() => expect(link().disabled).toBe(false));
  await act(() => store.clear());
  await happens([`updated Bob {"hand":"up"}`]);
  await waitFor(() => expect(link().disabled).toBe(true));
  expect(link().title).toBe("This event was removed from the log");
});

test("what became of each write of a window is told", async () => {
  renderPanel([
    ...JOINED,
    `session-data shallow-merge {"first":1}`,
    `session-data replace {"second":2}`,
    `session-data shallow-merge {"third":3}`,
    `session-state {"second":2,"third":3}`,
  ]);
  await row("{third: 3}", "synced");
  pick(await row("{first: 1}", "merged"));
  await says("Replaced before sync: first.");
  fireEvent.click(screen.getByRole("tab", { name: "Timing" }));
  await says("3 writes synced as one; 1 earlier value of first was never sent");
  await says("Sent as one replace: second, third");
  screen.getByRole("img", { name: /^3 writes between/ });
});

test("delivery tells who was there, who was not, and who came too late", async () => {
  const { happens } = renderPanel(["created", "joined Ada", `send "into an empty room" to *`]);
  pick(await row("empty room", "no recipient"));
  await says("no one else was in the call");
  await happens(["joins Cy as cys-user-id"]);
  await row("Cy", "joined");
  fireEvent.click(screen.getByRole("tab", { name: "Delivery" }));
  await waitFor(() =>
    expect(screen.getByRole("region", { name: "Details" }).textContent).toContain("Cy"),
  );
  await happens([`send "by user id" to #cys-user-id`]);
  pick(await row("by user id", "no recipient"));
  await says("a user id, not a session id");
  await happens([
    `send "well addressed" to *`,
    `send "{\\"type\\":\\"status-update\\",\\"status\\":\\"ended\\"}" to *`,
  ]);
  await row("well addressed", "sent");
  await row("status-update", "ended");
});
