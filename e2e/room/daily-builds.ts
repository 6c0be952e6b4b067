import { fileURLToPath } from "node:url";

/** The published daily-js builds that pages can load by script tag, by the name the room server gives them. */
const BUILDS: Readonly<Record<string, string>> = {
  "daily.js": "@daily-co/daily-js/dist/daily.js",
  "daily-0.40.js": "daily-js-0.40/dist/daily-iframe.js",
  "daily-0.60.js": "daily-js-0.60/dist/daily.js",
  "daily-0.73.js": "daily-js-0.73/dist/daily.js",
};

export const DAILY_SCRIPTS: readonly string[] = Object.keys(BUILDS);

/** The file of an unmodified daily-js build, or undefined for any other name. */
export function findDailyBuild(name: string): string | undefined {
  const build = BUILDS[name];
  if (!build) return undefined;
  return fileURLToPath(new URL(`../../node_modules/${build}`, import.meta.url));
}
