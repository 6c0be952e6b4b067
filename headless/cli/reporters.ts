import { ABOUT_RULES } from "../../core/rules/baseline-rules";
import type { Level } from "../../core/rules/rule";
import type { DailyFinding } from "../api";
import { plural } from "../failure-text";
import type { FailOn, ReporterName } from "./arguments";

/** What was found in a file. */
export type Checked = {
  readonly file: string;
  readonly findings: readonly DailyFinding[];
  readonly events: number;
  readonly skipped: number;
  readonly skippedWhy: string;
  /** Whether it could not be compared with the baseline, because its values are masked. */
  readonly isUncompared: boolean;
};

type CheckReport = {
  readonly version: string;
  readonly files: readonly Checked[];
  readonly failOn: FailOn;
  /** Ids of the rules that were applied. */
  readonly rules: readonly string[];
};

type Reporter = (report: CheckReport) => string;

/** Whether a level is one that a check fails on. */
export const isFailing = (level: Level, failOn: FailOn): boolean =>
  failOn === "warning" ? level !== "info" : failOn === level;

const INDENT = " ".repeat(10);

const text: Reporter = ({ files }) => {
  const parts = files.flatMap((each) => {
    const { file, findings, skipped, skippedWhy, isUncompared } = each;
    const notes = [
      ...(skipped > 0 ? [`  ${plural(skipped, "event")} left out; the first: ${skippedWhy}`] : []),
      ...(isUncompared ? ["  Not compared with the baseline: its values are masked"] : []),
    ];
    if (findings.length + notes.length === 0) return [];
    return [[file, ...notes, ...findings.flatMap(textLines)].join("\n")];
  });
  return `${[...parts, totals(files)].join("\n\n")}\n`;
};

const textLines = ({ level, rule, of, text: told, location, advice, docs }: DailyFinding) => [
  `  ${level.padEnd(7)} ${rule}  ${of}: ${told}`,
  ...(location === undefined ? [] : [`${INDENT}At ${location}`]),
  `${INDENT}To do: ${advice}`,
  `${INDENT}More: ${docs}`,
];

function totals(files: readonly Checked[]): string {
  const found = files.flatMap(({ findings }) => findings);
  const count = (level: Level) => found.filter((each) => each.level === level).length;
  const where = `in ${plural(files.length, "recording")}`;
  if (found.length === 0) return `No findings ${where}`;
  const counts = [
    plural(count("error"), "error"),
    plural(count("warning"), "warning"),
    `${count("info")} info`,
  ];
  return `${plural(found.length, "finding")} ${where}: ${counts.join(", ")}`;
}

const json: Reporter = ({ version, files, failOn }) =>
  `${JSON.stringify({ version, failOn, files }, undefined, 2)}\n`;

/** XML has no form for most control characters. */
const xml = (value: string): string =>
  value
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd")
    .replace(/[<>&"\t\r\n]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** Each recording is a suite, each rule a test. */
const junit: Reporter = ({ files, failOn, rules }) => {
  const suites = files.map(({ file, findings }) => {
    const cases = rules.map((rule) => {
      const found = findings.filter((each) => each.rule === rule);
      const failing = found.filter(({ level }) => isFailing(level, failOn));
      const told = found.map(({ of, text: what, advice }) => `${of}: ${what} ${advice}`).join("\n");
      const body =
        failing.length > 0
          ? `<failure type="${xml(rule)}" message="${xml(failing[0]?.text ?? "")}">${xml(told)}</failure>`
          : found.length > 0
            ? `<system-out>${xml(told)}</system-out>`
            : "";
      const xmlCase = `    <testcase classname="${xml(file)}" name="${xml(rule)}">${body}</testcase>`;
      return { xmlCase, isFailed: failing.length > 0 };
    });
    const failures = cases.filter(({ isFailed }) => isFailed).length;
    return {
      failures,
      xmlSuite: [
        `  <testsuite name="${xml(file)}" tests="${cases.length}" failures="${failures}">`,
        ...cases.map(({ xmlCase }) => xmlCase),
        "  </testsuite>",
      ].join("\n"),
    };
  });
  const failures = suites.reduce((sum, suite) => sum + suite.failures, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="inspector-for-daily" tests="${files.length * rules.length}" failures="${failures}">`,
    ...suites.map(({ xmlSuite }) => xmlSuite),
    "</testsuites>",
    "",
  ].join("\n");
};

const COMMANDS_OF_GITHUB: Readonly<Record<Level, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};
const escaped = (value: string): string =>
  value.replace(
    /[%\r\n]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
const escapedProperty = (value: string): string =>
  escaped(value).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** Commands of GitHub Actions, which it shows beside the run and the file. */
const github: Reporter = ({ files }) => {
  const lines = files.flatMap(({ file, findings }) =>
    findings.map(({ level, rule, of, text: told, advice, location }) => {
      const at = location === undefined ? "" : `\nAt ${location}`;
      const message = escaped(`${of}: ${told}${at}\n${advice}`);
      return `::${COMMANDS_OF_GITHUB[level]} file=${escapedProperty(file)},title=${escapedProperty(rule)}::${message}`;
    }),
  );
  return `${[...lines, totals(files)].join("\n")}\n`;
};

const LEVELS_OF_SARIF: Readonly<Record<Level, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** SARIF 2.1.0, the format of code scanning. */
const sarif: Reporter = ({ version, files, rules }) => {
  const applied = ABOUT_RULES.filter(({ id }) => rules.includes(id));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "inspector-for-daily",
            version,
            rules: applied.map(({ id, title, why, advice, docs, level }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: advice },
              helpUri: docs,
              defaultConfiguration: { level: LEVELS_OF_SARIF[level] },
            })),
          },
        },
        results: files.flatMap(({ file, findings }) =>
          findings.map(({ rule, level, of, text: told, count }) => ({
            ruleId: rule,
            ruleIndex: applied.findIndex(({ id }) => id === rule),
            level: LEVELS_OF_SARIF[level],
            message: { text: `${of}: ${told}` },
            occurrenceCount: count,
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) },
                  region: { startLine: 1 },
                },
              },
            ],
          })),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

export const REPORTS: Readonly<Record<ReporterName, Reporter>> = {
  text,
  json,
  junit,
  github,
  sarif,
};
