import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const PARTS = [
  "panel",
  "chrome",
  "hook",
  "store",
  "million",
  "rules",
  "seats",
  "tokens",
  "fixture",
  "opening",
] as const;
type Part = (typeof PARTS)[number];

export type BenchOptions = {
  readonly parts: readonly Part[];
  /** Small loads, to try the harness. */
  readonly quick: boolean;
  /** Profile the panel during a burst, and nothing else. */
  readonly profile: boolean;
  /** Folder of another built extension to compare this one with, and nothing else. */
  readonly against: string | undefined;
};

export const HELP = `Measures the panel, Chrome's own view of the same traffic, the hook, the store, the rules, seats,
the tokens of a voice bot, the fixture for Playwright, and how soon the panel opens.

  npm run bench [-- options]

  --only PART    one of ${PARTS.join(", ")}, or several with commas between
  --quick        small loads, to try the harness
  --profile      instead: profile the panel under a burst and save it in bench-results/
  --against DIR  instead: compare with another built extension, in alternating runs
  --help         this text`;

/** Reads the arguments after the script's name. Throws with a message for people; undefined asks for help. */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      against: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const wanted = values.only?.split(",") ?? PARTS;
  const stranger = wanted.find((each) => !(PARTS as readonly string[]).includes(each));
  if (stranger !== undefined) {
    throw new Error(`--only takes ${PARTS.join(", ")}, not "${stranger}"`);
  }
  const { quick, profile, against } = values;
  if (against !== undefined && !existsSync(join(against, "manifest.json"))) {
    throw new Error(
      `--against takes the folder of a built extension; ${against} has no manifest.json`,
    );
  }
  return { parts: PARTS.filter((part) => wanted.includes(part)), quick, profile, against };
}
