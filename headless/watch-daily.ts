import type { BrowserContext } from "playwright-core";

import type { Daily, Muted } from "./api";
import { createDaily } from "./daily";
import { NOTHING_MUTED } from "./findings-test";

export type * from "./api";

/**
 * Watches what the pages of a context do with Daily. Call it before they open: a page that is there already is seen
 * from now on, if daily-js is a global in it.
 *
 *     const daily = await watchDaily(context);
 *     await page.goto("https://app.example/");
 *     await daily.waitFor("type:hello status:received");
 */
export async function watchDaily(
  context: BrowserContext,
  muted: Partial<Muted> = {},
): Promise<Daily> {
  const daily = createDaily({ ...NOTHING_MUTED, ...muted });
  await daily.watch(context);
  return daily;
}
