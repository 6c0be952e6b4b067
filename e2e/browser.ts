/**
 * Finds the browsers that the tests drive, and gets them where there are none. A Chromium that can load an unpacked
 * extension: `$CHROMIUM_PATH`, Playwright's own, a download of it, an installed one, `apt-get` (root on Debian). A stock
 * Firefox (Playwright's is a build of its own): `$FIREFOX_PATH`, an installed one, `apt-get`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Written when Playwright's download failed, so that a machine without access to it waits for that once only. */
const downloadFailed = fileURLToPath(
  new URL("../node_modules/.cache/inspector-for-daily/playwright-download-failed", import.meta.url),
);

/** The path of a usable Chromium that is already on this machine, or undefined. */
export function findBrowser(): string | undefined {
  const candidates = [process.env["CHROMIUM_PATH"], chromium.executablePath(), ...INSTALLED];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/** Like `findBrowser`, but installs a browser first when needed. Throws with instructions when nothing worked. */
export function ensureBrowser(): string {
  if (!process.env["CHROMIUM_PATH"] && !existsSync(chromium.executablePath())) downloadOrInstall();
  const path = findBrowser();
  if (path) return path;
  throw new Error(
    "No Chromium found. Run `npx playwright install chromium`, install a chromium package, or set CHROMIUM_PATH.",
  );
}

const INSTALLED_FIREFOX = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/snap/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
];

/** The path of a Firefox, installed first when needed. Throws with instructions when nothing worked. */
export function ensureFirefox(): string {
  const find = () =>
    [process.env["FIREFOX_PATH"], ...INSTALLED_FIREFOX].find(
      (path) => path !== undefined && existsSync(path),
    );
  if (!find()) aptInstall("firefox-esr");
  const path = find();
  if (path) return path;
  throw new Error("No Firefox found. Install Firefox 140 or newer, or set FIREFOX_PATH.");
}

/** As root on Debian; elsewhere nothing happens. */
function aptInstall(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  console.log(`Installing ${name} (apt-get)…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
  execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], {
    stdio: ["ignore", "ignore", "inherit"],
    env,
  });
}

function downloadOrInstall(): void {
  if (!existsSync(downloadFailed)) {
    console.log("Getting a browser (playwright install chromium)…");
    const { status } = spawnSync("npx", ["playwright", "install", "chromium"], {
      stdio: ["ignore", "ignore", "ignore"],
      shell: process.platform === "win32",
    });
    if (status === 0) return;
    mkdirSync(dirname(downloadFailed), { recursive: true });
    writeFileSync(downloadFailed, "");
    console.log("Playwright's browser cannot be downloaded here; looking for an installed one.");
  }
  if (!findBrowser()) aptInstall("chromium");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`Chromium: ${ensureBrowser()}`);
  console.log(`Firefox: ${ensureFirefox()}`);
}
