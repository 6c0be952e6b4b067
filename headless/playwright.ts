import { howMany } from "../core/lib/texts";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import {
  type BrowserContext,
  expect as baseExpect,
  type Expect,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  test as base,
  type TestInfo,
  type TestType,
} from "@playwright/test";

import type { Daily, DailyOptions } from "./api";
import { type Attachment, attachmentsOf } from "./attachments";
import { departs } from "./check-contract";
import { findingLines } from "./failure-text";
import { checkRuleIds } from "./findings-test";
import { dailyMatchers } from "./matchers";
import { createDaily, findingsIn, letAgentsCommand } from "./daily";
import { addSeen, type ContractFile, missingText, openContract } from "./open-contract";
import { checkFixtureOptions } from "./parameters";
import { subjectOf } from "./subject";

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
  agentCommands: [false, { option: true }],
  baseline: [undefined, { option: true }],
  daily: [
    async (
      { context, failOn, mutedRules, mutedTypes, maskValues, agentCommands, baseline },
      use,
      testInfo,
    ) => {
      checkFixtureOptions({
        failOn,
        mutedRules,
        mutedTypes,
        maskValues,
        agentCommands,
        baseline,
      });
      checkRuleIds(mutedRules);
      const contract = baseline === undefined ? undefined : openContract(baseline);
      const isLearning = contract?.update === "departures";
      if (contract && !contract.baseline && !isLearning) throw new Error(missingText(contract));
      const known = isLearning ? undefined : contract?.baseline?.contract;
      const daily = createDaily({ mutedRules, mutedTypes }, known);
      if (agentCommands) letAgentsCommand(daily);
      await daily.watch(context);
      // Two people in a room are often two contexts: they are watched before they can open a page.
      const watchOther = (other: BrowserContext): void => void daily.watch(other).catch(() => {});
      const browser = context.browser();
      browser?.on("context", watchOther);
      await use(daily);
      browser?.off("context", watchOther);
      if (contract && isLearning && testInfo.status === testInfo.expectedStatus)
        await addDepartures(daily, contract);
      const failure = failOn === "never" ? undefined : await failureOf(daily, failOn);
      if (failure || testInfo.status !== testInfo.expectedStatus)
        await attach(testInfo, await attachmentsOf(daily, maskValues));
      if (failure) throw failure;
    },
    { auto: true },
  ],
});

/** Adds to a contract what a test has seen, where that isn't as the contract has it. */
async function addDepartures(daily: Daily, contract: ContractFile): Promise<void> {
  await daily.findings();
  const where = subjectOf(daily);
  if (departs(where, contract)) addSeen(contract, where);
}

/** Puts files beside what else a failed test leaves, and into its report. */
async function attach(testInfo: TestInfo, files: readonly Attachment[]): Promise<void> {
  for (const { name, contentType, body } of files) {
    const path = testInfo.outputPath(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, body);
    testInfo.attachments.push({ name, path, contentType });
  }
}

/** How a test fails in which something of that level was found. */
async function failureOf(daily: Daily, level: "error" | "warning"): Promise<Error | undefined> {
  await daily.findings();
  const found = findingsIn(daily, { level });
  if (found.length === 0) return undefined;
  const error = new Error(
    [
      `The calls of this test have ${howMany(found.length, "finding")}.`,
      found.flatMap(findingLines).join("\n"),
      'To go on without failing: test.use({ mutedRules: ["<rule>"] }), or failOn: "never".',
    ].join("\n\n"),
  );
  // Where it was thrown says nothing.
  error.stack = "";
  return error;
}

/** Playwright's `expect` with the matchers for Daily. */
export const expect: Expect<typeof dailyMatchers> = baseExpect.extend(dailyMatchers);
