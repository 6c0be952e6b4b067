import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

import { DAILY_SCRIPTS } from "./daily-builds";
import { test } from "./room-fixtures";

/** What the page's call knows about the audio of its participants, by name. */
const audio = (page: Page) =>
  page.evaluate(() =>
    Object.fromEntries(
      Object.values(window.call.participants()).map(({ user_name, tracks }) => {
        const { state, persistentTrack } = tracks.audio;
        return [user_name, { state, track: persistentTrack?.readyState }];
      }),
    ),
  );

const SPEAKS = { state: "playable", track: "live" };
const SILENT = { state: "off" };

for (const daily of DAILY_SCRIPTS) {
  test(`${daily}: a voice is a track that starts, whoever joined first, and stops`, async ({
    openCall,
    room,
    page,
    server,
  }) => {
    const early = room.join({ userName: "Early", hasVoice: true });
    await page.goto(`${server.origin}/pages/call.html?daily=${daily}&name=Ada`);
    await page.waitForFunction(() => window.call !== undefined);
    const tracks = await page.evaluateHandle(() => {
      const seen: string[] = [];
      window.call.on("track-started", ({ participant, track }) => {
        seen.push(`${participant?.user_name}'s ${track.kind} started`);
      });
      // Whose it was, older versions do not say of someone who left.
      window.call.on("track-stopped", ({ track }) => void seen.push(`${track.kind} stopped`));
      return seen;
    });
    await page.evaluate(() => void window.call.join());
    await expect.poll(() => tracks.jsonValue()).toEqual(["Early's audio started"]);
    room.join({ userName: "Mute" });
    room.join({ userName: "Late", hasVoice: true });
    await expect
      .poll(() => audio(page))
      .toEqual({ Ada: SILENT, Early: SPEAKS, Mute: SILENT, Late: SPEAKS });

    // A change of something else leaves the track as it is.
    early.setUserData({ mood: "good" });
    await page.waitForFunction(() =>
      Object.values(window.call.participants()).some(({ userData }) => userData !== undefined),
    );
    early.leave();
    await expect
      .poll(() => tracks.jsonValue())
      .toEqual(["Early's audio started", "Late's audio started", "audio stopped"]);
    const other = await openCall({ daily, name: "Bea" });
    await expect.poll(() => audio(other)).toMatchObject({ Late: SPEAKS, Mute: SILENT });
  });
}
