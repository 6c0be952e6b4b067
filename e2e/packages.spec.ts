/**
 * What `npm run package` makes. It's built twice, in other folders and as on other machines: from a clone, and from the
 * source archive that the first one made. Both borrow node_modules, since an `npm ci` takes minutes.
 */
import { execFile, execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";

import { unzipSync } from "fflate";

import root from "../package.json" with { type: "json" };
import { lintFirefox } from "../scripts/lint-firefox";
import { brokenLinks } from "../scripts/markdown";
import { sourceFiles } from "../scripts/source-files";
import { setScene } from "./demo/scene";
import { readShownRows } from "./demo/shown-rows";
import { launchFirefox } from "./firefox/firefox";
import { expect, test } from "./fixtures";
import { launchInspector } from "./inspector";

test.describe.configure({ mode: "serial" });

const HERE = fileURLToPath(new URL("../", import.meta.url));
const DEMO = { headless: true, seconds: 0, bot: false };
let folder = "";
const inFolder = (...names: string[]) => join(folder, ...names);
const clone = () => inFolder("a clone");
const archive = () => inFolder("an", "archive");

/** Runs a command of package.json, as on another machine where `env` says so. */
const npm = (cwd: string, command: string, env: NodeJS.ProcessEnv = {}) =>
  promisify(execFile)("npm", ["run", "--silent", command], {
    cwd,
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });

const packages = (cwd: string): string => join(cwd, "dist", "packages");
const packageOf = (cwd: string, end: string): Buffer =>
  readFileSync(join(packages(cwd), `${root.name}-${root.version}${end}`));
const zipped = (browser: string) =>
  Object.entries(unzipSync(packageOf(clone(), `-${browser}.zip`))).map(([path, bytes]) => ({
    path,
    bytes,
    text: new TextDecoder().decode(bytes),
  }));

function write(to: string, path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(to, path)), { recursive: true });
  writeFileSync(join(to, path), bytes);
}

const borrowModules = (to: string) =>
  symlinkSync(join(HERE, "node_modules"), join(to, "node_modules"), "junction");

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "packages-"));
  for (const path of sourceFiles(HERE)) {
    mkdirSync(dirname(join(clone(), path)), { recursive: true });
    copyFileSync(join(HERE, path), join(clone(), path));
  }
  const git = (...args: string[]) => execFileSync("git", args, { cwd: clone() });
  git("init", "--quiet");
  git("add", "--all");
  borrowModules(clone());
  writeFileSync(join(clone(), "notes.txt"), "Not tracked, so not in the source archive.");
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test("one command makes a package for each store, the source, the package for CI and their sums", async () => {
  test.slow(true, "Three builds, web-ext's lint and an npm pack");
  const { stdout } = await npm(clone(), "package");
  const name = `${root.name}-${root.version}`;
  const files = ["chrome.zip", "edge.zip", "firefox.zip", "source.zip"].map(
    (end) => `${name}-${end}`,
  );
  expect(readdirSync(packages(clone())).toSorted()).toEqual(
    ["SHA256SUMS", ...files, `${name}.tgz`].toSorted(),
  );
  const sums = readFileSync(join(packages(clone()), "SHA256SUMS"), "utf8");
  expect(stdout).toContain(sums);
  expect(sums.match(/^[0-9a-f]{64} {2}\S+$/gm)).toHaveLength(5);
  expect(packageOf(clone(), "-edge.zip").equals(packageOf(clone(), "-chrome.zip"))).toBe(true);
  for (const browser of ["chrome", "firefox"]) {
    const manifest = zipped(browser).find(({ path }) => path === "manifest.json");
    expect(JSON.parse(manifest?.text ?? "")).toMatchObject({ version: root.version });
  }
});

test("the source archive has what the packages are built from, and builds the same Firefox package", async () => {
  test.slow(true, "A build");
  const source = zipped("source");
  expect(source.map(({ path }) => path).toSorted()).toEqual(sourceFiles(HERE).toSorted());
  for (const { path, bytes } of source) write(archive(), path, bytes);
  borrowModules(archive());
  await npm(archive(), "build-for-amo", { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8" });
  expect(readdirSync(packages(archive()))).toHaveLength(2);
  expect(packageOf(archive(), "-firefox.zip").equals(packageOf(clone(), "-firefox.zip"))).toBe(
    true,
  );
});

test("built from the archive, all packages are the same, byte for byte", async () => {
  test.slow(true, "Two more builds");
  // As `npm run package`, without what the test before this one did already.
  for (const build of ["build:chrome", "build:headless"]) await npm(archive(), build);
  const tsx = join(HERE, "node_modules/tsx/dist/cli.mjs");
  const names = ["chrome", "edge", "firefox", "source", "headless"];
  await promisify(execFile)(process.execPath, [tsx, "scripts/package.ts", ...names], {
    cwd: archive(),
    env: { ...process.env, TZ: "America/St_Johns" },
  });
  const sums = (cwd: string) => readFileSync(join(packages(cwd), "SHA256SUMS"), "utf8");
  expect(sums(archive())).toBe(sums(clone()));
});

/** The files of the package for CI, unpacked as npm does it. */
function unpackedTarball(): Map<string, string> {
  const to = inFolder("npm");
  mkdirSync(to);
  const file = join(packages(clone()), `${root.name}-${root.version}.tgz`);
  execFileSync("tar", ["-xzf", file, "-C", to]);
  const names = readdirSync(join(to, "package"), { recursive: true, encoding: "utf8" });
  return new Map(names.map((name) => [name, readFileSync(join(to, "package", name), "utf8")]));
}

test("every link of a packed document leads to a file of the same package", () => {
  const source = new Map(zipped("source").map(({ path, text }) => [path, text]));
  for (const files of [source, unpackedTarball()]) {
    const documents = new Map([...files].filter(([path]) => path.endsWith(".md")));
    expect(documents.size).toBeGreaterThan(5);
    const isThere = (target: string) =>
      [...files.keys()].some((path) => `${path}/`.startsWith(target.replace(/\/?$/, "/")));
    expect(brokenLinks(documents, isThere)).toEqual([]);
  }
  const extension = new Map(zipped("chrome").map(({ path, text }) => [path, text]));
  const guide = [...extension].filter(([path]) => /^(docs\/.*|CHANGELOG)\.html$/.test(path));
  expect(guide.length).toBeGreaterThan(20);
  for (const [path, html] of guide)
    for (const [, href = ""] of html.matchAll(/ (?:href|src)="(?!https:)([^"#]+)/g))
      expect(extension.has(posix.join(posix.dirname(path), href)), `${path} → ${href}`).toBe(true);
});

const LICENSES = ["LICENSE", "third-party-licenses.txt"];

test("a package has nothing that nothing needs, and nothing of the machine", () => {
  for (const browser of ["chrome", "firefox"]) {
    const files = zipped(browser);
    const texts = files.filter(({ path }) => !LICENSES.includes(path)).map(({ text }) => text);
    const unnamed = files
      .map(({ path }) => path)
      .filter((path) => !texts.some((text) => text.includes(basename(path))));
    expect(unnamed.toSorted()).toEqual(["manifest.json", ...LICENSES].toSorted());
    for (const place of [HERE, folder, homedir()])
      expect(files.filter(({ text }) => text.includes(place)).map(({ path }) => path)).toEqual([]);
  }
});

test("a warning of web-ext's lint that BUILDING.md doesn't explain is a problem", () => {
  const build = inFolder("firefox");
  for (const { path, bytes } of zipped("firefox")) write(build, path, bytes);
  writeFileSync(join(build, "extra.js"), "document.body.innerHTML = location.hash;");
  expect(lintFirefox(build)).toEqual([
    expect.stringMatching(
      /^UNSAFE_VAR_ASSIGNMENT extra\.js:1:1 .* Not explained in BUILDING\.md\.$/,
    ),
  ]);
});

/** Names of the packages in a list of licences, of those that have a text. */
const listed = (text = ""): string[] =>
  text
    .split(/^-{80}$/m)
    .filter((part) => /Permission is hereby granted|Mozilla Public License Version 2\.0/.test(part))
    .map((part) => /^(\S+) \d+\.\d+\.\d+\S* \([\w.-]+\)$/m.exec(part)?.[1] ?? part);

test("each package lists all bundled parts with their licences", async () => {
  test.slow(true, "A build with source maps");
  const vite = join(HERE, "node_modules/vite/bin/vite.js");
  const args = [
    "build",
    "--mode",
    "firefox",
    "--sourcemap",
    "--outDir",
    "dist/maps",
    "--logLevel=error",
  ];
  await promisify(execFile)(process.execPath, [vite, ...args], { cwd: archive() });
  const maps = join(archive(), "dist/maps");
  const bundled = readdirSync(maps, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".map"))
    .flatMap((name) =>
      packagesIn(
        readFileSync(join(maps, name), "utf8"),
        /"[^"]*\/node_modules\/((?:@[^/]+\/)?[^/]+)/g,
      ),
    );
  // What the bundlers add themselves is in no map.
  const expected = [...new Set([...bundled, "rolldown", "vite"])].toSorted();
  expect(expected).toContain("valibot");
  for (const browser of ["chrome", "firefox"]) {
    const list = zipped(browser).find(({ path }) => path === "third-party-licenses.txt");
    expect(listed(list?.text).toSorted()).toEqual(expected);
  }

  const tar = gunzipSync(packageOf(clone(), ".tgz")).toString();
  const inTar = packagesIn(tar, /^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)/gm);
  const start = tar.indexOf("This package contains parts that others wrote");
  expect(listed(tar.slice(start)).toSorted()).toEqual([...new Set(inTar)].toSorted());
});

const packagesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name);

test("Chrome's package, unpacked, runs in Chromium with the panel on the demo", async ({
  server,
}) => {
  const extension = inFolder("chrome");
  for (const { path, bytes } of zipped("chrome")) write(extension, path, bytes);
  const scene = setScene(server, DEMO);
  const inspector = await launchInspector({ extension });
  try {
    const pages = [];
    for (const { url } of scene.tabs) {
      const page = await inspector.newPage();
      await page.goto(url);
      pages.push(page);
    }
    const [host] = pages;
    if (!host) throw new Error("The demo has no tab.");
    const { panel } = await inspector.openPanel(host);
    const missing = async () => scene.missing(await readShownRows(panel));
    await expect.poll(missing).toEqual([]);
  } finally {
    await inspector.close();
    await scene.end();
  }
});

test("Firefox's package, as it is, runs in Firefox with the panel on the demo", async ({
  server,
}) => {
  const scene = setScene(server, DEMO);
  const firefox = await launchFirefox(
    join(packages(clone()), `${root.name}-${root.version}-firefox.zip`),
  );
  try {
    const [host] = scene.tabs;
    const tab = await firefox.openTab(host?.url ?? "");
    const panel = await tab.openPanel();
    await panel.row("sent by this page", "App");
    await panel.row("received", "App", "→ Ada (you)");
    await panel.row("received", "Session");
    await panel.row("User");
  } finally {
    await firefox.close();
    await scene.end();
  }
});
