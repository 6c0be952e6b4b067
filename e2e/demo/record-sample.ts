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
import { SAMPLE } from "./sample";
import { setScene } from "./scene";
import { watchPanel } from "./watch-panel";

/** The server has another port each time; nothing answers at this one (RFC 2606). */
const SHOWN_ORIGIN = "https://qa.example";
/** App messages of anyone in the call. */
const MESSAGES_BETWEEN = 2;
/** How long the show goes on after the last mistake, at least. What hasn't arrived 5 seconds after it was sent is lost. */
const SECONDS = 8;

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
  const room = server.room("qa");
  const err = async (name: string) => {
    await ada.evaluate((which) => window.sins[which]?.(), name);
    // One after the other, as they would be in an app: with some of the show in between.
    const before = room.messages().length;
    await room.until(() => room.messages().length >= before + MESSAGES_BETWEEN, 20_000);
  };

  await panel.getByRole("button", { name: "Seats 1" }).waitFor();
  for (const each of ["sendPoll", "countVotes", "sendNotes", "sendToOldId"]) await err(each);
  const isAskedAgain = () =>
    room.messages().some(({ data }) => JSON.stringify(data).includes("Did this reach you?"));
  room.damage({ seed: 1, dropShare: 1 });
  await Promise.all([err("askAgain"), room.until(isAskedAgain).then(() => room.damage(undefined))]);
  const { missing } = await watchPanel({ panel, scene }, SECONDS);
  if (missing.length > 0) throw new Error(`The show had no ${missing.join(", no ")}.`);

  await panel.getByRole("button", { name: "Export recording" }).click();
  await panel.getByRole("checkbox", { name: "Include Bob" }).check();
  const download = devtools.waitForEvent("download");
  await panel.getByRole("button", { name: "All events" }).click();
  const exported = await readFile(await (await download).path(), "utf8");
  const text = exported.replaceAll(server.origin, SHOWN_ORIGIN);

  if (text.length > SAMPLE.maxChars) throw new Error(`${text.length} characters are too many.`);
  const found = judgeRecording(SAMPLE.file, text)
    .judge.findings()
    .map(({ rule }) => rule.id);
  if (String(found.toSorted()) !== String(SAMPLE.rules))
    throw new Error(`It breaks ${found.join(", ")}.`);
  await writeFile(SAMPLE.file, text);
  console.log(`${SAMPLE.file}: ${text.length} characters`);
} finally {
  await inspector.close();
  await scene.end();
  await server.close();
}
