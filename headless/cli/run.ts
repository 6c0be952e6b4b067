import { howMany } from "../../core/lib/texts";
import type { Contract } from "../../core/contract/contract";
import { ALL_RULES } from "../../core/rules/all-rules";
import { RULE_IDS } from "../../core/rules/baseline-rules";
import { readContract } from "../contract-file";
import { describeFinding } from "../describe";
import { createFindingsTest } from "../findings-test";
import { type Command, parseCommand, USAGE } from "./arguments";
import { compareSummaries, differenceLines } from "./diff";
import { type JudgedRecording, judgeRecording } from "../judge-recording";
import { isSameFile, readText, writeText } from "../text-file";
import { contractText } from "./contract";
import { type Checked, isFailing, REPORTS, type Unread } from "./reporters";
import { type Summary, summaryOf, summaryText } from "./summary";

/** What a run comes to: texts for the two outputs, and the exit code. */
export type RunResult = {
  readonly out: string;
  readonly err: string;
  /** 0: nothing found. 1: something found. 2: it couldn't be done, as the usage says. */
  readonly code: 0 | 1 | 2;
};

/** Texts of files, read and written: both throw an Error with a sentence. */
type Disk = {
  readonly read: (file: string) => string;
  readonly write: (file: string, text: string) => void;
  /** Whether two names are of one file. */
  readonly isSame: (a: string, b: string) => boolean;
};

/** Runs a command line. Never throws. `disk`: where files are, for tests. */
export function run(
  args: readonly string[],
  version: string,
  disk: Disk = { read: readText, write: writeText, isSame: isSameFile },
): RunResult {
  let command: Command;
  try {
    command = parseCommand(args);
  } catch (error) {
    return { out: "", err: `${messageOf(error)}\n\n${USAGE}`, code: 2 };
  }
  if (command.kind === "help") return { out: USAGE, err: "", code: 0 };
  if (command.kind === "version") return { out: `${version}\n`, err: "", code: 0 };
  try {
    return carryOut(command, version, disk);
  } catch (error) {
    return { out: "", err: `${messageOf(error)}\n`, code: 2 };
  }
}

type Done = { readonly out: string; readonly isBad: boolean };
type Of<K extends Command["kind"]> = Extract<Command, { kind: K }>;

/** Does what is to be done with files. Throws an Error with a sentence where that is not possible at all. */
function carryOut(
  command: Exclude<Command, Of<"help" | "version">>,
  version: string,
  { read, write, isSame }: Disk,
): RunResult {
  const { kind } = command;
  const out = kind === "contract" ? command.out : undefined;
  if (out !== undefined && command.files.some((each) => isSame(each, out)))
    throw new Error(`${out} is one of the recordings: name another file to write.`);
  const file = kind === "check" ? command.baseline : undefined;
  const baseline = file === undefined ? undefined : readContract(file, file, read);
  const { files, unread } = readAll(command.files, read, baseline?.contract);
  const err = unread.map(({ file: name, reason }) => `${name}: ${reason}\n`).join("");
  // A part of what was asked for would look like all of it.
  if ((kind === "diff" || kind === "contract") && unread.length > 0)
    return { out: "", err, code: 2 };
  const done =
    kind === "check"
      ? check(command, { files, unread }, version)
      : kind === "contract"
        ? contract(command, files, write)
        : kind === "summary"
          ? summarise(command, files)
          : compare(command, files);
  return { out: done.out, err, code: unread.length > 0 ? 2 : done.isBad ? 1 : 0 };
}

function check(
  { failOn, rules, except, baseline, reporter }: Of<"check">,
  { files, unread }: ReadFiles,
  version: string,
): Done {
  const isWanted = createFindingsTest({ ...(rules && { rules }), except });
  const checked = files.map(({ file, head, scene, judge, skipped, skippedWhy }): Checked => {
    const findings = judge.findings().filter(isWanted);
    return {
      file,
      findings: findings.map((finding) => describeFinding(finding, scene)),
      events: scene.log.nextIndex,
      skipped,
      skippedWhy,
      isUncompared: baseline !== undefined && head.isMasked,
    };
  });
  const applied = (baseline === undefined ? ALL_RULES.map(({ id }) => id) : RULE_IDS).filter(
    (id) => (rules?.includes(id) ?? true) && !except.includes(id),
  );
  return {
    out: REPORTS[reporter]({ version, files: checked, unread, failOn, rules: applied }),
    isBad: checked.some(({ findings }) => findings.some(({ level }) => isFailing(level, failOn))),
  };
}

function contract(
  { out, format }: Of<"contract">,
  files: readonly JudgedRecording[],
  write: Disk["write"],
): Done {
  const text = contractText(files, format);
  if (out === undefined) return { out: text, isBad: false };
  try {
    write(out, text);
  } catch (error) {
    throw new Error(`${out}: ${messageOf(error)}`, { cause: error });
  }
  return { out: `${out} is written, from ${howMany(files.length, "recording")}\n`, isBad: false };
}

function summarise({ reporter }: Of<"summary">, files: readonly JudgedRecording[]): Done {
  if (files.length === 0) return { out: "", isBad: false };
  const summaries = files.map((each) => ({ file: each.file, ...summaryOf(each) }));
  const out =
    reporter === "json"
      ? JSON.stringify(summaries, undefined, 2)
      : summaries.map(({ file, ...summary }) => summaryText(file, summary)).join("\n\n");
  return { out: `${out}\n`, isBad: false };
}

function compare({ reporter }: Of<"diff">, files: readonly JudgedRecording[]): Done {
  const masked = files.filter(({ head }) => head.isMasked);
  if (masked.length === 1)
    throw new Error(
      `${masked[0]?.file}: Its values are masked and those of the other recording aren't, so they can't be compared.`,
    );
  const [before, after] = files.map(summaryOf) as [Summary, Summary];
  const found = compareSummaries(before, after);
  const lines = found.length === 0 ? ["No differences"] : differenceLines(found);
  const out = reporter === "json" ? JSON.stringify(found, undefined, 2) : lines.join("\n");
  return { out: `${out}\n`, isBad: found.length > 0 };
}

type ReadFiles = {
  readonly files: readonly JudgedRecording[];
  readonly unread: readonly Unread[];
};

function readAll(
  names: readonly string[],
  read: Disk["read"],
  baseline: Contract | undefined,
): ReadFiles {
  const files: JudgedRecording[] = [];
  const unread: Unread[] = [];
  for (const file of names) {
    try {
      files.push(judgeRecording(file, read(file), baseline));
    } catch (error) {
      unread.push({ file, reason: messageOf(error) });
    }
  }
  return { files, unread };
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
