import { existsSync } from "node:fs";

import { type Baseline, readBaseline, writeBaseline } from "../core/contract/baseline";
import { type Contract, merge } from "../core/contract/contract";
import { type Advice, refusalText } from "../core/lib/other-file";
import { plainError } from "./plain-error";
import { readText, whileHeld, writeText } from "./text-file";

const ADVICE: Advice = {
  recording: ": make one from it with `inspector-for-daily contract`",
  unknown: ": export one in the Types tab, or make one with `inspector-for-daily contract`",
};

/** Reads a baseline. Throws an Error that names the file and says what is wrong. */
export function readContract(
  path: string,
  shownPath = path,
  read: (file: string) => string = readText,
): Baseline {
  checkPath(path);
  return naming(shownPath, () => contractOf(read(path)));
}

/** Throws an Error with a sentence for what can't be the path of a baseline. */
export function checkPath(file: string): void {
  if (typeof file !== "string" || file === "")
    throw plainError("Name the file of a contract, as in contracts.json.");
}

/** Adds what was seen to the file, and says so. What other tests add in the meantime stays. */
export function addToContract(
  { path, shownPath }: { readonly path: string; readonly shownPath: string },
  seen: Contract,
  origin: string,
): void {
  const isNew = naming(shownPath, () =>
    whileHeld(path, () => {
      const before = existsSync(path) ? contractOf(readText(path)) : undefined;
      const after = {
        contract: before ? merge(before.contract, seen) : seen,
        savedAt: new Date(),
        origin: before?.origin ?? origin,
      };
      writeText(path, writeBaseline(after));
      return before === undefined;
    }),
  );
  // As Playwright says it of snapshots.
  console.log(`${shownPath} ${isNew ? "is written" : "has new types"}.`);
}

function contractOf(text: string): Baseline {
  const file = readBaseline(text);
  if (!file.ok) throw new Error(refusalText(file, ADVICE));
  return file.baseline;
}

/** Runs; what that throws then begins with the file's path. */
function naming<T>(shownPath: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw plainError(`${shownPath}: ${(error as Error).message}`);
  }
}
