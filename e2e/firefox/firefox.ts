/** A real Firefox with the built extension, and its panel in the real toolbox. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "@playwright/test";

import { ensureFirefox } from "../browser";
import manifest from "../../manifest.json" with { type: "json" };
import { type Marionette, openMarionette } from "./marionette";

type Preferences = Readonly<Record<string, string | number | boolean>>;

const QUIET: Preferences = {
  "marionette.port": 0,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "browser.tabs.warnOnClose": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "devtools.everOpened": true,
  "devtools.toolbox.footer.height": 560,
  "devtools.toolbox.host": "bottom",
  "extensions.getAddons.cache.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.cosmeticAnimations.enabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
};

export type Firefox = {
  /** Where files are saved. */
  readonly downloads: string;
  /** Opens a tab; the first one takes the window's own. */
  openTab(url: string): Promise<Tab>;
  /** Address of the tab in front. */
  urlInFront(): Promise<string>;
  /** Installs the extension again, as an update does. */
  reinstall(): Promise<void>;
  /** Takes away the extension's access to all sites, as the user can in the extension's settings. */
  withdrawAccess(): Promise<void>;
  close(): Promise<void>;
};

export type Tab = {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** Closes the tab; not the last one. */
  close(): Promise<void>;
  /** Runs code in the page, with the page's own globals; `return` gives the result, as JSON. */
  evaluate(code: string): Promise<unknown>;
  /** Waits until the page's call has joined. */
  joined(): Promise<void>;
  /** Opens the toolbox of this tab with our panel. */
  openPanel(): Promise<Panel>;
};

export type Panel = {
  /** Runs code in the panel's document; `return` gives the result, as JSON. */
  evaluate(code: string): Promise<unknown>;
  /** Waits for a row of the table that holds all these texts. */
  row(...texts: string[]): Promise<void>;
  rows(): Promise<string[]>;
  /** Waits for an element of this selector with this text or name, and clicks it. */
  click(selector: string, text: string): Promise<void>;
};

/** Starts Firefox with a build of the extension. */
export async function launchFirefox(
  extension: string,
  preferences: Preferences = {},
): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  const downloads = join(profile, "downloads");
  mkdirSync(downloads);
  const all = {
    ...QUIET,
    "browser.download.dir": downloads,
    "browser.download.folderList": 2,
    "browser.download.alwaysOpenPanel": false,
    ...preferences,
  };
  const lines = Object.entries(all).map(
    (pair) => `user_pref(${pair.map((each) => JSON.stringify(each)).join()});`,
  );
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const flags = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote"];
  const firefox = spawn(ensureFirefox(), [...flags, "--profile", profile, "about:blank"], {
    env: { ...process.env, MOZ_HEADLESS_WIDTH: "1280", MOZ_HEADLESS_HEIGHT: "900" },
    stdio: "ignore",
  });
  const exited = once(firefox, "exit");

  const portFile = join(profile, "MarionetteActivePort");
  await expect
    .poll(() => existsSync(portFile) && readFileSync(portFile, "utf8"), { timeout: 40_000 })
    .toMatch(/^\d+/);
  const marionette = await openMarionette(Number(readFileSync(portFile, "utf8")));
  await marionette.send("WebDriver:NewSession", { capabilities: {} });
  await marionette.send("WebDriver:SetTimeouts", { script: 60_000, pageLoad: 30_000 });
  const reinstall = async () =>
    void (await marionette.send("Addon:Install", { path: extension, temporary: true }));
  await reinstall();

  let tabs = 0;
  return {
    downloads,
    reinstall,
    withdrawAccess: async () => void (await inBrowser(marionette, WITHDRAW, [GECKO_ID])),
    urlInFront: async () =>
      (await inBrowser(
        marionette,
        "return gBrowser.selectedBrowser.currentURI.spec",
        [],
      )) as string,
    async openTab(url) {
      await marionette.send("Marionette:SetContext", { value: "content" });
      const opened =
        tabs++ === 0
          ? await marionette.send("WebDriver:GetWindowHandle")
          : await marionette.send("WebDriver:NewWindow", { type: "tab", focus: true });
      const { value, handle } = opened as { value?: string; handle?: string };
      const tab = createTab(marionette, (handle ?? value) as string);
      await tab.goto(url);
      return tab;
    },
    async close() {
      await marionette.send("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {});
      await exited;
      marionette.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

const GECKO_ID = manifest.browser_specific_settings.gecko.id;
const WITHDRAW = `
  const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
  const { extension } = WebExtensionPolicy.getByID(args[0]);
  await ExtensionPermissions.remove(args[0], { permissions: [], origins: ["<all_urls>"] }, extension);`;

/** In the window of the browser itself, in its own words. */
async function inBrowser(marionette: Marionette, code: string, args: unknown[]): Promise<unknown> {
  await marionette.send("Marionette:SetContext", { value: "chrome" });
  const script = `const args = arguments; return (async () => { ${code} })()`;
  const answer = await marionette.send("WebDriver:ExecuteScript", {
    script,
    args,
    sandbox: "system",
    newSandbox: false,
  });
  return (answer as { value: unknown }).value;
}

const DEVTOOLS = `
  const { require } = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = require("devtools/client/framework/devtools");`;

function createTab(marionette: Marionette, handle: string): Tab {
  async function focus(): Promise<void> {
    await marionette.send("Marionette:SetContext", { value: "content" });
    await marionette.send("WebDriver:SwitchToWindow", { handle, focus: true });
  }
  async function navigate(command: string, parameters = {}): Promise<void> {
    await focus();
    await marionette.send(command, parameters);
  }
  async function evaluate(code: string): Promise<unknown> {
    await focus();
    // By the page's own `eval`: Marionette's sandbox has an `Object` of its own, which daily-js takes for no plain one.
    const answer = await marionette.send("WebDriver:ExecuteScript", {
      script: "return window.eval(arguments[0])",
      args: [`(async () => JSON.stringify(await (async () => { ${code} })()))()`],
      sandbox: null,
    });
    const { value } = answer as { value: string | null };
    return value === null ? undefined : (JSON.parse(value) as unknown);
  }
  return {
    goto: (url) => navigate("WebDriver:Navigate", { url }),
    reload: () => navigate("WebDriver:Refresh"),
    back: () => navigate("WebDriver:Back"),
    close: () => navigate("WebDriver:CloseWindow"),
    evaluate,
    joined: () =>
      expect
        .poll(() => evaluate("return window.call?.meetingState()"), { timeout: 20_000 })
        .toBe("joined-meeting"),
    async openPanel() {
      await focus();
      const code = `${DEVTOOLS}
        const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: "webconsole" });
        const ours = toolbox.getAdditionalTools().find(({ id }) => id.startsWith("webext-devtools-panel-"));
        if (ours) await toolbox.selectTool(ours.id);
        return ours?.id;`;
      const ask = () => inBrowser(marionette, code, []);
      await expect.poll(ask, { timeout: 20_000 }).toContain("webext-devtools-panel-");
      const panel = createPanel(marionette, focus, (await ask()) as string);
      await expect
        .poll(
          () =>
            panel.evaluate(`return document.querySelector(".toolbar") !== null`).catch(() => false),
          { timeout: 20_000 },
        )
        .toBe(true);
      return panel;
    },
  };
}

function createPanel(marionette: Marionette, focus: () => Promise<void>, id: string): Panel {
  /** In the panel's own document, where the policy for scripts forbids `eval`: by the actor that Marionette itself uses. */
  async function evaluate(code: string): Promise<unknown> {
    await focus();
    const inPanel = `${DEVTOOLS}
      const toolbox = gDevTools.getToolboxForTab(gBrowser.selectedTab);
      const frame = toolbox.doc.getElementById("toolbox-panel-iframe-" + args[0]);
      const { browsingContext } = frame.contentDocument.querySelector("browser");
      const actor = browsingContext.currentWindowGlobal.getActor("MarionetteCommands");
      const options = { sandboxName: null, newSandbox: true, async: false, timeout: 30000, file: "test", line: 0 };
      return await actor.executeScript(args[1], [], options);`;
    const script = `return (async () => { ${code} })().then((value) => JSON.stringify(value ?? null))`;
    const answer = await inBrowser(marionette, inPanel, [id, script]);
    const text = typeof answer === "string" ? answer : (answer as { value: string }).value;
    return JSON.parse(text) as unknown;
  }
  const rows = async () =>
    (await evaluate(
      `return [...document.querySelectorAll(".traffic__rows .row")].map(({ innerText }) => innerText.replace(/\\s*\\n\\s*/g, " | "))`,
    )) as string[];
  return {
    evaluate,
    rows,
    async row(...texts) {
      const find = async () => {
        const all = await rows();
        return all.some((each) => texts.every((text) => each.includes(text))) ? texts : all;
      };
      await expect.poll(find, { timeout: 20_000 }).toEqual(texts);
    },
    async click(selector, text) {
      const code = `
        const label = (each) => (each.innerText || each.ariaLabel || each.title || "").trim();
        const found = [...document.querySelectorAll(${JSON.stringify(selector)})].find((each) => label(each).includes(${JSON.stringify(text)}));
        found?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 }));
        found?.click();
        return found !== undefined;`;
      await expect.poll(() => evaluate(code), { timeout: 20_000 }).toBe(true);
    },
  };
}
