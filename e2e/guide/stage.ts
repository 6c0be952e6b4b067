import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Frame, Locator, Page } from "@playwright/test";
import sharp from "sharp";

import { type Inspector, type OpenPanel, until } from "../inspector";
import type { Room } from "../room/room";
import type { RoomServer } from "../room/server";

/** What the pictures of one call are taken with. */
export type Stage = {
  readonly inspector: Inspector;
  readonly server: RoomServer;
  readonly room: Room;
};

/** What the app of the pictures can do; `studio.js` beside its page. */
type Studio = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

const FOLDER = fileURLToPath(new URL("../../docs/guide/pictures", import.meta.url));
/** Space above what a picture begins with, in CSS pixels. */
const MARGIN = 6;

/** Opens the app for someone, who joins unless told otherwise. */
export async function openStudio(
  { inspector, server, room }: Stage,
  name: string,
  { joins = true } = {},
): Promise<Page> {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/guide/index.html?room=${room.name}&name=${name}`);
  if (joins) await join(page);
  return page;
}

/** Has the app join, and waits until it has. */
export async function join(page: Page): Promise<void> {
  await studio(page, "join");
  await page.waitForFunction(() => window.call?.meetingState() === "joined-meeting");
}

/** Has the app do something, from its own line of code. Returns once the call of the method has returned. */
export const studio = (page: Page, what: string, ...args: readonly unknown[]): Promise<void> =>
  page.evaluate(
    ([name, given]) => {
      const all = Reflect.get(window, "studio") as Studio;
      void all[name]?.(...given);
    },
    [what, args] as const,
  );

/** Shows a tab of the panel. */
export async function openTab(panel: Frame, name: string | RegExp): Promise<void> {
  await panel.getByRole("tablist", { name: "View" }).getByRole("tab", { name }).click();
  // A tab loads when it is first opened.
  await panel.locator(`[aria-busy="true"]`).waitFor({ state: "detached" });
}

/** A row of the table that holds all these texts. */
export const row = (panel: Frame, ...texts: readonly string[]): Locator =>
  texts.reduce((rows, hasText) => rows.filter({ hasText }), panel.locator(".traffic__rows .row"));

export const region = (panel: Frame, name: string): Locator => panel.getByRole("region", { name });

/** Shows only the rows that a filter lets through. */
export const filterBy = (panel: Frame, text: string): Promise<void> =>
  panel.getByRole("combobox", { name: "Filter" }).fill(text);

/** Leaves the room to what the picture is about. */
export const hideOverview = (panel: Frame): Promise<void> =>
  panel.getByRole("button", { name: "Overview" }).dispatchEvent("click");

/** Saves the events of the panel as a recording. Returns where the file is. */
export async function exportAll({ panel, devtools }: OpenPanel): Promise<string> {
  const download = devtools.waitForEvent("download");
  await panel.getByRole("button", { name: "Export recording" }).dispatchEvent("click");
  await panel.getByRole("button", { name: "All events" }).dispatchEvent("click");
  return (await download).path();
}

/** Waits until something shows a text. */
export const shows = (where: Locator, text: RegExp | string): Promise<void> =>
  until(async () => {
    const shown = await where.innerText();
    return typeof text === "string" ? shown.includes(text) : text.test(shown);
  }, `${text} in ${where.toString()}`);

type Crop = {
  /** Where it begins; below the toolbar unless it's given. */
  readonly top?: Locator;
  /** CSS pixels; down to the status bar unless it's given. */
  readonly height?: number;
};

/** Takes a picture of the panel in its full width, and says how large it is. */
export async function takePicture(
  { panel, devtools }: OpenPanel,
  name: string,
  { top, height = Infinity }: Crop = {},
): Promise<void> {
  // Nothing is pointed at, and no tooltip shows.
  await devtools.mouse.move(0, 0);
  const toolbar = await boxOf(panel.locator(".toolbar"));
  const end = (await boxOf(panel.locator(".status-bar"))).y;
  const y = top ? (await boxOf(top)).y - MARGIN : toolbar.y + toolbar.height;
  const { x, width } = toolbar;
  const png = await devtools.screenshot({
    clip: { x, y, width, height: Math.min(height, end - y) },
  });
  const picture = await sharp(png).webp({ quality: 80, smartSubsample: true }).toBuffer();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/${name}.webp`, picture);
  console.log(`docs/guide/pictures/${name}.webp  ${Math.ceil(picture.length / 1024)} kB`);
}

async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (!box) throw new Error(`${part.toString()} isn't shown.`);
  return box;
}
