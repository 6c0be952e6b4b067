import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

import { test, type TestInfo } from "@playwright/test";

import type { Baseline } from "../core/contract/baseline";
import { learnLog } from "../core/contract/learn-log";
import { webOrigin } from "../core/lib/web-origin";
import { addToContract, checkPath, readContract } from "./contract-file";
import type { Where } from "./subject";

/** A baseline of contracts as a file: what the panel exports, or what a test has written. */
export type ContractFile = {
  readonly path: string;
  /** The path as it is shown, from where the tests were started. */
  readonly shownPath: string;
  /** Undefined where there is no file. */
  readonly baseline: Baseline | undefined;
  /**
   * What `--update-snapshots` asks for: to write a file where there is none, to add what departs, or neither. Outside of
   * the test runner, neither.
   */
  readonly update: "missing" | "departures" | "none";
};

/**
 * Opens the file of a contract. Like all paths of Playwright's configuration, that of the file begins at the folder of
 * the configuration; outside of the test runner, at the working directory. Throws an Error with a sentence for a file
 * that isn't a baseline.
 */
export function openContract(file: string): ContractFile {
  checkPath(file);
  const info = testInfo();
  const folder = info?.config.configFile ? dirname(info.config.configFile) : info?.config.rootDir;
  const path = resolve(folder ?? process.cwd(), file);
  const shownPath = relative(process.cwd(), path) || ".";
  const baseline = existsSync(path) ? readContract(path, shownPath) : undefined;
  return { path, shownPath, baseline, update: updateOf(info) };
}

function testInfo(): TestInfo | undefined {
  try {
    return test.info();
  } catch {
    return undefined;
  }
}

function updateOf(info: TestInfo | undefined): ContractFile["update"] {
  switch (info?.config.updateSnapshots) {
    case "all":
    case "changed":
      return "departures";
    case "missing":
    case "default":
      return "missing";
    default:
      return "none";
  }
}

/** Whether a file is to be written where what was seen isn't as it says. */
export const mayWrite = ({ baseline, update }: ContractFile): boolean =>
  update === "departures" || (update === "missing" && baseline === undefined);

/** Adds what was seen to a file. */
export function addSeen(file: ContractFile, where: Where): void {
  const { log } = where.watched;
  const seen = learnLog(
    log,
    log.entries.filter((entry) => where.isHere(entry)),
  );
  const origins = [...log.documents.values()].map(({ url }) => webOrigin(url));
  addToContract(file, seen, origins.find((origin) => origin !== undefined) ?? "");
}

export const writtenText = ({ shownPath }: ContractFile): string =>
  `There was no contract at ${shownPath}. What was seen by now is written there: run the test again to compare.`;

/** What to do where there is no file. */
export const missingText = ({ shownPath }: ContractFile): string =>
  `There is no contract at ${shownPath}. Export one in the Types tab of the panel (Keep as baseline, then Export), or write it from what the tests see: npx playwright test --update-snapshots`;
