import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";
import { transform } from "esbuild";
import { createServer } from "vite";
import webpack from "webpack";

import { expect, row, test } from "./fixtures";
import { returnToPanel } from "./inspector";

// Sources keeps what it showed before.
test.use({ ownBrowser: true });

/** Gives a page a script of its own, whose third line sends. */
async function addChatScript(page: Page): Promise<void> {
  await page.route("**/chat.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `// A script of the app.\nfunction sendChat(text) {\n  return window.call.sendAppMessage({ kind: "chat", text });\n}\n`,
    }),
  );
  await page.addScriptTag({ url: "/chat.js" });
}

test("the line that made a call is named in its row, and opens in Sources from there and from the details", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  await addChatScript(page);
  const { panel, devtools } = await inspector.openPanel(page);
  const sources = devtools.getByRole("tab", { name: "Sources", exact: true });
  await page.evaluate(`sendChat("hello")`);
  const cell = row(panel, "hello").locator(".cell--initiator");
  await expect(cell).toHaveText("chat.js:3");
  await cell.click();
  await expect(sources).toHaveAttribute("aria-selected", "true");
  await expect(devtools.locator(".cm-content")).toContainText("A script of the app.");
  await expect(devtools.getByText(/^Line 3, column/)).toBeVisible();
  await returnToPanel({ panel, devtools });
  // The row is left as it is by that.
  await expect(row(panel, "hello")).toHaveAttribute("aria-selected", "false");

  await row(panel, "hello").click();
  await panel.getByRole("tab", { name: "Initiator" }).click();
  const frame = panel.getByRole("list", { name: "Call stack" }).getByRole("listitem").first();
  await expect(frame).toContainText("sendChat");
  await frame.getByRole("button").click();
  await expect(sources).toHaveAttribute("aria-selected", "true");
  await expect(devtools.getByText(/^Line 3, column/)).toBeVisible();
});

/** A source of an app: its fifth line sends. */
const CHAT = `interface Message {
  readonly text: string;
}

const send = (message: Message): void => window.call.sendAppMessage(message);

export function sendChat(text: string): void {
  send({ text });
}
Object.assign(window, { sendChat });
`;

/** Serves the source as a minified bundle to a page, with its map at its end, beside it, or with none. */
async function addBundle(page: Page, sourcemap: "inline" | "linked" | false): Promise<string[]> {
  const fetched: string[] = [];
  const { code, map } = await transform(CHAT, {
    loader: "ts",
    minify: true,
    sourcefile: "src/chat.ts",
    sourcemap: sourcemap === "linked" ? "external" : sourcemap,
  });
  const comment = sourcemap === "linked" ? "\n//# sourceMappingURL=bundle.js.map\n" : "";
  await page.context().route("**/assets/bundle.js*", (route) => {
    const isMap = route.request().url().endsWith(".map");
    if (isMap) fetched.push(route.request().url());
    return route.fulfill(
      isMap
        ? { contentType: "application/json", body: map }
        : { contentType: "text/javascript", body: code + comment },
    );
  });
  await page.addScriptTag({ url: "/assets/bundle.js", type: "module" });
  await page.waitForFunction(() => "sendChat" in window);
  return fetched;
}

test("a line of a bundle with an inline map leads to its source", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await addBundle(page, "inline");
  await page.evaluate(`sendChat("hello")`);
  const cell = row(panel, "hello").locator(".cell--initiator");
  await cell.click();
  await expect(devtools.getByText(/^Line 5, column/)).toBeVisible();
  await returnToPanel({ panel, devtools });
  await expect(cell).toHaveText("chat.ts:5");
});

test("an external map is fetched only when that is asked for, and then leads to the source", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  const fetched = await addBundle(page, "linked");
  await page.evaluate(`sendChat("hello")`);
  await row(panel, "hello").click();
  await panel.getByRole("tab", { name: "Initiator" }).click();
  const load = panel.getByRole("button", { name: "Load source map" });
  await expect(load).toHaveAttribute("title", /^Fetches http.*\/assets\/bundle\.js\.map through/);
  await load.click();
  const stack = panel.getByRole("list", { name: "Call stack" });
  await expect(stack.getByRole("listitem").first()).toContainText("chat.ts:5:");
  await expect(load).toHaveCount(0);
  await panel.getByRole("button", { name: "Close details" }).click();
  await expect(row(panel, "hello").locator(".cell--initiator")).toHaveText("chat.ts:5");
  expect(fetched.length).toBeLessThanOrEqual(2);
});

test("a bundle without a map opens as it is", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  await addBundle(page, false);
  await page.evaluate(`sendChat("hello")`);
  await row(panel, "hello").locator(".cell--initiator").click();
  await expect(devtools.getByText(/^Line 1, column/)).toBeVisible();
});

test("a line of a module from Vite's dev server leads to its source", async ({
  inspector,
  openCall,
}, testInfo) => {
  const root = testInfo.outputPath("app");
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "chat.ts"), CHAT);
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: "silent",
    cacheDir: testInfo.outputPath("cache"),
    server: { host: "127.0.0.1", cors: true, ws: false },
  });
  await vite.listen();
  try {
    const page = await openCall("Ada");
    const { panel, devtools } = await inspector.openPanel(page);
    const url = `${vite.resolvedUrls?.local[0] ?? ""}chat.ts`;
    await page.addScriptTag({ url, type: "module" });
    await page.waitForFunction(() => "sendChat" in window);
    await page.evaluate(`sendChat("hello")`);
    const cell = row(panel, "hello").locator(".cell--initiator");
    await cell.click();
    await expect(devtools.getByRole("tab", { name: "Sources", exact: true })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await returnToPanel({ panel, devtools });
    await expect(cell).toHaveText("chat.ts:5");
  } finally {
    await vite.close();
  }
});

test("a line of a webpack development build leads to its module", async ({
  inspector,
  openCall,
}, testInfo) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  for (const devtool of ["eval-source-map", "eval-cheap-module-source-map", "eval"] as const) {
    const folder = testInfo.outputPath(devtool);
    // DevTools shows one source of a name.
    const name = `${devtool}.js`;
    mkdirSync(folder, { recursive: true });
    // As loaders leave it: no types. The sixth line sends.
    const source = `/* A module of the app, as ${devtool}. */\n\nconst name = "Ada";\n\nfunction send(text) {\n  return window.call.sendAppMessage({ text, name });\n}\n\nwindow.sendChat = (text) => send(text);\n`;
    writeFileSync(join(folder, name), source);
    const compiler = webpack({
      mode: "development",
      context: folder,
      entry: `./${name}`,
      devtool,
      output: { path: join(folder, "out"), filename: "bundle.js" },
    });
    await new Promise<void>((resolve, reject) =>
      compiler?.run((error) => (error ? reject(error) : resolve())),
    );
    await page.route(`**/${devtool}/bundle.js`, (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: readFileSync(join(folder, "out", "bundle.js"), "utf8"),
      }),
    );
    await page.addScriptTag({ url: `/${devtool}/bundle.js` });
    await page.evaluate((text) => void Reflect.get(window, "sendChat")(text), `by ${devtool}.`);
    const cell = row(panel, `by ${devtool}.`).locator(".cell--initiator");
    await expect(cell).toHaveText(new RegExp(`^${name}:\\d+$`));
    await cell.click();
    await expect(devtools.getByRole("tab", { name: "Sources", exact: true })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await expect(
      devtools.locator(".cm-content", { hasText: `A module of the app, as ${devtool}.` }),
    ).toBeVisible();
    await returnToPanel({ panel, devtools });
    if (devtool !== "eval") await expect(cell).toHaveText(`${name}:6`);
  }
});
