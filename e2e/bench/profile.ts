import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import type { CDPSession } from "@playwright/test";

import { summariseProfile } from "./profile-summary";

const SAMPLE_EVERY_US = 200;

/** Takes a CPU profile while something runs, saves it as a file for Chrome's Performance panel, and prints the top. */
export async function profileWhile<T>(
  session: CDPSession,
  file: string,
  run: () => Promise<T>,
): Promise<T> {
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: SAMPLE_EVERY_US });
  await session.send("Profiler.start");
  const result = await run();
  const { profile } = await session.send("Profiler.stop");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(profile));
  console.log(`${file}\n\n${summariseProfile(profile)}`);
  return result;
}
