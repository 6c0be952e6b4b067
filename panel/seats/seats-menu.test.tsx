// @vitest-environment happy-dom
import { screen, within } from "@testing-library/preact";
import { describe, expect, test } from "vitest";

import { session } from "../../core/testing/session-text";
import { fileOf } from "../testing/recording-files";
import { chooseFile, press, renderPanel, row } from "../testing/render-panel";

const ADA = [
  "created",
  "joined Ada with Bob",
  'send {"hi":1} to *',
  'received {"zebra":1} from Bob',
];
/** His clock is 90 s ahead. */
const BOB = session(`
  90000 created
  94010 joined Bob with Ada
  96030 received {"hi":1} from Ada
  97970 send {"zebra":1} to *`);

const button = () => screen.getByRole("button", { name: /^Seats/ });
const menu = () => within(screen.getByRole("dialog", { name: /^Seats/ }));

async function addBob(text = fileOf(BOB)): Promise<void> {
  await press(/^Seats/);
  chooseFile("Add a recording…", text);
}
/** Once the file was read. */
const hasSeats = (count: number) =>
  expect.poll(() => button().textContent, { interval: 5 }).toBe(`Seats ${count}`);

describe("the menu of seats", () => {
  test("adds a recording, says how its clock was set, and removes it", async () => {
    renderPanel(ADA);
    await press(/^Seats/);
    expect(menu().queryByRole("list")).toBeNull();
    await press(/^Seats/);
    await addBob();
    await hasSeats(1);
    expect((await row("{hi: 1}")).textContent).toContain("1 of 1 · ~30 ms");

    await press(/^Seats/);
    const line = menu().getByRole("listitem");
    expect(line.textContent).toContain("Bob");
    expect(line.textContent).toContain("recording · file.json · 4 events");
    expect(line.textContent).toContain("Clock set by 2 messages: −90.000 s ± ");
    expect(line.querySelector("[title^=Times]")?.getAttribute("title")).toContain(
      "messages that cross later don’t change it",
    );
    await press("Remove file.json");
    await hasSeats(0);
  });

  test("has the reason shown where a recording can't be added", async () => {
    renderPanel(ADA);
    await addBob(fileOf(BOB).replaceAll("/qa", "/standup"));
    expect((await screen.findByRole("alert")).textContent).toContain(
      "file.json was not added. It is from the room you.daily.co/standup, not from you.daily.co/qa.",
    );
    await hasSeats(0);
  });
});

describe("the menu of exports", () => {
  test("asks which seats go with the page, where there are any", async () => {
    const { store } = renderPanel(ADA);
    const pane = () => within(screen.getByRole("dialog", { name: "Export recording" }));
    await press("Export recording");
    expect(pane().queryByLabelText("Include Bob")).toBeNull();
    await press("Export recording");
    await addBob();
    await hasSeats(1);
    store.filter.value = { ...store.filter.value, isRoomWide: true, text: "zebra" };
    await press("Export recording");
    expect(pane().getByRole("button", { name: "Filtered: 1 row" })).toBeTruthy();
    pane().getByLabelText<HTMLInputElement>("Include Bob").click();
    await pane().findByRole("button", { name: "Filtered: 2 rows" });
  });
});
