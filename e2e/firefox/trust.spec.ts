import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "@playwright/test";

import pkg from "../../package.json" with { type: "json" };
import type { Panel } from "./firefox";
import { BUILD, test } from "./fixtures";

const HOOK = "content-script/inspector-for-daily-hook.iife.js";

const says = (panel: Panel, text: string) =>
  expect
    .poll(() => panel.evaluate(`return document.querySelector(".panel").innerText`), {
      timeout: 20_000,
    })
    .toContain(text);

/** Whether the methods of the page's call are Daily's own, as the browser prints them. */
const IS_OWN = `
  const wrapped = (name) => /\\.\\.\\.\\w+\\) *\\{ *return/.test(String(call[name]));
  return !wrapped("sendAppMessage") && !Object.hasOwn(call.constructor.prototype, "emit");`;

test("turned off, a page stays off, even when the extension is reloaded", async ({
  openCall,
  firefox,
}) => {
  const ada = await openCall("Ada");
  const panel = await ada.openPanel();
  await ada.evaluate(`call.sendAppMessage("before"); return true;`);
  await panel.row("before");
  expect(await ada.evaluate(IS_OWN)).toBe(false);
  await panel.click("button[aria-label=Settings]", "Settings");
  await panel.click("button", "Turn off until reload");
  await says(panel, "Off on this page");
  await panel.row("before");
  await expect.poll(() => ada.evaluate(IS_OWN), { timeout: 20_000 }).toBe(true);

  await firefox.reinstall();
  const again = await ada.openPanel();
  await says(again, "Off on this page");
  await ada.evaluate(`call.sendAppMessage("unseen"); return true;`);
  await again.click("button", "Reload page");
  await again.row("joined-meeting");
  expect((await again.rows()).join()).not.toMatch(/before|unseen/);
});

test.describe("after an update", () => {
  test.use({ ownBuild: true });

  test("a page with the earlier hook goes on, and the panel says what to do", async ({
    build,
    firefox,
    openCall,
  }) => {
    const hook = join(build, HOOK);
    const text = readFileSync(hook, "utf8");
    expect(text).toContain(pkg.version);
    writeFileSync(hook, text.replaceAll(pkg.version, "0.0.1"));
    await firefox.reinstall();
    const ada = await openCall("Ada");
    await ada.evaluate(`call.sendAppMessage("before the update"); return true;`);
    cpSync(BUILD, build, { recursive: true });
    await firefox.reinstall();

    const panel = await ada.openPanel();
    await says(panel, "loaded before the extension was updated");
    await panel.row("before the update");
    await ada.evaluate(`call.sendAppMessage("after the update"); return true;`);
    await panel.row("after the update");
    await panel.click("button", "Reload page");
    await expect
      .poll(() => panel.evaluate(`return document.querySelector(".panel").innerText`), {
        timeout: 20_000,
      })
      .not.toContain("loaded before the extension");
    await panel.row("joined-meeting");
  });
});

test("without access to the site the panel says so, and on Firefox's own pages that no extension runs there", async ({
  firefox,
  server,
}) => {
  await firefox.withdrawAccess();
  const tab = await firefox.openTab(`${server.origin}/pages/plain.html`);
  const panel = await tab.openPanel();
  await says(panel, `No access to ${new URL(server.origin).host}`);
  await tab.goto("about:license");
  await says(panel, "Extensions can't run on this page");
});
