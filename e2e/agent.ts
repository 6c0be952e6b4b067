/** A coding agent's side: the real `chrome-devtools-mcp` from npm, driven over its MCP protocol. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import type { Page } from "@playwright/test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const require = createRequire(import.meta.url);

export type Agent = {
  /** Calls a tool of the MCP server for a page. Resolves to the text of its result; rejects with it for an error. */
  call(page: Page, tool: string, args?: Record<string, unknown>): Promise<string>;
  /** Uses a tool of the page, and resolves to what it returned. */
  use(page: Page, tool: string, params?: Record<string, unknown>): Promise<unknown>;
  close(): Promise<void>;
};

/** Starts an agent's server against a browser that was launched with remote debugging. */
export async function startAgent(browserUrl: string, flags: string[] = []): Promise<Agent> {
  const root = dirname(require.resolve("chrome-devtools-mcp/package.json"));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [
      join(root, "build/src/bin/chrome-devtools-mcp.js"),
      `--browserUrl=${browserUrl}`,
      "--categoryExperimentalThirdParty",
      "--no-usage-statistics",
      "--no-performance-crux",
      ...flags,
    ],
    stderr: "ignore",
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);

  async function callTool(name: string, args: Record<string, unknown> = {}): Promise<string> {
    const { content, isError } = await client.callTool({ name, arguments: args });
    const text = (content as { text?: string }[]).map((each) => each.text ?? "").join("\n");
    if (isError === true) throw new Error(text);
    return text;
  }

  async function call(page: Page, name: string, args: Record<string, unknown> = {}) {
    const pages = await callTool("list_pages");
    const line = pages
      .split("\n")
      .find((each) => each.includes(`${page.url()})`) || each.includes(` ${page.url()}`));
    const pageId = Number(line?.split(":")[0]);
    await callTool("select_page", { pageId });
    return callTool(name, { pageId, ...args });
  }

  return {
    call,
    async use(page, toolName, params = {}) {
      // An agent knows the tools of its last list.
      await call(page, "list_3p_developer_tools");
      const text = await call(page, "execute_3p_developer_tool", {
        toolName,
        params: JSON.stringify(params),
      });
      return JSON.parse(text.slice(text.indexOf("{"))) as unknown;
    },
    close: () => client.close(),
  };
}
