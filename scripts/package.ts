/**
 * Puts the builds into the files that stores take, in dist/packages, with their SHA-256 sums. Their bytes depend on the
 * source alone: the same commit makes the same files. Arguments choose some of them (`firefox`).
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { gzipSync } from "fflate";

import root from "../package.json" with { type: "json" };
import { lintFirefox } from "./lint-firefox";
import { sourceFiles } from "./source-files";
import { type PackedFile, zipOf } from "./zip";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const OUT = at("dist/packages");
const NAME = `${root.name}-${root.version}`;

const MAKERS = {
  chrome: { file: `${NAME}-chrome.zip`, make: () => zipOf(built("chrome")) },
  // The same bytes for now, in a file of its own: each store gets the file that is named after it, and has a sum.
  edge: { file: `${NAME}-edge.zip`, make: () => zipOf(built("chrome")) },
  firefox: { file: `${NAME}-firefox.zip`, make: () => zipOf(built("firefox")) },
  source: {
    file: `${NAME}-source.zip`,
    make: () => zipOf(filesIn(at("."), sourceFiles(at(".")))),
  },
  headless: { file: `${NAME}.tgz`, make: tarball },
};
type Name = keyof typeof MAKERS;

const filesIn = (folder: string, paths: readonly string[]): PackedFile[] =>
  paths.map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));

function built(browser: "chrome" | "firefox"): PackedFile[] {
  const folder = at(`dist/${browser}`);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
  return filesIn(folder, paths);
}

/** What `npm pack` makes, compressed again: Node's own zlib differs from version to version. */
function tarball(): Uint8Array {
  execFileSync(
    "npm",
    ["pack", "./dist/headless", "--silent", "--pack-destination", "dist/packages"],
    {
      cwd: at("."),
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    },
  );
  return gzipSync(gunzipSync(readFileSync(join(OUT, MAKERS.headless.file))), {
    level: 9,
    mtime: 0,
  });
}

function hasUncommitted(): boolean {
  if (!existsSync(at(".git"))) return false;
  return execFileSync("git", ["status", "--porcelain"], { cwd: at("."), encoding: "utf8" }) !== "";
}

function main(): number {
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((name) => !Object.hasOwn(MAKERS, name));
  if (unknown !== undefined) {
    console.error(
      `Package "${unknown}" doesn't exist. Choose from: ${Object.keys(MAKERS).join(", ")}.`,
    );
    return 1;
  }
  const isRelease = chosen.length === 0;
  const names = (isRelease ? Object.keys(MAKERS) : chosen) as Name[];
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const sums = names.map((name) => {
    const { file, make } = MAKERS[name];
    const bytes = make();
    writeFileSync(join(OUT, file), bytes);
    return `${createHash("sha256").update(bytes).digest("hex")}  ${file}\n`;
  });
  writeFileSync(join(OUT, "SHA256SUMS"), sums.join(""));

  const problems = isRelease ? lintFirefox(join(OUT, MAKERS.firefox.file)) : [];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  console.log(`In dist/packages:\n\n${sums.join("")}`);
  if (hasUncommitted())
    console.log("They contain changes that aren't committed. Commit first, to release them.");
  return 0;
}

process.exitCode = main();
