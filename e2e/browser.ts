/**
 * Finds a Chromium that can load an unpacked extension, and gets one when there is none.
 * Order: `$CHROMIUM_PATH`, Playwright's own, a download of it, an installed Chromium, `apt-get` (root on Debian).
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
  if (!findBrowser() && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium (apt-get install chromium)…");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      stdio: ["ignore", "ignore", "inherit"],
      env,
    });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`Browser: ${ensureBrowser()}`);
