import { expect, row, test } from "./fixtures";
import { backToLive, banner } from "./open-recording";

test("without a call, one click opens the sample: rows, the room as a sequence, findings", async ({
  inspector,
  server,
}) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/plain.html`);
  const { panel } = await inspector.openPanel(page);
  await expect(panel.getByRole("heading", { name: "See what goes through" })).toBeVisible();
  await panel.getByRole("button", { name: "Open sample recording" }).click();

  await expect(banner(panel)).toContainText("Sample recording: Live Q&A");
  await expect(row(panel, "App", "poll", "Tea or coffee?", "1 of 1")).toBeVisible();
  await panel.getByRole("button", { name: "Sequence" }).click();
  const sequence = panel.getByRole("grid", { name: "Sequence" });
  await expect(sequence.getByRole("columnheader", { name: /Bob/ })).toBeVisible();
  await panel.getByRole("tab", { name: /^Findings/ }).click();
  for (const title of [
    "Sent before the call had joined",
    "A listener threw at another participant",
    "Payload exceeds the size limit",
  ])
    await expect(panel.getByRole("button", { name: title })).toBeVisible();

  await backToLive(panel);
  await expect(panel.getByRole("heading", { name: "See what goes through" })).toBeVisible();
});
