import { existsSync } from "node:fs";

import { type Baseline, readBaseline, writeBaseline } from "../core/contract/baseline";
import { type Contract, merge } from "../core/contract/contract";
import { readText, writeText } from "./text-file";

/** Reads a baseline. Throws an Error that names the file and says what is wrong. */
export function readContract(
  path: string,
  shownPath = path,
  read: (file: string) => string = readText,
): Baseline {
  let text: string;
  try {
    text = read(path);
  } catch (error) {
    throw new Error(`${shownPath}: ${(error as Error).message}`, { cause: error });
  }
  const file = readBaseline(text);
  if (!file.ok) throw new Error(`${shownPath}: ${file.reason}`);
  return file.baseline;
}

/** Adds what was seen to the file, and says so. What other tests have added in the meantime stays. */
export function addToContract(
  { path, shownPath }: { readonly path: string; readonly shownPath: string },
  seen: Contract,
  origin: string,
): void {
  const before = existsSync(path) ? readContract(path, shownPath) : undefined;
  const contract = before ? merge(before.contract, seen) : seen;
  const text = writeBaseline({ contract, savedAt: new Date(), origin: before?.origin ?? origin });
  try {
    writeText(path, text);
  } catch (error) {
    throw new Error(`${shownPath}: ${(error as Error).message}`, { cause: error });
  }
  // As Playwright says it of snapshots.
  console.log(`${shownPath} ${before ? "has new types" : "is written"}.`);
}
