import { stat } from "node:fs/promises";

import { saveRecording } from "../save-recording";
import type { Demo } from "./start-demo";
import { readShownRows, type ShownRow } from "./shown-rows";
import type { Shown } from "./summary";

const LOOK_EVERY_MS = 400;
/** How long after the wanted time a kind of traffic may still show up. */
const GRACE_MS = 20_000;

/** Looks at the panel until it has shown every kind of traffic of the scene, and for some seconds at least. */
export async function watchPanel(
  { panel, scene }: Pick<Demo, "panel" | "scene">,
  seconds: number,
): Promise<{ rows: readonly ShownRow[]; missing: readonly string[] }> {
  const start = Date.now();
  const enough = start + seconds * 1000;
  for (;;) {
    const rows = await readShownRows(panel);
    const missing = scene.missing(rows);
    const now = Date.now();
    if ((missing.length === 0 && now >= enough) || now >= enough + GRACE_MS)
      return { rows, missing };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** The rest of what a summary needs, from the status bar and the Export button. */
export async function readAround({
  panel,
  devtools,
}: Pick<Demo, "panel" | "devtools">): Promise<Omit<Shown, "rows">> {
  const parts = await panel.locator(".status-bar > span").allTextContents();
  const { size } = await stat(await saveRecording(panel, devtools));
  return { statusBar: parts.filter((part) => part !== ""), recordingBytes: size };
}
