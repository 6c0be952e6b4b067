import type { Frame } from "@playwright/test";

import { expect, test } from "./fixtures";

const box = (panel: Frame) => panel.getByRole("combobox", { name: "Filter" });

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
