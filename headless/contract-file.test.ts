import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { learned, typed } from "../core/testing/contract-samples";
import { addToContract, readContract } from "./contract-file";

const WORKERS = ["a", "b", "c"];
const TYPES_EACH = 15;

/** A process of its own that adds type after type. */
const worker = (name: string, path: string): string => `
  import { learned, typed } from ${JSON.stringify(new URL("../core/testing/contract-samples.ts", import.meta.url).href)};
  import { addToContract } from ${JSON.stringify(new URL("contract-file.ts", import.meta.url).href)};
  for (let n = 0; n < ${TYPES_EACH}; n++)
    addToContract(${JSON.stringify({ path, shownPath: "types.json" })}, learned([typed("${name}" + n, {})]), "");
`;

const folder = (): string => mkdtempSync(join(tmpdir(), "contract-file-"));

test("several processes add to one file, and nothing of any is lost", async () => {
  const path = join(folder(), "types.json");
  const codes = await Promise.all(
    WORKERS.map(
      (name) =>
        new Promise((resolve) => {
          const args = ["--import", "tsx", "--input-type=module", "--eval", worker(name, path)];
          spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }).on(
            "exit",
            resolve,
          );
        }),
    ),
  );
  expect(codes).toEqual(WORKERS.map(() => 0));
  expect(readContract(path).contract.types.size).toBe(WORKERS.length * TYPES_EACH);
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test("a lock that was left behind by a process that died is no hindrance", () => {
  const path = join(folder(), "types.json");
  writeFileSync(`${path}.lock`, "");
  utimesSync(`${path}.lock`, new Date(0), new Date(0));
  addToContract({ path, shownPath: "types.json" }, learned([typed("chat", {})]), "");
  expect(readContract(path).contract.types.size).toBe(1);
});

test("what can't be read or written is said with the file's name", () => {
  const at = folder();
  const seen = learned([typed("chat", {})]);
  const add = (name: string) => () =>
    addToContract({ path: join(at, name), shownPath: name }, seen, "");
  expect(add("none/types.json")).toThrow("none/types.json: There is no such directory.");
  mkdirSync(join(at, "types.json"));
  expect(add("types.json")).toThrow("types.json: This is a directory, not a file.");
  writeFileSync(join(at, "broken.json"), "{");
  expect(add("broken.json")).toThrow(/^broken\.json: \S/);
  expect(existsSync(join(at, "broken.json.lock"))).toBe(false);
  writeFileSync(join(at, "recording.json"), '{"format":"daily-recording"}');
  expect(add("recording.json")).toThrow(
    "recording.json: This is a recording, not a baseline: make one from it with `inspector-for-daily contract`.",
  );
  expect(() => readContract("")).toThrow("Name the file of a contract, as in contracts.json.");
});
