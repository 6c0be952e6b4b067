import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, test } from "@playwright/test";

import { ACT_HERE, eventsAsTest } from "../../core/session/as-test";
import { logOf } from "../../core/testing/log-of-text";
import { startRtviBot } from "../bots/rtvi-bot";
import { WEATHER_TALK } from "../bots/weather-talk";
import { ensureBrowser } from "../browser";
import { type RoomServer, startRoomServer } from "../room/server";

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const PAGE = readFileSync(at("docs/ci.md"), "utf8");

/** A block of the page on CI, without its indentation. */
function blockOf(language: "ts" | "text", beginning: string): string {
  const blocks = [...PAGE.matchAll(/^( *)```(\w+)\n([^]*?)^ *```$/gm)];
  const block = blocks.find(
    ([, , of, text = ""]) => of === language && text.trimStart().startsWith(beginning),
  );
  const [, indent = "", , text] = block ?? [];
  if (text === undefined) throw new Error(`docs/ci.md has no block that begins with ${beginning}`);
  return text.replaceAll(new RegExp(`^${indent}`, "gm"), "");
}

/** What the panel copies as a test of a session like that, with what makes the app do it. */
function copiedTest(): string {
  const log = logOf(`0 created
    10 joined Ada
    20 send {"type":"hand","raised":true} to *`);
  const copied = eventsAsTest(log.entries, (callId) => log.calls.get(callId)) ?? "";
  const act = `await expect(page.getByText("1 in the call")).toBeVisible();
  await page.getByRole("button").click();`;
  return copied.replace(ACT_HERE, act).replace("https://app.example/", "./?name=Ada");
}

/** What a program prints, and how it ends. */
const outcome = (running: Promise<{ stdout: string }>) =>
  running.then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, out: stdout }),
  );

/** The app as it should be, and with one fault each. */
const APPS = ["app", "early", "changed", "lost"] as const;
const inFolder = (...names: string[]) => join(folder, ...names);
let folder = "";
let server: RoomServer;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "inspector-for-daily-"));
  server = await startRoomServer();
  for (const app of APPS) server.serve(`/${app}/`, at("e2e/headless/app"));
  server.room("lost").damage({ seed: 1, dropShare: 1 });
  server.serve("/talk/", at("e2e/headless/talk"));
  startRtviBot(server.room("talk"), WEATHER_TALK.slice(0, 3), { pace: 0.1 });
});

test.afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The configuration of the page, with a browser and a project for each state of the app. */
function writeConfiguration(): void {
  const args = process.getuid?.() === 0 || process.env["CI"] ? ["--no-sandbox"] : [];
  const launchOptions = { executablePath: ensureBrowser(), args };
  const use = (folderOfApp: string) => ({ baseURL: `${server.origin}/${folderOfApp}/` });
  const projects = [
    { name: "green", testIgnore: "conversation.spec.ts", use: use("app") },
    { name: "talk", testMatch: "conversation.spec.ts", use: use("talk") },
    { name: "early", testMatch: "hand.spec.ts", use: use("early") },
    { name: "masked", testMatch: "hand.spec.ts", use: { ...use("early"), maskValues: true } },
    { name: "changed", testMatch: "contract.spec.ts", use: use("changed") },
    // Before it counts as lost, which takes about as long as the default.
    { name: "misspelled", testMatch: "asking.spec.ts", use: { ...use("app"), failOn: "warn" } },
    { name: "lost", testMatch: "hand.spec.ts", use: use("lost"), expect: { timeout: 2_000 } },
  ];
  writeFileSync(
    inFolder("here.config.ts"),
    `import config from "./playwright.config";
     const use = { ...config.use, launchOptions: ${JSON.stringify(launchOptions)} };
     export default { ...config, use, projects: ${JSON.stringify(projects)} };`,
  );
}

test("the package installs without anything else, and has types for what the page on CI shows", async () => {
  const write = (name: string, text: string) => writeFileSync(inFolder(name), text);
  const npm = (...args: string[]) =>
    run("npm", [...args, "--offline", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: folder,
      env: { ...process.env, npm_config_cache: inFolder(".npm") },
      shell: process.platform === "win32",
    });
  write("package.json", JSON.stringify({ private: true, type: "module" }));
  const { stdout } = await npm("pack", at("dist/headless"));
  await npm("install", "-D", `./${stdout.trim()}`);
  const manifest = readFileSync(inFolder("node_modules/inspector-for-daily/package.json"), "utf8");
  expect(JSON.parse(manifest)).not.toHaveProperty("dependencies");
  // What npm would get from the registry.
  for (const scope of ["@playwright", "@types"]) mkdirSync(inFolder("node_modules", scope));
  for (const name of ["@playwright/test", "playwright-core", "@types/node"])
    symlinkSync(at(`node_modules/${name}`), inFolder("node_modules", name), "junction");

  for (const name of ["hand", "asking", "people", "contract", "conversation"])
    write(`${name}.spec.ts`, blockOf("ts", `// ${name}.spec.ts`));
  write("copied.spec.ts", copiedTest());
  write("playwright.config.ts", blockOf("ts", "// playwright.config.ts"));
  writeConfiguration();
  const compilerOptions = {
    module: "nodenext",
    target: "es2022",
    strict: true,
    noEmit: true,
    types: ["node"],
  };
  const include = ["*.spec.ts", "playwright.config.ts"];
  write("tsconfig.json", JSON.stringify({ compilerOptions, include }));
  const tsc = at("node_modules/typescript/bin/tsc");
  expect(await outcome(run(process.execPath, [tsc, "-p", folder]))).toEqual({ code: 0, out: "" });
});

/** Runs tests in the folder, as its user does. */
async function runTests(...args: string[]): Promise<{ code: number; out: string }> {
  const env: NodeJS.ProcessEnv = { ...process.env, FORCE_COLOR: "0" };
  for (const name of Object.keys(env))
    if (/^(?:TEST_|PW_|PLAYWRIGHT_)/.test(name)) Reflect.deleteProperty(env, name);
  const cli = at("node_modules/@playwright/test/cli.js");
  const options = ["-c", "here.config.ts", "--reporter=line", "--workers=1"];
  const running = run(process.execPath, [cli, "test", ...options, ...args], { cwd: folder, env });
  return outcome(running);
}

/** What a run has printed, as the page shows it. */
const shownOf = (out: string, app: (typeof APPS)[number]): string =>
  out.replaceAll(`${server.origin}/${app}/`, "http://localhost:3000/").replaceAll(/^ {4}/gm, "");

test("a contract that isn't there is asked for, and written when that is asked", async () => {
  const missing = await runTests("--project=green", "contract.spec.ts");
  expect(missing.out).toContain("There is no contract at contracts.json. Export one in the Types");
  expect(missing.code).toBe(1);
  const learning = await runTests("--project=green", "contract.spec.ts", "--update-snapshots");
  expect(learning).toEqual({ code: 0, out: expect.stringContaining("contracts.json is written.") });
});

test("its tests are green for an app that is as it should be", async () => {
  const { code, out } = await runTests("--project=green", "--project=talk");
  expect(out).toContain("6 passed");
  expect(code).toBe(0);
});

test("a wrong option makes them red, whatever the app does", async () => {
  const { code, out } = await runTests("--project=misspelled");
  expect(out).toContain('Error: failOn must be "error", "warning" or "never", not "warn".');
  expect(code).toBe(1);
});

const FAULTS = [
  {
    fault: "a message before the join",
    app: "early",
    text: "Error: The calls of this test have 2",
  },
  { fault: "a broken contract", app: "changed", text: "Error: The calls of this test have 1" },
  { fault: "a lost message", app: "lost", text: "Error: expect(page).toHaveReceived" },
] as const;

for (const { fault, app, text } of FAULTS)
  test(`${fault} makes them red, with the text that the page shows`, async () => {
    const { code, out } = await runTests(`--project=${app}`);
    expect(out).toContain("1 failed");
    expect(shownOf(out, app)).toContain(blockOf("text", text).trimEnd());
    expect(code).toBe(1);
  });

test("what a failed test leaves is the session, masked where that is asked", async () => {
  // Each run clears what the previous one left.
  await runTests("--project=early", "--project=masked");
  const saved = readdirSync(inFolder("test-results"), { recursive: true, encoding: "utf8" });
  const pathOf = (name: string, project: string) =>
    inFolder(
      "test-results",
      saved.find((each) => each.includes(`-${project}`) && each.endsWith(name)) ?? name,
    );
  const attached = (name: string, project = "early") => readFileSync(pathOf(name, project), "utf8");
  expect(attached("daily-recording.json")).toContain('"format": "daily-recording"');
  expect(JSON.parse(attached("daily-findings.json"))).toMatchObject([
    { rule: "sent-before-join", of: "Ada" },
    { rule: "sent-before-join", of: "Bob" },
  ]);
  expect(attached("daily.md")).toMatch(/~~~mermaid\nsequenceDiagram\n {2}participant p0 as Ada\n/);
  for (const name of [
    "daily-recording.json",
    "daily-traffic.har",
    "daily-findings.json",
    "daily.md",
  ])
    expect(attached(name, "masked")).not.toMatch(/Ada|Bob|hello|127\.0\.0\.1/);
  expect(JSON.parse(attached("daily-findings.json", "masked"))).toMatchObject([
    { rule: "sent-before-join", count: 1 },
    { rule: "sent-before-join", count: 1 },
  ]);
  // The command line finds the same in the recording.
  const cli = inFolder("node_modules/inspector-for-daily/cli.js");
  const checked = run(process.execPath, [cli, "check", pathOf("daily-recording.json", "early")]);
  expect(await outcome(checked)).toMatchObject({
    code: 1,
    out: expect.stringContaining("2 findings in 1 recording: 2 errors, 0 warnings, 0 info"),
  });
});
