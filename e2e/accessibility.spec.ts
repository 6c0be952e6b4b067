import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Frame } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

import { expect, row, test } from "./fixtures";
import { liveABit, walkTheTabs } from "./walk-the-tabs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Axe = { run(context: Document, options: RunOptions): Promise<AxeResults> };

/** What axe finds wrong in the panel by these rules, all of them if none is named, a line each. */
async function problemsBy(rules: string[], panel: Frame): Promise<string[]> {
  if (!(await panel.evaluate(() => "axe" in globalThis))) await panel.evaluate(axe);
  const { violations } = await panel.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: Axe }).axe.run(document, {
        resultTypes: ["violations"],
        ...(runOnly.length > 0 && { runOnly }),
      }),
    rules,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

// What a theme changes is colours.
for (const [theme, rules] of [
  ["default", []],
  ["dark", ["color-contrast"]],
] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ options: { theme } });
    const problemsOf = (panel: Frame) => problemsBy([...rules], panel);

    test("axe finds nothing wrong where the page has no call, and in the list of keys", async ({
      inspector,
      server,
    }) => {
      const page = await inspector.newPage();
      await page.goto(`${server.origin}/pages/plain.html`);
      const { panel } = await inspector.openPanel(page);
      // It comes into sight by and by, because most pages that load have a call in a moment.
      await panel
        .locator(".welcome")
        .evaluate((welcome) =>
          Promise.all(welcome.getAnimations().map(({ finished }) => finished)),
        );
      expect(await problemsOf(panel), "no call").toEqual([]);
      await panel.getByRole("button", { name: "Keyboard shortcuts" }).click();
      expect(await problemsOf(panel), "keys").toEqual([]);
    });

    test("axe finds nothing wrong in any tab", async ({ inspector, openCall, server, room }) => {
      const page = await openCall("Ada");
      const { panel } = await inspector.openPanel(page);
      const bob = server.room(room).join({ userName: "Bob" });
      await page.evaluate(`(() => {
        call.sendAppMessage({ type: "chat", text: "hello" });
        call.sendAppMessage({ type: "chat", text: "lost" }, "nobody");
        call.setUserData({ hand: "up" });
        call.setMeetingSessionData({ poll: { votes: 3 } }, "shallow-merge");
        try { call.sendAppMessage("x".repeat(5000)); } catch {}
      })()`);
      bob.sendAppMessage({ type: "reaction" });
      await expect(row(panel, "synced")).toBeVisible();
      await row(panel, "hello").click();

      for (const tab of ["Payload", "Delivery", "Initiator", "Raw"]) {
        await panel.getByRole("tab", { name: tab }).click();
        expect(await problemsOf(panel), tab).toEqual([]);
      }
      await panel.getByRole("button", { name: "Sequence" }).click();
      await expect(panel.getByRole("grid", { name: "Sequence" }).getByRole("row")).not.toHaveCount(
        1,
      );
      expect(await problemsOf(panel), "Sequence").toEqual([]);
      await panel.getByRole("button", { name: "Table", exact: true }).click();
      for (const opened of ["Table options", "Settings"]) {
        await panel.getByRole("button", { name: opened }).click();
        expect(await problemsOf(panel), opened).toEqual([]);
      }
      const says = (type: string, data: object) =>
        bob.sendAppMessage({ label: "rtvi-ai", type, data });
      says("user-transcription", { text: "Is it cold", final: false, user_id: "u" });
      says("bot-started-speaking", {});
      says("bot-output", { text: "It is cold.", segment_id: 1, spoken_status: "new" });
      says("llm-function-call-in-progress", { tool_call_id: "t", arguments: { city: "Oslo" } });
      says("bot-interrupted", {});
      says("error", { error: "The voice is gone", fatal: false });
      await panel.getByRole("button", { name: "Conversation", exact: true }).click();
      await panel.getByRole("row", { name: /It is cold\./ }).click();
      await expect(panel.getByRole("group", { name: "Events of this turn" })).toBeVisible();
      expect(await problemsOf(panel), "Conversation").toEqual([]);
      await panel.getByRole("button", { name: "Copy or save the conversation" }).click();
      expect(await problemsOf(panel), "Copy or save").toEqual([]);
      await panel.getByRole("tab", { name: "Findings" }).click();
      await panel.getByRole("button", { name: /Payload exceeds the size limit/ }).click();
      await panel.getByText("Choose a channel").click();
      expect(await problemsOf(panel), "Findings").toEqual([]);
      await panel.getByRole("tab", { name: "Types" }).click();
      await panel.getByRole("button", { name: "Keep as baseline" }).click();
      await panel.getByRole("button", { name: "chat", exact: true }).click();
      await expect(panel.getByRole("region", { name: "Fields of chat" })).toBeVisible();
      expect(await problemsOf(panel), "Types").toEqual([]);
      for (const view of ["Room", "Send"]) {
        await panel.getByRole("tab", { name: view, exact: true }).click();
        expect(await problemsOf(panel), view).toEqual([]);
      }
      for (const kind of ["User data", "Session data", "Simulate incoming"]) {
        await panel.getByRole("button", { name: kind, exact: true }).click();
        await expect(panel.locator(".cm-content")).toBeVisible();
        expect(await problemsOf(panel), kind).toEqual([]);
      }
    });
  });
}

// What a place changes is what there is room for.
for (const [place, options] of [
  ["at the side", { dock: "right", dockedSize: 400 }],
  ["at the bottom", { dock: "bottom", dockedSize: 250 }],
] as const) {
  test.describe(`docked ${place}`, () => {
    test.use({ options });

    test("axe finds nothing wrong in any tab", async ({ inspector, openCall, server, room }) => {
      const page = await openCall("Ada");
      const { panel } = await inspector.openPanel(page);
      await liveABit(page, panel, server, room);
      await walkTheTabs(panel, async (what) =>
        expect(await problemsBy([], panel), what).toEqual([]),
      );
    });
  });
}
