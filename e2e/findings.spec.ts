import type { Frame } from "@playwright/test";

import { expect, test } from "./fixtures";
import { sinAll } from "./sin-all";

const openFindings = (panel: Frame) => panel.getByRole("tab", { name: "Findings" }).click();
const rule = (panel: Frame, name: string) => panel.getByRole("region", { name, exact: true });

test("a page that does wrong gets exactly its findings, each with the events that show it", async ({
  inspector,
  server,
  room,
}) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/sins.html?room=${room}`);
  const { panel } = await inspector.openPanel(page);
  await sinAll(page, panel, server, room);
  await openFindings(panel);
  await expect(panel.locator(".rule__title")).toHaveText([
    "Sent before the call had joined",
    "Payload exceeds the size limit",
    "A token in data that the room can read",
    "A listener threw",
    "Addressed to no one in the call",
    "Session data written faster than it syncs",
    "A replace drops the other keys",
    "Sent to an empty room",
  ]);
  await expect(panel.locator(".findings-count")).toContainText("7, 7 findings and 1 hint");
  await expect(panel.locator(".finding")).toHaveCount(8);
  await expect(panel.getByText(/^7 findings and 1 hint: \d+ rules checked/)).toBeVisible();
  await expect(rule(panel, "Addressed to no one in the call")).toContainText("nobody-has-this-id");
  await expect(rule(panel, "A replace drops the other keys")).toContainText("stage, topic, x");
  await expect(rule(panel, "Session data written faster than it syncs")).toContainText(
    "4 values of x were replaced by a later write before sync, in 1 update",
  );
  const leak = rule(panel, "A token in data that the room can read");
  await expect(leak).toContainText("eyJh…");
  await expect(leak).toContainText("Up to 1 person could read it: Bob.");
  await expect(leak).not.toContainText("eyJhbGciOi");

  // From a finding to its event, and back.
  const large = rule(panel, "Payload exceeds the size limit");
  await large.getByRole("button", { expanded: false }).click();
  await leak.getByRole("button", { name: /^#\d+$/ }).click();
  const selected = panel.locator(".row[aria-selected=true]");
  await expect(selected).toContainText("invite");
  await expect(selected).toHaveClass(/row--marked/);
  await panel.getByRole("button", { name: "Finding: A token in data" }).click();
  await expect(leak.getByRole("button", { expanded: true })).toBeFocused();
  await expect(large.getByRole("button", { expanded: true })).toBeVisible();
  await expect(leak).toContainText("Have each participant get their own token");
  await expect(leak.getByRole("link", { name: "Learn more" })).toHaveAttribute(
    "href",
    /^https:\/\/docs\.daily\.co\//,
  );
});
