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
import { ensureBrowser } from "../browser";
import { startRoomServer } from "../room/server";

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

test("who follows the page on CI from an empty folder gets a green test, and a red one that is right", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inspector-for-daily-"));
  const server = await startRoomServer();
  for (const path of ["/app/", "/broken/"]) server.serve(path, at("e2e/headless/app"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const npm = (...args: string[]) =>
    run("npm", [...args, "--offline", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: folder,
      env: { ...process.env, npm_config_cache: join(folder, ".npm") },
      shell: process.platform === "win32",
    });
  try {
    write("package.json", JSON.stringify({ private: true, type: "module" }));
    const { stdout } = await npm("pack", at("dist/headless"));
    await npm("install", "-D", `./${stdout.trim()}`);
    const installed = join(folder, "node_modules/inspector-for-daily");
    expect(JSON.parse(readFileSync(join(installed, "package.json"), "utf8"))).not.toHaveProperty(
      "dependencies",
    );
    // What npm would get from the registry.
    mkdirSync(join(folder, "node_modules/@playwright"));
    for (const name of ["@playwright/test", "playwright-core"])
      symlinkSync(at(`node_modules/${name}`), join(folder, "node_modules", name), "junction");
    mkdirSync(join(folder, "node_modules/@types"));
    symlinkSync(
      at("node_modules/@types/node"),
      join(folder, "node_modules/@types/node"),
      "junction",
    );

    write("hand.spec.ts", blockOf("ts", "// hand.spec.ts"));
    write("asking.spec.ts", blockOf("ts", "// asking.spec.ts"));
    write("copied.spec.ts", copiedTest());
    write("playwright.config.ts", blockOf("ts", "// playwright.config.ts"));
    const args = process.getuid?.() === 0 || process.env["CI"] ? ["--no-sandbox"] : [];
    const launchOptions = { executablePath: ensureBrowser(), args };
    write(
      "here.config.ts",
      `import config from "./playwright.config";
       export default { ...config, use: { ...config.use, launchOptions: ${JSON.stringify(launchOptions)} },
         projects: [{ name: "plain" }, { name: "masked", use: { maskValues: true } }] };`,
    );
    write(
      "tsconfig.json",
      JSON.stringify({
        compilerOptions: {
          module: "nodenext",
          target: "es2022",
          strict: true,
          noEmit: true,
          types: ["node"],
        },
        include: ["*.spec.ts", "playwright.config.ts"],
      }),
    );

    const playwright = async (base: string, ...more: string[]) => {
      const cli = at("node_modules/@playwright/test/cli.js");
      const env = { ...process.env, BASE_URL: `${server.origin}${base}`, FORCE_COLOR: "0" };
      for (const name of Object.keys(env))
        if (/^(?:TEST_|PW_|PLAYWRIGHT_)/.test(name)) Reflect.deleteProperty(env, name);
      return run(
        process.execPath,
        [cli, "test", "-c", "here.config.ts", "--reporter=line", ...more],
        {
          cwd: folder,
          env,
        },
      ).then(
        (result) => ({ code: 0, out: result.stdout }),
        ({ code, stdout }: { code: number; stdout: string }) => ({ code, out: stdout }),
      );
    };
    const typed = run(process.execPath, [at("node_modules/typescript/bin/tsc"), "-p", folder]).then(
      () => "",
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(await playwright("/app/", "--workers=1", "--project=plain")).toMatchObject({
      code: 0,
      out: expect.stringContaining("3 passed"),
    });
    const red = await playwright("/broken/", "--workers=1", "hand.spec.ts");
    expect(red.code).toBe(1);
    const shown = red.out
      .replaceAll(`${server.origin}/broken/`, "http://localhost:3000/")
      .replaceAll(/^ {4}/gm, "");
    expect(shown).toContain(blockOf("text", "Error: The calls of this test").trimEnd());
    expect(await typed).toBe("");

    const saved = readdirSync(join(folder, "test-results"), { recursive: true, encoding: "utf8" });
    const attached = (name: string, project = "plain") => {
      const path = saved.find((each) => each.includes(`-${project}/`) && each.endsWith(name));
      return readFileSync(join(folder, "test-results", path ?? name), "utf8");
    };
    expect(attached("daily-recording.json")).toContain('"format": "daily-recording"');
    expect(JSON.parse(attached("daily-findings.json"))).toMatchObject([
      { rule: "sent-before-join", of: "Ada" },
      { rule: "sent-before-join", of: "Bob" },
    ]);
    expect(attached("daily.md")).toMatch(
      /~~~mermaid\nsequenceDiagram\n {2}participant p0 as Ada\n/,
    );
    for (const name of ["daily-recording.json", "daily-findings.json", "daily.md"])
      expect(attached(name, "masked")).not.toMatch(/Ada|Bob|hello|127\.0\.0\.1/);
    expect(JSON.parse(attached("daily-findings.json", "masked"))).toMatchObject([
      { rule: "sent-before-join", count: 1 },
      { rule: "sent-before-join", count: 1 },
    ]);
    // The command line finds the same in the recording.
    const recording = saved.find((each) => /-plain\/.*recording\.json$/.test(each)) ?? "";
    const cli = join(installed, "cli.js");
    const checked = await run(process.execPath, [cli, "check", recording], {
      cwd: join(folder, "test-results"),
    }).then(
      () => "nothing",
      ({ stdout: text }: { stdout: string }) => text,
    );
    expect(checked).toContain("2 findings in 1 recording: 2 errors, 0 warnings, 0 info");
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
