import {
  type BrowserContext,
  expect as baseExpect,
  type Expect,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  test as base,
  type TestType,
} from "@playwright/test";

import type { Daily, DailyOptions } from "./api";
import { findingLines, plural } from "./failure-text";
import { checkRuleIds } from "./findings-test";
import { dailyMatchers } from "./matchers";
import { watchDaily } from "./watch-daily";
import { findingsIn } from "./daily";

export type * from "./api";
export { dailyMatchers };

export type DailyFixtures = {
  /**
   * What the pages of this test do with Daily. There for every test, whether or not it asks for it: at the end the test
   * fails when something of the level `failOn` was found.
   */
  daily: Daily;
};

type Base = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
>;
type WithDaily = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & DailyFixtures & DailyOptions,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
>;

/** Playwright's `test` with the fixture `daily` and its options. */
export const test: WithDaily = (base as Base).extend<DailyFixtures & DailyOptions>({
  failOn: ["error", { option: true }],
  mutedRules: [[], { option: true }],
  mutedTypes: [[], { option: true }],
  maskValues: [false, { option: true }],
  daily: [
    async ({ context, failOn, mutedRules, mutedTypes }, use) => {
      checkRuleIds(mutedRules);
      const daily = await watchDaily(context, { mutedRules, mutedTypes });
      // Two people in a room are often two contexts: they are watched before they can open a page.
      const watchOther = (other: BrowserContext): void => void daily.watch(other).catch(() => {});
      const browser = context.browser();
      browser?.on("context", watchOther);
      await use(daily);
      browser?.off("context", watchOther);
      if (failOn !== "never") await failOnFindings(daily, failOn);
    },
    { auto: true },
  ],
});

/** Throws when something of that level was found. */
async function failOnFindings(daily: Daily, level: "error" | "warning"): Promise<void> {
  await daily.findings();
  const found = findingsIn(daily, { level });
  if (found.length === 0) return;
  const error = new Error(
    [
      `The calls of this test have ${plural(found.length, "finding")}.`,
      found.flatMap(findingLines).join("\n"),
      'To go on without failing: test.use({ mutedRules: ["<rule>"] }), or failOn: "never".',
    ].join("\n\n"),
  );
  // Where it was thrown says nothing.
  error.stack = "";
  throw error;
}

/** Playwright's `expect` with the matchers for Daily. */
export const expect: Expect<typeof dailyMatchers> = baseExpect.extend(dailyMatchers);
