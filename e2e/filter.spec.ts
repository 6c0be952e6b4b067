import type { Frame } from "@playwright/test";

import { expect, row, test } from "./fixtures";

const box = (panel: Frame) => panel.getByRole("combobox", { name: "Filter" });
const rows = (panel: Frame) => panel.locator(".traffic__rows .row");

test("the language narrows the table down, and status stays right as writes are synced", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const bob = server.room(room).join({ userName: "Bob" });
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ kind: "chat", poll: { votes: 3 } })`);
  await page.evaluate(`call.sendAppMessage({ kind: "chat", text: "x".repeat(3000) })`);
  bob.sendAppMessage({ kind: "reaction", poll: { votes: 5 } });
  await expect(row(panel, "received", "reaction")).toBeVisible();

  for (const [filter, count] of [
    ["type:chat", 2],
    ["type:chat size:>2k", 1],
    ['from:"Bob" dir:in', 1],
    ["path:poll.votes=3", 1],
    ["path:poll.votes>2 -type:reaction", 1],
    ["to:* has:stack by:page", 2],
    ["/x{50}/", 1],
    ["channel:app -type:chat,reaction", 0],
  ] as const) {
    await box(panel).fill(filter);
    await expect(rows(panel)).toHaveCount(count);
  }

  await box(panel).fill("status:synced dir:out");
  await expect(rows(panel)).toHaveCount(0);
  await page.evaluate(`call.setMeetingSessionData({ stage: "Ada" }, "shallow-merge")`);
  await expect(row(panel, `{stage: "Ada"}`, "synced")).toBeVisible();
  await expect(rows(panel)).toHaveCount(1);
});

test("keys and values are completed by keyboard", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ kind: "raise hand" })`);
  await page.evaluate(`call.sendAppMessage({ kind: "chat" })`);
  await expect(row(panel, "chat")).toBeVisible();

  const input = box(panel);
  await input.pressSequentially("ty");
  await expect(panel.getByRole("option")).toHaveText([/^type:type of an app message/]);
  await expect(input).toHaveAttribute("aria-expanded", "true");
  await input.press("Tab");
  await expect(input).toHaveValue("type:");
  await expect(panel.getByRole("option")).toHaveText(["chat", "raise hand"]);
  await input.press("ArrowDown");
  await input.press("ArrowDown");
  const active = await input.getAttribute("aria-activedescendant");
  await expect(panel.locator(`#${active}`)).toHaveText("raise hand");
  await input.press("Enter");
  await expect(input).toHaveValue('type:"raise hand"');
  await expect(input).toHaveAttribute("aria-expanded", "false");
  await expect(rows(panel)).toHaveCount(1);

  await input.press("End");
  await input.pressSequentially(" di");
  await expect(panel.getByRole("listbox")).toBeVisible();
  await input.press("Escape");
  await expect(panel.getByRole("listbox")).toHaveCount(0);
  await expect(input).toHaveValue('type:"raise hand" di');
  await input.press("Escape");
  await expect(input).toHaveValue("");
});

test("what is not understood is marked at its place, said and ignored", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ kind: "chat" })`);
  await box(panel).fill("chanel:app type:chat");
  await expect(panel.locator(".filter__wrong")).toHaveText("chanel");
  await expect(panel.getByRole("status").getByText("Did you mean channel?")).toBeVisible();
  await expect(panel.locator(".status-bar")).toContainText("1 term ignored");
  await expect(rows(panel)).toHaveCount(1);
  await box(panel).fill("https://app.example/x");
  await expect(panel.locator(".filter__wrong")).toHaveCount(0);

  await panel.getByRole("button", { name: "Filter help" }).click();
  await panel.getByRole("button", { name: "dir:out" }).click();
  await expect(box(panel)).toHaveValue("https://app.example/x dir:out");
});

test("a row's details filter by its type and sender", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ kind: "chat" })`);
  await row(panel, "chat").click();
  await panel.getByRole("button", { name: "Filter: type:chat" }).click();
  await panel.getByRole("button", { name: "Filter: from:Ada" }).click();
  await expect(box(panel)).toHaveValue("type:chat from:Ada");
  await expect(rows(panel)).toHaveCount(1);
});

test("a saved filter survives closing the panel, and can be renamed and deleted", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const first = await inspector.openPanel(page);
  await box(first.panel).fill("type:chat dir:out");
  await first.panel.getByRole("button", { name: "Saved filters" }).click();
  await first.panel.getByRole("textbox", { name: "Name of the filter" }).fill("My chats");
  await first.panel.getByRole("button", { name: "Save this filter" }).click();
  await expect(first.panel.getByRole("button", { name: "Delete My chats" })).toBeVisible();
  await first.devtools.close();

  const { panel } = await inspector.openPanel(page);
  await expect(box(panel)).toHaveValue("");
  await panel.getByRole("button", { name: "Saved filters" }).click();
  await panel.getByRole("button", { name: "Rename My chats" }).click();
  await panel.getByRole("textbox", { name: "New name of My chats" }).fill("Own chats");
  await panel.getByRole("button", { name: "Rename", exact: true }).click();
  await panel.getByRole("button", { name: "Own chats type:chat dir:out" }).click();
  await expect(box(panel)).toHaveValue("type:chat dir:out");
  await box(panel).fill("own");
  await expect(panel.getByRole("option")).toHaveText([/Own chats/]);
  await panel.getByRole("button", { name: "Saved filters" }).click();
  await panel.getByRole("button", { name: "Delete Own chats" }).click();
  await expect(panel.getByRole("button", { name: "Delete Own chats" })).toHaveCount(0);
});
