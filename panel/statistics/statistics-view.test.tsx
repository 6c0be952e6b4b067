// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { expect, test, vi } from "vitest";

import { CALL_ID, session } from "../../core/testing/session-text";
import type { PageEvent } from "../../extension/protocol/event";
import { openTab, press, renderPanel, rows } from "../testing/render-panel";

// It draws on a canvas, which there is none of here.
vi.mock("uplot", () => {
  function plot() {
    return { setData() {}, setSize() {}, redraw() {}, destroy() {} };
  }
  return { default: Object.assign(plot, { paths: { bars: () => undefined } }) };
});

const figure = (label: string) =>
  screen.getByText(label, { selector: "dt" }).parentElement as HTMLElement;
const value = (label: string) => figure(label).querySelector("dd")?.textContent;
const card = (name: string) => screen.findByRole("region", { name });
const lines = async (name: string, part: string) =>
  [...(await card(name)).querySelectorAll(part)].map(({ textContent }) => textContent);
const messages = (text: string) =>
  waitFor(() => expect(figure("Messages").textContent).toContain(text));

async function openStatistics(sentences: readonly string[]) {
  const panel = renderPanel(["created", "joined Ada with Bob", ...sentences]);
  openTab("Statistics");
  await card("Top types");
  return panel;
}

test("where no message was, the next step is to send one, or to clear the filter that leaves them out", async () => {
  const { store } = renderPanel(["created", "joined Ada with Bob", `send {"type":"chat"} to *`]);
  store.filter.value = { ...store.filter.value, text: "name:joined-meeting" };
  openTab("Statistics");
  await press("Clear filter");
  await messages("1 1 out, 0 in");
});

test("before the first message nothing is said of a filter", async () => {
  const { store } = renderPanel(["created", "joined Ada with Bob"]);
  openTab("Statistics");
  await screen.findByText("No messages yet");
  expect(screen.queryByRole("button", { name: "Clear filter" })).toBeNull();
  await press("Send a message");
  expect(store.tab.value).toBe("send");
});

test("senders beyond the longest list are those that the figure counts, without the room", async () => {
  const others = ["Bob", "Cy", "Dan", "Eve", "Fay", "Gus", "Hal", "Ian", "Jo", "Kim"];
  await openStatistics([
    `session-state {"stage":"Ada"}`,
    `session-state {"stage":"Bob"}`,
    ...others.slice(1).map((name) => `joins ${name}`),
    ...others.map((name) => `received {"type":"chat"} from ${name}`),
  ]);
  await waitFor(() => expect(value("Senders")).toBe("10"));
  const senders = await card("Top senders");
  expect(senders.querySelectorAll("tbody tr")).toHaveLength(8);
  expect(senders.textContent).toContain("Room");
  expect(senders.textContent).toContain("and 3 more");
});

test("totals are what was sent, and the filter and a click narrow them", async () => {
  const { happens } = await openStatistics([
    `send {"type":"chat","text":"hé"} to *`,
    `send {"type":"cue"} to *`,
    `refused send "<5000>" because Message data too large`,
    `received {"type":"chat","text":"two"} from Bob`,
    `received {"type":"chat","text":"three"} from Bob`,
    `received "short" from Bob`,
  ]);
  await messages("6 3 out, 3 in");
  const chars = [27, 14, 5_002, 28, 30, 7].reduce((sum, each) => sum + each);
  expect(
    within(figure("Characters")).getAllByTitle(`${chars.toLocaleString("en-US")} characters`),
  ).not.toEqual([]);
  expect(value("Refused")).toBe("1");
  expect(value("Over limit")).toBe("1");
  expect(value("Senders")).toBe("2");
  expect(await lines("Top types", "tbody tr")).toEqual([
    "chat385",
    "cue114",
    "(no type)15 k",
    "short17",
  ]);
  expect((await lines("Largest payloads", "tbody tr"))[0]).toMatch(
    /^5,002App\(no type\)Ada \(you\)Everyone"xxx/,
  );

  await happens([
    `session-data shallow-merge {"stage":"Ada"}`,
    `session-state {"stage":"Ada"}`,
    `user-data {"hand":"up"}`,
    `settles 11 resolved object`,
    `updated Ada {"hand":"up"}`,
  ]);
  for (const name of ["Session data sync time", "User data set time"])
    await waitFor(async () => expect((await card(name)).textContent).toContain("1 · max"));

  await press("Bob", await card("Top senders"));
  await messages("3 0 out, 3 in");
  const filter = screen.getByRole<HTMLInputElement>("combobox", { name: "Filter" });
  expect(filter.value).toMatch(/Bob/);
  await press("chat", await card("Top types"));
  await messages("3 1 out, 2 in");
  fireEvent.input(filter, { target: { value: "nothing like this" } });
  await screen.findByText("No matching events");
  await press("Clear filter");

  await press("5,002", await card("Largest payloads"));
  const details = await screen.findByRole("region", { name: "Details" });
  expect(details.textContent).toContain("Message data too large");
});

test("senders of one name are told apart, by their ids", async () => {
  const { store } = await openStatistics([`received "x" from Bob`]);
  const text = ["joins Hugo", "joins Hugoo"]
    .concat([`received {"type":"chat","text":"one"} from Hugo`, `received "two" from Hugoo`])
    .map((line, at) => `${at + 90_000} ${line}`);
  const events = JSON.stringify(session(text.join("\n"), CALL_ID, 4)).replaceAll("Hugoo", "Hugo");
  store.received("page", { ok: true, events: JSON.parse(events) as PageEvent[], invalid: 0 });
  await messages("3 0 out, 3 in");
  const names = await lines("Top senders", "tbody th");
  expect(names.filter((name) => /^Hugo · id-hugoo?/.test(name))).toHaveLength(2);

  await press(/^Hugo · id-hugo$/, await card("Top senders"));
  await messages("1 0 out, 1 in");
  expect((await lines("Largest payloads", "tbody tr"))[0]).toMatch(/Ada \(you\)\{text: "one"\}/);
  expect(await lines("Payload sizes", "tbody th")).toEqual(["< 29"]);
});

test("with another page of the room in view, who received what is told by sender and receiver", async () => {
  const { store, happens } = await openStatistics([
    `send {"type":"a"} to *`,
    `send {"type":"b"} to Bob`,
  ]);
  expect(screen.queryByRole("region", { name: "Senders and receivers" })).toBeNull();
  const bob = { documentId: "bob", frameId: 0, url: "https://app.example/bob" };
  store.documentOpened(bob, { kind: "tab", tabId: 2 });
  const text = `0 joined Bob with Ada\n6050 received {"type":"a"} from Ada\n${[20_000, 40_000]
    .map((at) => `${at} counts 2 and 1 hidden`)
    .join("\n")}`;
  store.received("bob", { ok: true, events: session(text, "call-bob"), invalid: 0 });
  await happens(["counts 2 and 1 hidden"]);

  const cells = () => lines("Senders and receivers", "tbody th, tbody td");
  await waitFor(async () =>
    expect(await cells()).toEqual(["Ada (you) → Bob", "2", "1", "1", "0", "0", "–", "–"]),
  );
  const [, , lost] = within(await card("Senders and receivers")).getAllByRole("button");
  expect(lost?.title).toContain("1 time nothing arrived at Bob’s page, which was in the call");
  fireEvent.click(lost as HTMLElement);
  const filter = screen.getByRole<HTMLInputElement>("combobox", { name: "Filter" });
  expect(filter.value).toBe("seat:Ada dir:out channel:app to:Bob delivered:none,some");
  await waitFor(() => expect(rows()).toEqual([expect.stringContaining("b")]));
});
