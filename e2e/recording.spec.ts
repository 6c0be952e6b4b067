import { readFileSync } from "node:fs";

import type { Recording } from "../core/recording/recording";
import { exportRecording, expect, row, test } from "./fixtures";
import { backToLive, banner, open } from "./open-recording";

/** A recording with so many messages of so many characters. */
function recordingOf(count: number, chars: number): string {
  const json = JSON.stringify("x".repeat(chars));
  const payload = { json, chars: json.length, bytes: json.length };
  const common = { callId: "call-1", kind: "daily-event", listeners: 1, handlerMs: 0 };
  const events = Array.from({ length: count }, (_, n) => ({
    ...common,
    seq: n + 1,
    at: 1_790_000_000_000 + n,
    name: "app-message",
    fromId: "someone",
    payload,
  }));
  return JSON.stringify({
    format: "daily-recording",
    version: 1,
    recordedAt: "2026-11-20T14:03:00.000Z",
    page: { url: "https://demo.daily.co/qa", title: "Q&A" },
    userAgent: "test",
    documents: [{ documentId: "page", url: "", callIds: ["call-1"], dropped: 0 }],
    events,
  });
}

test("an exported session is shown again, read-only, while the live one goes on", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ text: "recorded" })`);
  await page.evaluate(`call.setMeetingSessionData({ stage: "Ada" })`);
  await expect(row(panel, "Session", `{stage: "Ada"}`, "synced")).toBeVisible();
  const recording = await exportRecording(panel, devtools);
  const rows = await panel.locator(".traffic__rows .row").allInnerTexts();

  await page.evaluate(`call.sendAppMessage({ text: "after the export" })`);
  await expect(row(panel, "after the export")).toBeVisible();
  await open(panel, devtools, "ada.json", JSON.stringify(recording));
  await expect(banner(panel)).toContainText("Recording ada.json");
  await expect(banner(panel)).toContainText("read-only");
  await expect(panel.locator(".status-bar")).toContainText("recording");
  await expect(panel.locator(".status-bar")).not.toContainText("connected");
  await expect(row(panel, "after the export")).toHaveCount(0);
  expect(await panel.locator(".traffic__rows .row").allInnerTexts()).toEqual(rows);

  await page.evaluate(`call.sendAppMessage({ text: "came meanwhile" })`);
  await expect(banner(panel)).toContainText("1 new live event");
  await expect(panel.getByRole("button", { name: "Clear", exact: true })).toBeDisabled();
  await panel.locator(".traffic__grid").press("Control+l");
  await expect(panel.locator(".traffic__rows .row")).toHaveCount(rows.length);

  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  await expect(panel.getByRole("tabpanel", { name: "Room" })).toContainText("stage");
  await panel.getByRole("tab", { name: "Send", exact: true }).click();
  await expect(
    panel.getByText("This is a recording: there is no page to send it to."),
  ).toBeVisible();
  await panel.getByRole("tab", { name: "Traffic" }).click();

  await backToLive(panel);
  await expect(banner(panel)).toHaveCount(0);
  await expect(row(panel, "after the export")).toBeVisible();
  await expect(row(panel, "came meanwhile")).toBeVisible();
  await expect(panel.locator(".status-bar")).not.toContainText("dropped");
  await expect(panel.locator(".status-bar")).toContainText("connected");
});

test("a file can be dropped anywhere, also where there is no call", async ({
  inspector,
  server,
}) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/plain.html`);
  const { panel } = await inspector.openPanel(page);
  await expect(panel.getByText("drop its file anywhere")).toBeVisible();
  const dataTransfer = await panel.evaluateHandle(
    (text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "dropped.json", { type: "application/json" }));
      return data;
    },
    recordingOf(3, 10),
  );
  await panel.dispatchEvent(".status-bar", "dragover", { dataTransfer });
  await expect(panel.getByText("Drop a recording to look at it")).toBeVisible();
  await panel.dispatchEvent(".status-bar", "dragleave", { dataTransfer });
  await expect(panel.getByText("Drop a recording to look at it")).toHaveCount(0);
  await panel.dispatchEvent(".status-bar", "dragover", { dataTransfer });
  await panel.dispatchEvent(".status-bar", "drop", { dataTransfer });
  await expect(banner(panel)).toContainText(
    /Recording dropped\.json · read-only · made 2026-11-20/,
  );
  await expect(banner(panel)).toContainText("on demo.daily.co/qa");
  await expect(panel.getByText("Drop a recording to look at it")).toHaveCount(0);
  await expect(panel.locator(".traffic__rows .row")).toHaveCount(3);
  await backToLive(panel);
  await expect(panel.getByText("No Daily call on this page yet")).toBeVisible();
});

test("what cannot be opened says why, and what is shown stays", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  const alert = panel.getByRole("alert");
  const newer = recordingOf(1, 1).replace('"version":1', '"version":3');
  const refusals = [
    ["broken.json", recordingOf(3, 10).slice(0, -40), "is not JSON, or not all of it"],
    ["empty.json", "", "The file is empty."],
    ["picture.json", "\u0000", "is not JSON, or not all of it"],
    ["network.har", `{"log":{"entries":[]}}`, "HAR file of the Network panel"],
    ["newer.json", newer, "made by a newer Inspector: version 3; this one reads up to 1."],
    ["markup.json", `{"format":"<img src=x onerror=alert(1)>"}`, "JSON, but not a recording"],
  ] as const;
  for (const [name, text, reason] of refusals) {
    await open(panel, devtools, name, text);
    await expect(alert).toContainText(`${name} was not opened.`);
    await expect(alert).toContainText(reason);
    await expect(row(panel, "joined-meeting")).toBeVisible();
  }
  await panel.getByRole("button", { name: "Close this note" }).click();
  await expect(alert).toHaveCount(0);

  const partly = recordingOf(3, 10).replace('"seq":2', '"seq":"2"');
  await open(panel, devtools, "partly.json", partly);
  await expect(banner(panel)).toContainText("partly.json");
  const told = panel.getByText("1 malformed event ignored");
  await expect(told).toHaveAttribute("title", /event 2 of the file: seq/);
});

test("a large file shows how far it is, and can be cancelled", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  await panel.evaluate(() => {
    // Cancelled as soon as there is something to cancel.
    new MutationObserver((_, observer) => {
      const cancel = [...document.querySelectorAll("button")].find(
        ({ textContent }) => textContent === "Cancel",
      );
      if (!cancel || !document.querySelector("progress")) return;
      observer.disconnect();
      document.body.dataset["cancelled"] = document.querySelector(".recording")?.textContent ?? "";
      cancel.click();
    }).observe(document.body, { childList: true, subtree: true });
  });
  await open(panel, devtools, "large.json", recordingOf(10_000, 500));
  await expect(panel.locator("body")).toHaveAttribute("data-cancelled", /Reading large\.json/);
  await expect(panel.getByRole("progressbar")).toHaveCount(0);
  await expect(row(panel, "joined-meeting")).toBeVisible();

  await open(panel, devtools, "large.json", recordingOf(10_000, 500));
  await expect(banner(panel)).toContainText("large.json");
  await expect(panel.locator(".status-bar")).toContainText("10,000 events");
});

test("a part is exported with what it needs, and values can be masked", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ secret: "first words" })`);
  await page.evaluate(`call.sendAppMessage({ secret: "second words" })`);
  await expect(row(panel, "second words")).toBeVisible();

  await panel.getByRole("combobox", { name: "Filter" }).fill("second");
  await expect(row(panel, "first words")).toHaveCount(0);
  const part = await exportRecording(panel, devtools, "Filtered: 1 row");
  expect(messagesOf(part)).toEqual(['{"secret":"second words"}']);
  expect(part.documents[0]?.leftOut).toBeGreaterThan(0);

  await panel.getByRole("combobox", { name: "Filter" }).fill("");
  await row(panel, "first words").click();
  await panel.getByRole("button", { name: "Export recording" }).click();
  const pane = panel.getByRole("dialog", { name: "Export recording" });
  await pane.getByRole("checkbox", { name: "Mask values" }).check();
  await pane.press("Escape");
  await expect(pane).toHaveCount(0);
  await expect(panel.locator(".details")).toBeVisible();

  const download = devtools.waitForEvent("download");
  await panel.getByRole("button", { name: "Export recording" }).click();
  await panel.getByRole("button", { name: "Selected: 1 row" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/-part-masked\.json$/);
  const text = readFileSync(await file.path(), "utf8");
  expect(text).not.toMatch(/first words|second words|Ada|localhost|127\.0\.0\.1/);
  expect(messagesOf(JSON.parse(text) as Recording)).toEqual([
    expect.stringMatching(/^\{"secret":"[a-z]{11}"\}$/),
  ]);

  await open(panel, devtools, "masked.json", text);
  await expect(banner(panel)).toContainText("values masked");
  await expect(banner(panel)).toContainText("left out");
  await expect(row(panel, "Everyone", "{secret: ", "sent")).toBeVisible();
});

function messagesOf({ events }: Recording): string[] {
  return events.flatMap((event) =>
    event.kind === "method-called" && event.method === "sendAppMessage" ? [event.payload.json] : [],
  );
}
