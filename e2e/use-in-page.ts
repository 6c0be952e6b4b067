import type { Page } from "@playwright/test";

import type { AgentToolName } from "../extension/protocol/agent-tools";

/** Uses a coding agent's tool as any script of the page can. Resolves to the result as JSON, the error, or "no tools". */
export const useInPage = (page: Page, tool: AgentToolName, args: object = {}): Promise<string> =>
  page.evaluate(
    ([name, given]) => {
      type Tool = { name: string; execute: (args: unknown) => Promise<unknown> };
      let tools: Tool[] | undefined;
      const respondWith = (group: { tools: Tool[] }) => void (tools = group.tools);
      dispatchEvent(Object.assign(new Event("devtoolstooldiscovery"), { respondWith }));
      const found = tools?.find((each) => each.name === name);
      return found
        ? found.execute(given).then((result) => JSON.stringify(result), String)
        : "no tools";
    },
    [tool, args] as const,
  );
