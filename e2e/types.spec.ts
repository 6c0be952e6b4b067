import { readFileSync } from "node:fs";

import type { Frame, Page } from "@playwright/test";

import { expect, joined, row, test } from "./fixtures";

const typeRow = (panel: Frame, name: string) =>
  panel
    .getByRole("table", { name: "Types" })
    .getByRole("row")
    .filter({ has: panel.getByRole("button", { name, exact: true }) });

const departures = (panel: Frame) =>
  panel.getByRole("region", { name: "Departures from the baseline" }).getByRole("listitem");

async function openTypes(panel: Frame): Promise<void> {
  await panel.getByRole("tab", { name: /^Types/ }).click();
  await expect(panel.getByRole("table", { name: "Types" })).toBeVisible();
}

/** What a button of a menu saves. */
async function saved(devtools: Page, panel: Frame, button: string): Promise<string> {
  const download = devtools.waitForEvent("download");
  await panel.getByRole("button", { name: button }).click();
  return readFileSync(await (await download).path(), "utf8");
}

test("types are listed by field, a field filters, and what later departs from the baseline is told", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(ada);
  const bob = server.room(room).join({ userName: "Bob" });
  await ada.evaluate(() => {
    for (let n = 0; n < 5; n++) window.call.sendAppMessage({ type: "move", x: n, mode: "walk" });
    window.call.sendAppMessage({ type: "chat", text: "hello" });
    void window.call.setUserData({ hand: "up" });
    window.call.setMeetingSessionData({ poll: { votes: 1 } }, "shallow-merge");
  });
  bob.sendAppMessage({ type: "chat", text: "hi", lang: "en" });
  await expect(row(panel, "synced")).toBeVisible();
  await openTypes(panel);
  await expect(typeRow(panel, "move")).toContainText("App5");
  await expect(typeRow(panel, "chat")).toContainText("App22");
  await expect(typeRow(panel, "User data")).toBeVisible();
  await expect(typeRow(panel, "Session data")).toBeVisible();

  await panel.getByRole("button", { name: "chat", exact: true }).click();
  const fields = panel.getByRole("region", { name: "Fields of chat" });
  await fields.getByRole("button", { name: "1 without lang" }).click();
  await expect(panel.getByRole("combobox", { name: "Filter" })).toHaveValue("type:chat -path:lang");
  await expect(row(panel, "hello")).toBeVisible();
  await expect(row(panel)).toHaveCount(1);

  await openTypes(panel);
  await panel.getByRole("button", { name: "Copy or save all types" }).click();
  const typescript = await saved(devtools, panel, "Save as TypeScript…");
  expect(typescript).toContain("export type Chat = {");
  expect(typescript).toContain(`mode: "walk";`);
  await panel.getByRole("button", { name: "Copy or save all types" }).click();
  await panel.getByRole("button", { name: "Copy as TypeScript" }).click();
  await panel.getByRole("button", { name: "Keep as baseline" }).click();
  await expect(panel.getByText("None: everything so far is as in the baseline.")).toBeVisible();
  await panel.getByRole("tab", { name: "Traffic" }).click();
  // Pasted: no script of the panel may read the clipboard. A field of one line has spaces for line breaks.
  const filter = panel.getByRole("combobox", { name: "Filter" });
  await filter.press("ControlOrMeta+a");
  await filter.press("ControlOrMeta+v");
  await expect(filter).toHaveValue(typescript.trimEnd().replaceAll("\n", " "));
  await openTypes(panel);

  bob.sendAppMessage({ type: "move", x: "far", mode: "walk" });
  bob.sendAppMessage({ type: "move", x: 1, mode: "swim" });
  await expect(departures(panel)).toHaveCount(2);
  await expect(departures(panel).first()).toContainText(
    "Other type at x in move: string; integer in the baseline (5 messages)",
  );
  await expect(departures(panel).last()).toContainText("Other value at mode in move: swim; only");
  await expect(departures(panel).first()).toContainText("By Bob");
  const baseline = await saved(devtools, panel, "Export…");
  expect(JSON.parse(baseline)).toMatchObject({ format: "daily-contract", origin: server.origin });
  await departures(panel).last().getByRole("button").click();
  await expect(panel.locator(".details")).toContainText("swim");

  // It is kept: a page that is loaded again is compared, too.
  await ada.reload();
  await joined(ada);
  await expect(panel.getByRole("tab", { name: /^Types/ })).not.toContainText("departure");
  bob.sendAppMessage({ type: "fresh" });
  await expect(panel.getByRole("tab", { name: /^Types/ })).toContainText("1 departure");
});
