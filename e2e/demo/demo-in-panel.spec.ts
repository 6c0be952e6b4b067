import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, test } from "../fixtures";
import { startAudience } from "./audience";
import { missingTraffic } from "./expected-traffic";
import { readShownRows } from "./shown-rows";

test.use({ options: { window: { width: 1280, height: 900 } } });

test("the panel shows every kind of traffic of the Q&A, and nothing leaves the machine", async ({
  inspector,
  server,
  room,
}) => {
  server.serve("/demo/", fileURLToPath(new URL("page", import.meta.url)));
  const outside: string[] = [];
  inspector.context.on("request", (request) => {
    const { protocol, hostname, href } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") outside.push(href);
  });
  const problems: string[] = [];
  const audience = startAudience(server, { room });
  const page = await inspector.newPage();
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(`${server.origin}/demo/?room=${room}`);
  const bob = await inspector.newPage();
  await bob.goto(`${server.origin}/demo/?room=${room}&name=Bob&host=0&auto=1`);
  const { panel } = await inspector.openPanel(page);

  const missing = async () => missingTraffic(await readShownRows(panel), { hasBob: true });
  await expect.poll(missing).toEqual([]);
  await expect(page.locator(".item--notice")).not.toHaveCount(0);
  await expect(page.locator(".card--on-stage")).toHaveCount(1);
  await expect(panel.locator(".status-bar")).not.toContainText("dropped");
  await expect(panel.locator(".row--warning, .row--error")).toHaveCount(0);
  await panel.getByRole("tab", { name: "Findings" }).click();
  await expect(panel.getByText(/^0 findings: \d+ rules checked [\d,]+ events\.$/)).toBeVisible();
  await audience.stop();
  expect({ outside, problems }).toEqual({ outside: [], problems: [] });
});

test("without a window the demo says what the panel showed, and saves a picture", async () => {
  const script = fileURLToPath(new URL("run.ts", import.meta.url));
  const folder = test.info().outputPath();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, "--headless", "--seconds", "1"],
    { cwd: folder },
  );
  expect(stdout).toMatch(/^The panel showed: \d+ events, connected\.$/m);
  expect(stdout).toMatch(/^A recording of it is \d+\.\d KB\.$/m);
  // Which rows are the last ones differs from run to run.
  expect(stdout).toMatch(/^ {2}App +[1-9]\d* +[1-9]\d* /m);
  expect(stdout).toMatch(/^ {2}[\d:.]+ +(?:<-|->) .* (?:sent|received)$/m);
  expect(existsSync(`${folder}/demo.png`)).toBe(true);
});

test("with a bot it says what the panel showed of the talk", async () => {
  const script = fileURLToPath(new URL("run.ts", import.meta.url));
  const folder = test.info().outputPath();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, "--bot", "--headless", "--seconds", "1"],
    { cwd: folder },
  );
  expect(stdout).toMatch(/^ +.*llm-function-call-result +1 +0$/m);
  expect(stdout).toMatch(/^ +.*bot-llm-text +0 +\d+$/m);
  expect(stdout).toMatch(/^Conversation: RTVI 2\.1\.0, \d+ turns$/m);
  expect(stdout).toMatch(/^ .*: There is a lot to do\. .* \[interrupted .*\] \[not said: .*\]$/m);
  expect(stdout).toMatch(/^ +get_weather.* → \{.*celsius: 24\} \d+ ms$/m);
  expect(stdout).toMatch(/^ +user stopped → first audio +\d+ · max /m);
  expect(existsSync(`${folder}/demo.png`)).toBe(true);
});
