import { crx, type ManifestV3Export } from "@crxjs/vite-plugin";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

import manifest from "./manifest.json" with { type: "json" };
import pkg from "./package.json" with { type: "json" };
import { guide } from "./scripts/guide-plugin.ts";
import { thirdParty } from "./scripts/third-party.ts";

/** One manifest for both browsers; each build leaves out what only the other one understands. */
function manifestFor(browser: "chrome" | "firefox", isServed: boolean): ManifestV3Export {
  const { background, browser_specific_settings, minimum_chrome_version, ...rest } = manifest;
  const { content_security_policy, ...common } = rest;
  // `npm run dev` connects to its server, which the policy forbids.
  const policy = isServed ? {} : { content_security_policy };
  const { service_worker, scripts } = background;
  const [eventPage] = scripts;
  // Coding agents come by Chrome DevTools; Firefox has no such tools.
  const isForAgents = ({ js }: { js: string[] }) => js.some((file) => file.includes("-agent-"));
  const own =
    browser === "firefox"
      ? {
          background: { service_worker: eventPage, scripts },
          content_scripts: common.content_scripts.filter((script) => !isForAgents(script)),
          browser_specific_settings,
        }
      : { background: { service_worker, type: "module" }, minimum_chrome_version };
  return { ...common, ...own, ...policy, version: pkg.version } as ManifestV3Export;
}

export default defineConfig(({ mode, command }) => {
  const browser = mode === "firefox" ? "firefox" : "chrome";
  const licenses = thirdParty();
  return {
    plugins: [
      preact(),
      crx({ manifest: manifestFor(browser, command === "serve"), browser }),
      guide(),
      licenses.plugin,
    ],
    worker: { plugins: () => [licenses.forWorkers] },
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: { panel: "panel/index.html" } },
    },
  };
});
