// Builds the package for CI into dist/headless: what `npm pack dist/headless` takes.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import root from "../package.json" with { type: "json" };
import { headlessDocuments } from "./headless-documents";
import { THIRD_PARTY_FILE, thirdPartyText } from "./third-party";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const OUT = at("dist/headless");
/** The hook as every page of a browser with the extension gets it, and the tools for coding agents. */
const HOOK = at("dist/chrome/content-script/inspector-for-daily-hook.iife.js");
const AGENT_TOOLS = at("dist/chrome/content-script/inspector-for-daily-agent-tools.iife.js");
/** Whose types are part of the package. */
const TYPED = ["watch-daily", "playwright"];

if (!existsSync(HOOK))
  execFileSync("npm", ["run", "--silent", "build:chrome"], {
    cwd: at("."),
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const relay = await build({
  entryPoints: [at("headless/relay.page.ts")],
  bundle: true,
  write: false,
  minify: true,
  format: "iife",
  target: "es2022",
});
const script = [
  `${readFileSync(HOOK, "utf8")};`,
  // Agents look for tools in top documents only.
  `if (self === top) {${readFileSync(AGENT_TOOLS, "utf8")}}`,
  relay.outputFiles[0]?.text,
  // Named, so that frames of it in stacks say whose they are, as the extension's do; and known by that as ours.
  "//# sourceURL=inspector-for-daily-hook.js\n",
].join("\n");

const { metafile } = await build({
  absWorkingDir: at("."),
  // Otherwise names of files that are linked from elsewhere would get into the bundle.
  preserveSymlinks: true,
  metafile: true,
  entryPoints: {
    "watch-daily": at("headless/watch-daily.ts"),
    playwright: at("headless/playwright.ts"),
    cli: at("headless/cli/main.ts"),
  },
  outdir: OUT,
  entryNames: "[name]",
  chunkNames: "core-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  mainFields: ["module", "main"],
  target: "node20",
  external: ["@playwright/test", "playwright-core"],
  define: {
    INSPECTOR_PAGE_SCRIPT: JSON.stringify(script),
    INSPECTOR_VERSION: JSON.stringify(root.version),
  },
  logLevel: "warning",
});
chmodSync(join(OUT, "cli.js"), 0o755);

// What tree shaking left out is an input of no output.
const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
writeFileSync(join(OUT, THIRD_PARTY_FILE), thirdPartyText(bundled.map(at)));

execFileSync(process.execPath, [at("node_modules/typescript/bin/tsc"), "-p", at("headless")], {
  stdio: "inherit",
});
copyTypes(TYPED);
rmSync(at("dist/types"), { recursive: true });

copyFileSync(at("LICENSE"), join(OUT, "LICENSE"));
for (const [name, text] of headlessDocuments((of) => readFileSync(at(`docs/${of}`), "utf8")))
  writeFileSync(join(OUT, name), text);
writeFileSync(
  join(OUT, "package.json"),
  `${JSON.stringify(
    {
      name: root.name,
      version: root.version,
      description:
        "Watches, checks and judges what pages do with Daily, in Playwright and on the command line.",
      license: root.license,
      type: "module",
      engines: root.engines,
      bin: { "inspector-for-daily": "./cli.js" },
      exports: {
        ".": { types: "./watch-daily.d.ts", default: "./watch-daily.js" },
        "./playwright": { types: "./playwright.d.ts", default: "./playwright.js" },
        "./package.json": "./package.json",
      },
      peerDependencies: { "@playwright/test": ">=1.50", "playwright-core": ">=1.50" },
      peerDependenciesMeta: {
        "@playwright/test": { optional: true },
        "playwright-core": { optional: true },
      },
    },
    undefined,
    2,
  )}\n`,
);

/** Copies declarations and those that they name, with the names of files as Node looks for them. */
function copyTypes(names: readonly string[], copied = new Set<string>()): void {
  for (const name of names) {
    if (copied.has(name)) continue;
    copied.add(name);
    const text = readFileSync(at(`dist/types/headless/${name}.d.ts`), "utf8");
    const named = [...text.matchAll(/from "\.\/([\w-]+)"/g)].map(([, file]) => file as string);
    if (text.includes('from "../'))
      throw new Error(`The types of headless/${name}.ts need more than the package has.`);
    writeFileSync(join(OUT, `${name}.d.ts`), text.replaceAll(/(from "\.\/[\w-]+)"/g, '$1.js"'));
    copyTypes(named, copied);
  }
}
