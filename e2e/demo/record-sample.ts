/**
 * `npm run sample`: records the live Q&A, with both tabs of it and with some mistakes that apps make, as the sample that
 * the extension ships with. The real daily-js in the local room, through the built extension.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { judgeRecording } from "../../headless/judge-recording";
import { launchInspector } from "../inspector";
import { bundle } from "../room/bundle";
import { startRoomServer } from "../room/server";
import { setScene } from "./scene";
import { watchPanel } from "./watch-panel";

const FILE = fileURLToPath(new URL("../../panel/welcome/sample-recording.json", import.meta.url));
/** The server has another port each time; nothing answers at this one (RFC 2606). */
const SHOWN_ORIGIN = "https://qa.example";
const MAX_BYTES = 300_000;
/** What the sample is to teach. */
const RULES = [
  "sent-before-join",
  "over-limit",
  "recipient-unknown",
  "session-writes-unseen",
  "message-lost",
  "listener-threw-at-other-end",
];
/** How long the show goes on at least. */
const SECONDS = 14;
/** What isn't there a while after it was sent is lost: see `core/delivery/messages.ts`. */
const AFTERMATH_SECONDS = 8;

const server = await startRoomServer();
const scene = setScene(server, { headless: true, seconds: SECONDS, bot: false });
const inspector = await launchInspector();
try {
  const { context } = inspector;
  const mistakes = await bundle(
    fileURLToPath(new URL("page/mistakes.ts", import.meta.url)),
    "iife",
  );
  // Named as if the app had it, for the stacks.
  const content = `${mistakes}\n//# sourceURL=${server.origin}/demo/mistakes.js`;
  await context.addInitScript({ content });
  const pages: Page[] = [];
  for (const { url } of scene.tabs) {
    const page = await context.newPage();
    await page.goto(url);
    pages.push(page);
  }
  const [ada] = pages as [Page];
  await ada.bringToFront();
  const { panel, devtools } = await inspector.openPanel(ada);
  const err = (name: string) => ada.evaluate((which) => window.sins[which]?.(), name);

  await panel.getByRole("button", { name: "Seats 1" }).waitFor();
  for (const each of ["sendPoll", "countVotes", "sendNotes", "sendToOldId"]) await err(each);
  const room = server.room("qa");
  room.damage({ seed: 1, dropShare: 1 });
  await err("askAgain");
  await room.until(() => room.messages().some(({ data }) => /reach/.test(JSON.stringify(data))));
  room.damage(undefined);
  const { missing } = await watchPanel({ panel, scene }, SECONDS + AFTERMATH_SECONDS);
  if (missing.length > 0) throw new Error(`The show had no ${missing.join(", no ")}.`);

  await panel.getByRole("button", { name: "Export recording" }).click();
  await panel.getByRole("checkbox", { name: "Include Bob" }).check();
  const download = devtools.waitForEvent("download");
  await panel.getByRole("button", { name: "All events" }).click();
  const exported = await readFile(await (await download).path(), "utf8");
  const text = exported.replaceAll(server.origin, SHOWN_ORIGIN);

  if (text.length > MAX_BYTES) throw new Error(`It's too large: ${text.length} characters.`);
  const found = new Set(
    judgeRecording(FILE, text)
      .judge.findings()
      .map(({ rule }) => rule.id),
  );
  const notFound = RULES.filter((id) => !found.has(id));
  if (notFound.length > 0) throw new Error(`Nothing in it breaks ${notFound.join(" and ")}.`);
  await writeFile(FILE, text);
  console.log(`${FILE}: ${text.length} characters; findings: ${[...found].join(", ")}`);
} finally {
  await inspector.close();
  await scene.end();
  await server.close();
}
