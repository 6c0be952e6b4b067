/**
 * A browser that many tests use, one after the other. What costs most is a DevTools window, about two seconds each, so
 * one stays open too: on a tab that each test gets as its first page. Between tests the tab and the panel are blank and
 * the extension has nothing stored, so that opening the panel is a load of its page.
 */
import type { Page } from "@playwright/test";

import {
  devtoolsWindows,
  type Inspector,
  type InspectorOptions,
  launchInspector,
  type OpenPanel,
  selectPanel,
  untilUsable,
} from "./inspector";
import { routeDefaultBundle } from "./room/route-default-bundle";
import type { RoomServer } from "./room/server";

export type KeptInspector = {
  readonly inspector: Inspector;
  /** Makes it as good as new for the next test. Throws when it cannot; then it's to be closed. */
  readonly renew: () => Promise<void>;
};

/** Launches such a browser. It finds daily-js's bundle in the local room. */
export async function keepInspector(
  options: InspectorOptions,
  server: RoomServer,
): Promise<KeptInspector> {
  const launched = await launchInspector(options);
  const { context } = launched;
  await routeDefaultBundle(context, server);
  let tab: Page | undefined;
  /** Whether the test at hand has the tab already. */
  let isTaken = false;
  let opened: (OpenPanel & { readonly url: string }) | undefined;

  return {
    inspector: {
      ...launched,
      async newPage() {
        if (isTaken) return context.newPage();
        isTaken = true;
        tab ??= await context.newPage();
        return tab;
      },
      async openPanel(page) {
        if (page === tab && opened && !opened.devtools.isClosed()) {
          const { panel, devtools, url } = opened;
          if (panel.url() !== "about:blank") return opened;
          await selectPanel(devtools, new URL(url).origin);
          await panel.goto(url);
          await untilUsable(opened);
          return opened;
        }
        const other = await launched.openPanel(page);
        if (page === tab) opened = { ...other, url: other.panel.url() };
        return other;
      },
    },
    async renew() {
      isTaken = false;
      if (tab?.isClosed()) tab = undefined;
      if (!tab || opened?.devtools.isClosed()) opened = undefined;
      const origins = new Set([server.origin]);
      for (const { devtools, extensionOrigin } of devtoolsWindows(context)) {
        origins.add(extensionOrigin);
        if (devtools !== opened?.devtools) await devtools.close();
      }
      for (const page of context.pages())
        if (page !== tab && /^(https?|about):/.test(page.url())) await closeUnlessLast(page);
      await context.unrouteAll({ behavior: "ignoreErrors" });
      await routeDefaultBundle(context, server);
      await context.clearCookies();
      if (!tab) return;

      // The panel first: it would store what it makes of the page that goes.
      await opened?.panel.goto("about:blank");
      await opened?.devtools.mouse.move(0, 0);
      await tab.unrouteAll({ behavior: "ignoreErrors" });
      await tab.goto("about:blank");
      const session = await context.newCDPSession(tab);
      for (const origin of origins)
        await session.send("Storage.clearDataForOrigin", {
          origin,
          // Without its service worker, the extension would have no background any more.
          storageTypes: origin.startsWith("chrome-extension:") ? "local_storage,indexeddb" : "all",
        });
      await session.detach();
    },
  };
}

/** A browser goes when its last page does. */
async function closeUnlessLast(page: Page): Promise<void> {
  if (page.context().pages().length > 1) await page.close();
}
