// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { expect, test } from "vitest";

import { chooseFile, openTab, press, renderPanel } from "../testing/render-panel";

const CHATS = [
  "created",
  "joined Ada with Bob",
  `send {"type":"chat","text":"one"} to *`,
  `received {"type":"chat","text":"two","lang":"en"} from Bob`,
  `send {"type":"cue","on":true} to *`,
];

async function openTypes(sentences: readonly string[] = CHATS) {
  const panel = renderPanel(sentences);
  openTab("Types");
  await screen.findByRole("table", { name: "Types" });
  return panel;
}

const rows = () =>
  [...screen.getByRole("table", { name: "Types" }).querySelectorAll(".type-list__name")].map(
    ({ textContent }) => textContent,
  );

test("types are listed, and a field of one leads to the messages that have it or lack it", async () => {
  const { store } = await openTypes();
  await waitFor(() => expect(rows()).toEqual(["chat", "cue"]));
  await press("chat");
  const fields = await screen.findByRole("region", { name: "Fields of chat" });
  const lines = [...fields.querySelectorAll("tbody tr")].map(({ textContent }) => textContent);
  expect(lines).toEqual([
    "(value)2object",
    `type2string4 chars`,
    "text2string3 chars",
    `lang?1 of 21 withoutstring2 chars`,
  ]);

  await press("lang", fields);
  expect(store.tab.value).toBe("traffic");
  expect(store.filter.value.text).toBe("type:chat path:lang");
  expect(store.shown.value.entries).toHaveLength(1);
  openTab("Types");
  await press("1 without lang");
  expect(store.filter.value.text).toBe("type:chat -path:lang");
  expect(store.shown.value.entries).toHaveLength(1);
});

test("what comes while the tab is open counts, in the row and in the fields", async () => {
  const { happens } = await openTypes();
  await waitFor(() => expect(rows()).toEqual(["chat", "cue"]));
  await press("chat");
  const fields = await screen.findByRole("region", { name: "Fields of chat" });
  const row = screen.getByRole("button", { name: "chat" }).closest("tr");
  const senders = row?.querySelectorAll("td")[2];
  expect(row?.textContent).toContain("App2");
  await happens([`received {"type":"chat","text":"three","lang":"fr"} from Bob`]);
  await waitFor(() => expect(row?.textContent).toContain("App3"));
  expect(senders?.title).toContain("Bob: 2");
  expect(fields.textContent).toContain("2 of 31 without");
});

test("a baseline is kept, a departure is listed and leads to its event, and clearing can be undone", async () => {
  const { store, happens } = await openTypes();
  await waitFor(() => expect(rows()).toEqual(["chat", "cue"]));
  await press("Keep as baseline");
  await screen.findByText("None: everything so far is as in the baseline.");

  await happens([`received {"type":"chat","text":null} from Bob`]);
  const list = await screen.findByRole("region", { name: "Departures from the baseline" });
  await waitFor(() => expect(list.textContent).toContain("Other type at text in chat: null"));
  expect(list.textContent).toContain("By Bob.");
  await waitFor(() =>
    expect(
      screen.getByRole("tab", { name: /^Types.*, 1 departure from the baseline/ }),
    ).toBeTruthy(),
  );
  await press(/^\d\d:\d\d:\d\d/, list);
  expect(store.detailed.value?.event).toMatchObject({ kind: "daily-event", name: "app-message" });

  openTab(/^Findings/);
  // Found like what the rules find: it counts, and can be muted.
  const found = await screen.findByRole("region", {
    name: "Not of the type that the baseline has",
  });
  expect(found.textContent).toContain(
    "In chat, text is of type null, not string as in the baseline (2 messages).",
  );
  expect(screen.getByRole("tab", { name: /^Findings/ }).textContent).toContain("1");
  await press("Mute this type", found);
  await screen.findByText(/^No findings beyond the muted ones so far\./);

  fireEvent.click(screen.getByRole("tab", { name: /^Types/ }));
  await press("Clear", await screen.findByRole("group", { name: "Baseline" }));
  await screen.findByText("Baseline cleared.", { exact: false });
  expect(store.types.baseline.value).toBeUndefined();
  await press("Undo");
  expect(store.types.baseline.value).toBeDefined();
});

test("a file that isn't a baseline is refused with a reason, and the kept one stays", async () => {
  const { store } = await openTypes();
  await waitFor(() => expect(rows()).toEqual(["chat", "cue"]));
  await press("Keep as baseline");
  const kept = store.types.baseline.value;
  chooseFile("Import…", `{"format":"daily-recording"}`);
  const said = await screen.findByRole("alert");
  expect(said.textContent).toContain(
    "Not imported. This is a recording, not a baseline: import it with Import recording.",
  );
  expect(store.types.baseline.value).toBe(kept);
});

test("participants who send different shapes of a type are told", async () => {
  const repeat = (line: string) => Array.from({ length: 5 }, () => line);
  await openTypes([
    "created",
    "joined Ada with Bob",
    ...repeat(`send {"type":"move","x":1,"v":2} to *`),
    ...repeat(`received {"type":"move","x":1} from Bob`),
  ]);
  const split = await screen.findByRole("region", { name: "Different shapes of one type" });
  expect(split.textContent).toMatch(/v in moveAlways: Ada \(you\) .*Never: Bob/);
});

test("without any, there is one thing to do", async () => {
  const { store } = renderPanel(["created", "joined Ada"]);
  openTab("Types");
  const empty = (await screen.findByText("No types yet")).parentElement as HTMLElement;
  expect(within(empty).getAllByRole("button")).toHaveLength(1);
  await press("Send a message", empty);
  expect(store.tab.value).toBe("send");
});
