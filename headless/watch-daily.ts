import type { BrowserContext } from "playwright-core";

import type { AgentOptions, Daily, Muted } from "./api";
import { readContract } from "./contract-file";
import { createDaily, letAgentsCommand } from "./daily";
import { checkRuleIds } from "./findings-test";
import { checkWatchDaily } from "./parameters";

export type * from "./api";

/**
 * Watches what the pages of a context do with Daily. Call it before they open: a page that is there already is seen
 * from now on, if daily-js is a global in it.
 *
 *     const daily = await watchDaily(context);
 *     await page.goto("https://app.example/");
 *     await daily.waitFor("type:hello status:received");
 *
 * `baseline`: the path of a file that the Types tab of the panel has exported; what departs from it is found. Throws for a
 * file that isn't one.
 */
export async function watchDaily(
  context: BrowserContext,
  options: Partial<Muted & AgentOptions> & { readonly baseline?: string } = {},
): Promise<Daily> {
  checkWatchDaily(context, options);
  const { baseline, agentCommands, mutedRules = [], mutedTypes = [] } = options;
  checkRuleIds(mutedRules);
  const known = baseline === undefined ? undefined : readContract(baseline).contract;
  const daily = createDaily({ mutedRules, mutedTypes }, known);
  if (agentCommands) letAgentsCommand(daily);
  await daily.watch(context);
  return daily;
}
