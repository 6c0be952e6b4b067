// Makes a fresh clone ready: checks Node and installs the dependencies when they are missing or out of date.
// Plain JavaScript without imports from npm, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, statSync } from "node:fs";

const root = new URL("../", import.meta.url);
const { engines } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const [wantedMajor, wantedMinor] = engines.node.match(/\d+/g).map(Number);
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(`Node ${engines.node} is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

// npm writes this file last, so an older one means an install that is missing, interrupted or out of date.
const installed = new URL("node_modules/.package-lock.json", root);
const wanted = new URL("package-lock.json", root);
// What another checkout lends is that one's to install.
const folder = lstatSync(new URL("node_modules", root), { throwIfNoEntry: false });
const isLent = folder?.isSymbolicLink() ?? false;
const isCurrent = existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs;
if (!isLent && !isCurrent) {
  console.log("Installing dependencies (npm ci)…");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
