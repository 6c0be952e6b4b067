import { parseArgs } from "node:util";

import { LANGUAGES } from "../../core/contract/languages";
import { didYouMean } from "../../core/lib/near-match";
import { ABOUT_BASELINE } from "../../core/rules/baseline-rules";
import { checkRuleIds } from "../findings-test";

const REPORTERS = ["text", "json", "junit", "github", "sarif"] as const;
export type ReporterName = (typeof REPORTERS)[number];

const FAIL_ON = ["error", "warning", "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

const FORMATS = [...LANGUAGES.map(({ id }) => id), "baseline"] as const;
export type ContractFormat = (typeof FORMATS)[number];

/** The first that fits says what a file is. */
const ENDINGS: readonly (readonly [ending: string, ContractFormat])[] = [
  ...LANGUAGES.map(({ ending, id }) => [`.${ending}`, id] as const),
  [".json", "baseline"],
];

export type Command =
  | { readonly kind: "help" | "version" }
  | {
      readonly kind: "check";
      readonly files: readonly string[];
      readonly failOn: FailOn;
      /** Ids of the rules that are applied; undefined for all. */
      readonly rules: readonly string[] | undefined;
      readonly except: readonly string[];
      /** The file of a baseline; undefined where nothing is compared with one. */
      readonly baseline: string | undefined;
      readonly reporter: ReporterName;
    }
  | {
      readonly kind: "contract";
      readonly files: readonly string[];
      /** The file to write; undefined for the output. */
      readonly out: string | undefined;
      readonly format: ContractFormat;
    }
  | {
      readonly kind: "summary";
      readonly files: readonly string[];
      readonly reporter: "text" | "json";
    }
  | {
      readonly kind: "diff";
      readonly files: readonly [string, string];
      readonly reporter: "text" | "json";
    };

export const USAGE = `Usage: inspector-for-daily <command> [options]

Commands:
  check <recording.json…>     Apply the rules to recordings of the panel or of a test
  contract <recording.json…>  The types of what was sent and received, as code or as a baseline
  summary <recording.json…>   Calls, app messages by type, and what was found
  diff <a.json> <b.json>      What is different in the second recording

Options of check:
  --fail-on <level>     error (default), warning or never
  --rules <ids>         Only these rules, separated by commas
  --except <ids>        All rules but these
  --baseline <file>     Also what departs from the types in this file
  --reporter <name>     text (default), json, junit, github or sarif

Options of contract:
  --out <file>          The file to write; the output unless given
  --format <name>       typescript, json-schema, asyncapi or baseline; by the ending of the
                        file unless given: .ts, .schema.json, .asyncapi.json, other .json

Options of summary and diff:
  --reporter <name>     text (default) or json

Exit codes: 0 nothing found, no difference. 1 something found, a difference.
            2 wrong usage, a file that can't be read or written, or one that the command
              can't use: no types in it, or masked values.
`;

const COMMANDS = ["check", "contract", "summary", "diff"] as const;
type CommandName = (typeof COMMANDS)[number];

type Option = Exclude<keyof ReturnType<typeof parse>["values"], "help" | "version">;
/** The commands that take an option. */
const TAKEN_BY: Readonly<Record<Option, readonly CommandName[]>> = {
  "fail-on": ["check"],
  rules: ["check"],
  except: ["check"],
  baseline: ["check"],
  reporter: ["check", "summary", "diff"],
  out: ["contract"],
  format: ["contract"],
};

/** Reads the arguments of a command line. Throws an Error with a sentence for what it doesn't understand. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const [name, ...files] = positionals;
  if (name === undefined) throw new Error(`Say what to do: ${oneOf(COMMANDS)}.`);
  const command = COMMANDS.find((each) => each === name);
  if (command === undefined)
    throw new Error(`There is no command ${name}.${didYouMean(name, COMMANDS)}`);
  checkOptions(command, values);
  if (files.includes("")) throw new Error("The name of a file is empty.");
  switch (command) {
    case "check": {
      const { baseline } = values;
      const rules = values.rules === undefined ? undefined : idsIn(values.rules);
      const except = idsIn(values.except ?? "");
      checkRuleIds([...(rules ?? []), ...except]);
      if (rules?.every((id) => except.includes(id)))
        throw new Error(
          rules.length === 0 ? "--rules names no rule." : "--except leaves none of --rules.",
        );
      const needy = rules?.find((id) => ABOUT_BASELINE.some((about) => about.id === id));
      if (needy !== undefined && baseline === undefined)
        throw new Error(`The rule ${needy} needs a --baseline to compare with.`);
      return {
        kind: "check",
        files: someOf(files),
        failOn: choice("--fail-on", values["fail-on"] ?? "error", FAIL_ON),
        rules,
        except,
        baseline,
        reporter: choice("--reporter", values.reporter ?? "text", REPORTERS),
      };
    }
    case "contract": {
      const { out, format } = values;
      return { kind: "contract", files: someOf(files), out, format: formatOf(format, out) };
    }
    case "summary":
      return { kind: "summary", files: someOf(files), reporter: plainReporter(values) };
    case "diff": {
      const [before, after, more] = files;
      if (before === undefined || after === undefined || more !== undefined)
        throw new Error("Name two recordings to compare.");
      return { kind: "diff", files: [before, after], reporter: plainReporter(values) };
    }
  }
}

/** Throws for an option of another command, and for a file without a name. */
function checkOptions(
  command: CommandName,
  values: Readonly<Partial<Record<Option, string>>>,
): void {
  for (const [option, commands] of Object.entries(TAKEN_BY)) {
    if (option in values && !commands.includes(command))
      throw new Error(`--${option} is for ${oneOf(commands)}, not for ${command}.`);
  }
  for (const option of ["baseline", "out"] as const)
    if (values[option] === "") throw new Error(`--${option} is empty: name a file.`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "fail-on": { type: "string" },
        rules: { type: "string" },
        except: { type: "string" },
        baseline: { type: "string" },
        out: { type: "string" },
        format: { type: "string" },
        reporter: { type: "string" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    // Node's own first sentence says which option; the rest is about texts that begin with a dash.
    const [sentence] = (error instanceof Error ? error.message : "").split(/\. /);
    throw new Error(`${sentence}.`, { cause: error });
  }
}

/** By its name, or else by the ending of the file that it is written to. */
function formatOf(name: string | undefined, out: string | undefined): ContractFormat {
  if (name !== undefined) return choice("--format", name, FORMATS);
  if (out === undefined) return "typescript";
  const [, format] = ENDINGS.find(([ending]) => out.endsWith(ending)) ?? [];
  if (format) return format;
  throw new Error(`${out} doesn't say what it is to be: add --format ${oneOf(FORMATS)}.`);
}

function someOf(files: readonly string[]): readonly string[] {
  if (files.length === 0) throw new Error("Name at least one recording.");
  return files;
}

const idsIn = (text: string): string[] =>
  text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");

const plainReporter = ({ reporter = "text" }: { reporter?: string }) =>
  choice("--reporter", reporter, ["text", "json"] as const);

function choice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((each) => each === value);
  if (found !== undefined) return found;
  throw new Error(`${option} is ${oneOf(choices)}, not ${value === "" ? "empty" : value}.`);
}

/** `a, b or c`. */
const oneOf = (choices: readonly string[]): string =>
  choices.join(", ").replace(/, ([^,]*)$/, " or $1");
