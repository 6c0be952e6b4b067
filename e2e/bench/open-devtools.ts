import type { BrowserContext, Page } from "@playwright/test";

import { requestDevtools, until } from "../inspector";

type Legacy = {
  ViewManager: { ViewManager: { instance(): { showView(id: string): Promise<void> } } };
};

/** Opens DevTools for the only page that has it in a browser, with a panel of Chrome's own: `elements`, `network` … */
export async function openDevtools(
  context: BrowserContext,
  page: Page,
  view: string,
): Promise<Page> {
  await requestDevtools(context, page);
  let devtools: Page | undefined;
  await until(async () => {
    devtools = context.pages().find((each) => each.url().startsWith("devtools://"));
    // Asked again each time: while DevTools starts, the view manager may still be replaced.
    await devtools?.evaluate(async (id) => {
      const path = "./ui/legacy/legacy.js";
      const legacy = (await import(path)) as Legacy;
      await legacy.ViewManager.ViewManager.instance().showView(id);
    }, view);
    const tab = devtools?.getByRole("tab", { name: view, selected: true });
    return (await tab?.first().isVisible()) ?? false;
  }, `the ${view} panel of DevTools`);
  return devtools as Page;
}
