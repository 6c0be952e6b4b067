import type { Frame, Page } from "@playwright/test";

import { expect, joined, row, test } from "./fixtures";
import type { Inspector } from "./inspector";

/** What chrome://extensions itself uses. */
type DeveloperPrivate = {
  updateExtensionConfiguration(update: { extensionId: string; hostAccess: string }): Promise<void>;
  addHostPermission(extensionId: string, host: string): Promise<void>;
  updateProfileConfiguration(update: { inDeveloperMode: boolean }): Promise<void>;
  reload(extensionId: string, options: object): Promise<void>;
};
declare global {
  // oxlint-disable-next-line typescript/no-namespace -- as the types of the browser are written
  namespace chrome {
    const developerPrivate: DeveloperPrivate;
  }
}

// What these tests change is the browser's own.
test.use({ ownBrowser: true });

/** The page on which the user sets what an extension may do. */
async function openSettings({ context }: Inspector): Promise<Page> {
  const page = await context.newPage();
  await page.goto("chrome://extensions");
  return page;
}

const said = (panel: Frame, text: string) => panel.getByRole("status").getByText(text);
const idOf = (panel: Frame) => new URL(panel.url()).host;

test("without access to a site the panel says so, and with it the page is captured after a reload", async ({
  inspector,
  openCall,
  server,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  const settings = await openSettings(inspector);
  await settings.evaluate(
    (extensionId) =>
      chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: "ON_CLICK" }),
    idOf(panel),
  );
  // What runs already goes on.
  await page.evaluate(`call.sendAppMessage("still here")`);
  await expect(row(panel, "still here", "sent")).toBeVisible();

  await page.reload();
  await joined(page);
  await expect(said(panel, `No access to ${new URL(server.origin).host}`)).toBeVisible();
  await expect(panel.getByText("allow Inspector for Daily on this site")).toBeVisible();

  await settings.evaluate(
    async ([extensionId, host]) => {
      const { developerPrivate } = chrome;
      await developerPrivate.updateExtensionConfiguration({
        extensionId,
        hostAccess: "ON_SPECIFIC_SITES",
      });
      await developerPrivate.addHostPermission(extensionId, host);
    },
    [idOf(panel), `${server.origin}/*`] as const,
  );
  await panel.getByRole("button", { name: "Reload page" }).click();
  await expect(row(panel, "joined-meeting")).toBeVisible();
  await expect(said(panel, "No access")).toHaveCount(0);
});

test("on the browser's own pages the panel says that no extension runs there, and a page with access ends that", async ({
  inspector,
  openCall,
  server,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  await page.goto("chrome://version");
  // Beside what was recorded, for Chromium doesn't tell the panel that the page was left for this one.
  await expect(panel.getByText("Extensions can't run on this page")).toBeVisible();
  await page.goto(`${server.origin}/pages/plain.html`);
  await expect(said(panel, "No Daily call on this page yet")).toBeVisible();
  await expect(panel.getByText("Extensions can't run on this page")).toHaveCount(0);
});

test("a page from before a reload of the extension is recognised, and settings are kept", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  await panel.getByLabel("Preserve log").check();
  const settings = await openSettings(inspector);
  const closed = devtools.waitForEvent("close");
  await settings.evaluate(async (extensionId) => {
    await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    await chrome.developerPrivate.reload(extensionId, {});
  }, idOf(panel));
  // Chromium closes DevTools with the extension.
  await closed;

  const again = await inspector.openPanel(page);
  await expect(said(again.panel, "Reload this page after the update")).toBeVisible();
  await expect(again.panel.getByLabel("Preserve log")).toBeChecked();
  // The old hook is alone, and the call is as it was.
  await page.evaluate(`call.sendAppMessage("unseen")`);
  await again.panel.getByRole("button", { name: "Reload page" }).click();
  await expect(row(again.panel, "joined-meeting")).toBeVisible();
  await expect(said(again.panel, "Reload this page after the update")).toHaveCount(0);
});
