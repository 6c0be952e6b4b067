// Has `web-ext lint` look at a Firefox build. BUILDING.md explains each warning that stays; any other is a mistake.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { unzipSync } from "fflate";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

type Message = {
  readonly code: string;
  readonly description: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
};
type Report = Readonly<Record<"errors" | "notices" | "warnings", readonly Message[]>>;

/** A row of the table: the code of a warning, and what its place or description has in it. */
type Explanation = { readonly code: string; readonly sign: string };

/** How much of a minified line around the place of a warning is looked at, in characters. */
const AROUND = 100;

/**
 * What is wrong with a build (a folder, or its zip), a line for each: errors, warnings that BUILDING.md doesn't explain,
 * and explanations of warnings that are gone.
 */
export function lintFirefox(build: string): string[] {
  const args = [
    "lint",
    "--source-dir",
    build,
    "--output=json",
    "--no-config-discovery",
    "--no-input",
  ];
  const { stdout } = spawnSync(
    process.execPath,
    [at("node_modules/web-ext/bin/web-ext.js"), ...args],
    {
      encoding: "utf8",
    },
  );
  const { errors, notices, warnings } = JSON.parse(stdout) as Report;
  const found = [...notices, ...warnings].map((message) => ({
    message,
    text: `${message.description} ${codeAt(build, message)}`,
  }));
  const explained = explanations();
  const explains = ({ code, sign }: Explanation, { message, text }: (typeof found)[number]) =>
    code === message.code && text.includes(sign);
  return [
    ...errors.map(lineOf),
    ...found
      .filter((each) => !explained.some((one) => explains(one, each)))
      .map(({ message }) => `${lineOf(message)} Not explained in BUILDING.md.`),
    ...explained
      .filter((one) => !found.some((each) => explains(one, each)))
      .map(({ code, sign }) => `${code} (${sign}) is gone: remove it from BUILDING.md.`),
  ];
}

const lineOf = ({ code, description, file, line, column }: Message): string =>
  `${code} ${[file, line, column].filter((each) => each !== undefined).join(":")} ${description}`;

function explanations(): Explanation[] {
  const rows = readFileSync(at("BUILDING.md"), "utf8").matchAll(/^\| `([A-Z_]+)` \| `(.+?)` \|/gm);
  return [...rows].map(([, code = "", sign = ""]) => ({ code, sign }));
}

/** The code around the place of a warning; empty where it has none. */
function codeAt(build: string, { file, line, column = 0 }: Message): string {
  if (file === undefined || line === undefined) return "";
  const bytes = build.endsWith(".zip")
    ? unzipSync(readFileSync(build), { filter: ({ name }) => name === file })[file]
    : readFileSync(join(build, file));
  const text = new TextDecoder().decode(bytes).split("\n")[line - 1] ?? "";
  return text.slice(Math.max(0, column - AROUND), column + AROUND);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = lintFirefox(at("dist/firefox"));
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log("web-ext lint: nothing that BUILDING.md doesn't explain.");
  process.exitCode = problems.length === 0 ? 0 : 1;
}
