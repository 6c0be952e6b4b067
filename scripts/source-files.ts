// What the source archive holds: everything that the packages are built from, the documents with what they show, and the demo.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What only tests, the stores' pictures, and work on the project need. The demo stays, so that a reviewer can see the panel at work. */
const LEFT_OUT = [
  /\.(test|spec)\.tsx?$/,
  /^e2e\/(bench|guide|headless|store)\//,
  /^store\/pictures\//,
  /^\./,
  /^(knip\.json|playwright\.config\.ts|vitest\.config\.ts)$/,
];

/** Made here, and not part of the source. */
const MADE = /^(node_modules|dist)(\/|$)/;

/**
 * Paths, with `/`, of the files of the source archive: those that git tracks, or, in an unpacked source
 * archive, those that are there.
 */
export function sourceFiles(root: string): string[] {
  return (existsSync(join(root, ".git")) ? tracked(root) : present(root)).filter(
    (path) => !LEFT_OUT.some((pattern) => pattern.test(path)),
  );
}

const tracked = (root: string): string[] =>
  execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(root, path)));

function present(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name;
    if (MADE.test(path)) return [];
    return entry.isDirectory() ? present(root, `${path}/`) : [path];
  });
}
