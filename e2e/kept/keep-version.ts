/**
 * `npm run keep-version`, once when a version is released: keeps what it leaves behind, for the tests of all later ones: a
 * recording, and the storage of a panel that was used.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Frame, Page } from "@playwright/test";

import pkg from "../../package.json" with { type: "json" };
import { joined, row } from "../fixtures";
import { EXTENSION, type Inspector, launchInspector, until } from "../inspector";
import { routeDefaultBundle } from "../room/route-default-bundle";
import { type RoomServer, startRoomServer } from "../room/server";
import { saveRecording } from "../save-recording";
import { openSend, type } from "../send-tab";

const folder = fileURLToPath(new URL(`${pkg.version}`, import.meta.url));

/** Of the build that is tried; undefined where there is none. */
function builtVersion(): string | undefined {
  const manifest = `${EXTENSION}/manifest.json`;
  if (!existsSync(manifest)) return undefined;
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version?: string }).version;
}

async function liveACall({ context }: Inspector, server: RoomServer): Promise<Page> {
  await routeDefaultBundle(context, server);
  const page = await context.newPage();
  await page.goto(`${server.origin}/pages/call.html?room=qa&name=Ada`);
  await page.waitForFunction(() => window.call !== undefined);
  await page.evaluate(`try { call.sendAppMessage({ type: "early" }); } catch {}`);
  await page.evaluate(() => void window.call.join());
  await joined(page);
  const bob = server.room("qa").join({ userName: "Bob" });
  bob.setUserData({ hand: "up" });
  bob.sendAppMessage({ type: "chat", text: "hello Ada" });
  await page.waitForFunction(() => window.received.length === 1);
  await page.evaluate(`(async () => {
    call.sendAppMessage({ type: "cue" }, "nobody-has-this-id");
    call.sendAppMessage({ type: "chat", text: "hello Bob" }, Object.keys(call.participants()).find((id) => id !== "local"));
    try { call.sendAppMessage("x".repeat(5_000)); } catch {}
    await call.setUserData({ hand: "down" });
    const state = new Promise((resolve) => call.on("meeting-session-state-updated", ({ meetingSessionState: { data } }) => data.votes === 2 && resolve()));
    call.setMeetingSessionData({ stage: "Ada", votes: 1 }, "shallow-merge");
    call.setMeetingSessionData({ votes: 2 }, "shallow-merge");
    await state;
  })()`);
  return page;
}

/** Uses what a panel remembers: settings, a filter, a snippet, a draft, mutes, a baseline. */
async function usePanel(panel: Frame): Promise<void> {
  const button = (name: string) => panel.getByRole("button", { name, exact: true });
  const tab = (name: string) => panel.getByRole("tab", { name });
  await panel.getByLabel("Preserve log").check();
  await button("Settings").click();
  await panel.getByLabel("Dark").check();
  await panel.getByLabel("Events to keep").selectOption("50000");
  await panel.page().keyboard.press("Escape");

  await panel.getByRole("combobox", { name: "Filter" }).fill("type:chat dir:out");
  await button("Saved filters").click();
  await panel.getByRole("textbox", { name: "Name of the filter" }).fill("My chats");
  await button("Save this filter").click();
  await panel.page().keyboard.press("Escape");

  await openSend(panel, "App message");
  await type(panel, `{"type":"chat","text":"from a snippet"}`);
  await panel.getByLabel("Snippet name").fill("Greeting");
  await panel.getByLabel("Snippet name").press("Enter");
  await type(panel, `{"type":"chat","text":"not sent yet"}`);

  await tab("Findings").click();
  const region = (name: string) => panel.getByRole("region", { name, exact: true });
  await region("Addressed to no one in the call")
    .getByRole("button", { name: "Mute this type" })
    .click();
  await region("Payload exceeds the size limit")
    .getByRole("button", { name: "Payload exceeds the size limit" })
    .click();
  await region("Payload exceeds the size limit").getByRole("button", { name: "Mute rule" }).click();

  await tab("Types").click();
  await button("Keep as baseline").click();
  await tab("Traffic").click();
}

if (builtVersion() !== pkg.version) {
  const found = builtVersion() ?? "no build";
  console.error(`dist/chrome has ${found}, not ${pkg.version}: use \`npm run keep-version\`.`);
  process.exit(1);
}
const server = await startRoomServer();
const inspector = await launchInspector();
try {
  const page = await liveACall(inspector, server);
  const { panel, devtools } = await inspector.openPanel(page);
  await row(panel, "hello Bob").first().waitFor();
  mkdirSync(folder, { recursive: true });
  copyFileSync(await saveRecording(panel, devtools), `${folder}/recording.json`);
  await usePanel(panel);
  const stored = () => panel.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
  // What is typed is kept a moment later.
  await until(
    async () => JSON.stringify(await stored()).includes("not sent yet"),
    "the draft in the storage",
  );
  const storage = await stored();
  writeFileSync(`${folder}/storage.json`, `${JSON.stringify(storage, undefined, 2)}\n`);
} finally {
  await inspector.close();
  await server.close();
}
