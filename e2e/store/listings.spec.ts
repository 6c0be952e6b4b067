import { readFileSync } from "node:fs";

import { AGENT_GROUP, AGENT_TOOLS } from "../../extension/protocol/agent-tools";
import { expect, test } from "../fixtures";

test("the line in the test instructions lists the tools for coding agents in the console", async ({
  openCall,
}) => {
  const page = await openCall("Ada");
  const listing = readFileSync(new URL("../../store/chrome.md", import.meta.url), "utf8");
  const line = /^dispatchEvent\(.+\)$/m.exec(listing)?.[0] ?? "";
  const logged = page.waitForEvent("console");
  await page.evaluate(line);
  const [group] = (await logged).args();
  expect(await group?.jsonValue()).toMatchObject({
    name: AGENT_GROUP.name,
    tools: AGENT_TOOLS.map(({ name }) => ({ name })),
  });
});
