import { ALL_RULES } from "../../core/rules/all-rules";
import { describeFinding } from "../describe";
import { createFindingsTest } from "../findings-test";
import { type Command, parseCommand, USAGE } from "./arguments";
import { compareSummaries, differenceLines } from "./diff";
import type { JudgedRecording } from "../judge-recording";
import { readFile } from "./read-file";
import { type Checked, isFailing, REPORTS } from "./reporters";
import { type Summary, summaryOf, summaryText } from "./summary";

/** What a run comes to: texts for the two outputs, and the exit code. */
export type RunResult = {
  readonly out: string;
  readonly err: string;
  /** 0: nothing found. 1: something found. 2: wrong usage, or a file that can't be read. */
  readonly code: 0 | 1 | 2;
};

type Read = (file: string) => string;

/** Runs a command line. Never throws. `read`: the text of a file, for tests. */
export function run(args: readonly string[], version: string, read?: Read): RunResult {
  let command: Command;
  try {
    command = parseCommand(args);
  } catch (error) {
    return { out: "", err: `${messageOf(error)}\n\n${USAGE}`, code: 2 };
  }
  if (command.kind === "help") return { out: USAGE, err: "", code: 0 };
  if (command.kind === "version") return { out: `${version}\n`, err: "", code: 0 };
  const { files, unread } = readAll(command.files, read);
  const err = unread.map((line) => `${line}\n`).join("");
  // A part of what was asked for would look like all of it.
  if (command.kind === "diff" && unread.length > 0) return { out: "", err, code: 2 };
  const { out, isBad } =
    command.kind === "check"
      ? check(command, files, version)
      : command.kind === "summary"
        ? summarise(command, files)
        : compare(command, files);
  return { out: files.length === 0 ? "" : out, err, code: unread.length > 0 ? 2 : isBad ? 1 : 0 };
}

type Done = { readonly out: string; readonly isBad: boolean };
type Of<K extends Command["kind"]> = Extract<Command, { kind: K }>;

function check(
  { failOn, rules, except, reporter }: Of<"check">,
  files: readonly JudgedRecording[],
  version: string,
): Done {
  const isWanted = createFindingsTest({ ...(rules && { rules }), except });
  const checked = files.map(({ file, scene, judge, skipped, skippedWhy }): Checked => {
    const findings = judge.findings().filter(isWanted);
    return {
      file,
      findings: findings.map((finding) => describeFinding(finding, scene)),
      events: scene.log.nextIndex,
      skipped,
      skippedWhy,
    };
  });
  const applied = ALL_RULES.map(({ id }) => id).filter(
    (id) => (rules?.includes(id) ?? true) && !except.includes(id),
  );
  return {
    out: REPORTS[reporter]({ version, files: checked, failOn, rules: applied }),
    isBad: checked.some(({ findings }) => findings.some(({ level }) => isFailing(level, failOn))),
  };
}

function summarise({ reporter }: Of<"summary">, files: readonly JudgedRecording[]): Done {
  const summaries = files.map((each) => ({ file: each.file, ...summaryOf(each) }));
  const out =
    reporter === "json"
      ? JSON.stringify(summaries, undefined, 2)
      : summaries.map(({ file, ...summary }) => summaryText(file, summary)).join("\n\n");
  return { out: `${out}\n`, isBad: false };
}

function compare({ reporter }: Of<"diff">, files: readonly JudgedRecording[]): Done {
  const [before, after] = files.map(summaryOf) as [Summary, Summary];
  const found = compareSummaries(before, after);
  const lines = found.length === 0 ? ["No differences"] : differenceLines(found);
  const out = reporter === "json" ? JSON.stringify(found, undefined, 2) : lines.join("\n");
  return { out: `${out}\n`, isBad: found.length > 0 };
}

function readAll(names: readonly string[], read: Read | undefined) {
  const files: JudgedRecording[] = [];
  const unread: string[] = [];
  for (const name of names) {
    try {
      files.push(readFile(name, read));
    } catch (error) {
      unread.push(`${name}: ${messageOf(error)}`);
    }
  }
  return { files, unread };
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
