import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ensureBrowser } from "../browser";

/**
 * A browser as its user has it, with nothing attached: DevTools and Playwright both have V8 walk the entire stack for
 * every `new Error()`, which makes those several times as expensive. `extension` is the folder of a
 * built one. Returns how to close it.
 */
export function openBareBrowser(url: string, extension: string | undefined): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "inspector-for-daily-"));
  const browser = spawn(
    ensureBrowser(),
    [
      "--headless=new",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-features=DisableLoadExtensionCommandLineSwitch",
      ...(process.getuid?.() === 0 || process.env["CI"] ? ["--no-sandbox"] : []),
      ...(extension !== undefined
        ? [`--load-extension=${extension}`, `--disable-extensions-except=${extension}`]
        : ["--disable-extensions"]),
      `--user-data-dir=${profile}`,
      url,
    ],
    // A group of its own, for Debian's browser is started by a script.
    { stdio: "ignore", detached: true },
  );
  const ended = once(browser, "close");
  return async () => {
    if (browser.pid !== undefined && browser.exitCode === null) process.kill(-browser.pid);
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
