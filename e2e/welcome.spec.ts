import { expect, row, test } from "./fixtures";
import { backToLive, banner } from "./open-recording";

const TITLE = "See what goes through your Daily call";

test("without a call, one click opens the sample: rows, the room as a sequence, findings", async ({
  inspector,
  server,
}) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/plain.html`);
  const { panel, devtools } = await inspector.openPanel(page);
  await panel.getByRole("button", { name: "Open sample recording" }).click();

  await expect(banner(panel)).toContainText("Sample recording: Live Q&A");
  await expect(row(panel, "App", "question", "Can you all hear me?", "refused")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Seats 1" })).toBeVisible();
  await devtools.keyboard.press("ArrowDown");
  await expect(panel.locator(`.traffic__rows .row[aria-selected="true"]`)).toContainText(
    "call-created",
  );
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
  await expect(panel.getByRole("heading", { name: TITLE })).toBeVisible();
});

test("the keys are a ? away in a panel that was just opened, and a call takes its place", async ({
  inspector,
  server,
  room,
}) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/plain.html`);
  const { panel, devtools } = await inspector.openPanel(page);
  for (const tab of ["Room", "Send", "Statistics", "Types", "Findings", "Traffic"]) {
    await panel.getByRole("tab", { name: tab }).click();
    await expect(panel.getByRole("button", { name: "Open sample recording" })).toBeInViewport();
  }
  await panel.getByRole("heading", { name: TITLE }).click();
  await devtools.keyboard.press("?");
  await expect(panel.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await panel.getByRole("button", { name: "Close", exact: true }).click();

  await page.goto(`${server.origin}/pages/call.html?name=Ada&room=${room}`);
  await expect(row(panel, "call-created")).toBeVisible();
  await expect(panel.getByRole("heading", { name: TITLE })).toHaveCount(0);
});

test("the guide opens in a tab, and asks nothing of the network", async ({ inspector, server }) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/plain.html`);
  const { panel } = await inspector.openPanel(page);
  const requests: string[] = [];
  inspector.context.on("request", (request) => requests.push(request.url()));
  const opened = inspector.context.waitForEvent("page");
  await panel.getByRole("link", { name: "Guide" }).click();
  const guide = await opened;
  await expect(guide.getByRole("heading", { name: "Guide", level: 1 })).toBeVisible();
  await guide.getByRole("link", { name: "The filter language" }).click();
  await expect(guide.getByRole("heading", { level: 1 })).toHaveText("The filter language");
  await expect(guide.getByRole("row", { name: /^seat:/ })).toBeVisible();
  await guide.getByRole("link", { name: "What’s new" }).click();
  await expect(guide.getByRole("heading", { level: 1 })).toHaveText("Changelog");
  expect(requests.filter((url) => !url.startsWith("chrome-extension://"))).toEqual([]);
  await guide.close();
});
