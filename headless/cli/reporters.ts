import { howMany } from "../../core/lib/texts";
import { ABOUT_BASELINE, ABOUT_RULES } from "../../core/rules/baseline-rules";
import type { Level } from "../../core/rules/rule";
import type { DailyFinding } from "../api";
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

/** A file that could not be checked, and why, as a sentence. */
export type Unread = { readonly file: string; readonly reason: string };

type CheckReport = {
  readonly version: string;
  readonly files: readonly Checked[];
  readonly unread: readonly Unread[];
  readonly failOn: FailOn;
  /** Ids of the rules that were applied. */
  readonly rules: readonly string[];
};

type Reporter = (report: CheckReport) => string;

/** Whether a level is one that a check fails on. */
export const isFailing = (level: Level, failOn: FailOn): boolean =>
  failOn === "warning" ? level !== "info" : failOn === level;

const INDENT = " ".repeat(10);

const UNCOMPARED = "Not compared with the baseline: its values are masked";

/** What wasn't checked in a file that was read. */
const notesOf = ({ skipped, skippedWhy, isUncompared }: Checked): string[] => [
  ...(skipped > 0 ? [`${howMany(skipped, "event")} left out; the first: ${skippedWhy}`] : []),
  ...(isUncompared ? [UNCOMPARED] : []),
];

/** Without the files that can't be read: those are told on the other output. */
const text: Reporter = ({ files }) => {
  if (files.length === 0) return "";
  const parts = files.flatMap((each) => {
    const { file, findings } = each;
    const notes = notesOf(each).map((note) => `  ${note}`);
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
  const where = `in ${howMany(files.length, "recording")}`;
  if (found.length === 0) return `No findings ${where}`;
  const counts = [
    howMany(count("error"), "error"),
    howMany(count("warning"), "warning"),
    `${count("info")} info`,
  ];
  return `${howMany(found.length, "finding")} ${where}: ${counts.join(", ")}`;
}

const json: Reporter = ({ version, files, unread, failOn }) =>
  `${JSON.stringify({ version, failOn, files, unread }, undefined, 2)}\n`;

/** XML has no form for most control characters. */
const xml = (value: string): string =>
  value
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd")
    .replace(/[<>&"\t\r\n]/g, (mark) => `&#${mark.charCodeAt(0)};`);

type XmlCase = { readonly name: string; readonly body: string };

function xmlSuite(file: string, cases: readonly XmlCase[], notes: readonly string[] = []): string {
  return [
    `  <testsuite name="${xml(file)}" ${tallyOf(cases)}>`,
    ...cases.map(
      ({ name, body }) =>
        `    <testcase classname="${xml(file)}" name="${xml(name)}">${body}</testcase>`,
    ),
    ...(notes.length === 0 ? [] : [`    <system-out>${xml(notes.join("\n"))}</system-out>`]),
    "  </testsuite>",
  ].join("\n");
}

/** How many of some tests ended how, as attributes. */
function tallyOf(cases: readonly XmlCase[]): string {
  const count = (element: string) =>
    cases.filter(({ body }) => body.startsWith(`<${element}`)).length;
  return `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}

/** A rule as a test. */
function xmlCase(rule: string, { findings, isUncompared }: Checked, failOn: FailOn): XmlCase {
  const found = findings.filter((each) => each.rule === rule);
  const failing = found.find(({ level }) => isFailing(level, failOn));
  const told = xml(
    found.map(({ of, text: what, advice }) => `${of}: ${what} ${advice}`).join("\n"),
  );
  const wasSkipped = isUncompared && ABOUT_BASELINE.some(({ id }) => id === rule);
  const body = wasSkipped
    ? `<skipped message="${xml(UNCOMPARED)}"/>`
    : failing
      ? `<failure type="${xml(rule)}" message="${xml(failing.text)}">${told}</failure>`
      : found.length > 0
        ? `<system-out>${told}</system-out>`
        : "";
  return { name: rule, body };
}

/** Each recording is a suite, each rule a test. */
const junit: Reporter = ({ files, unread, failOn, rules }) => {
  const checked = files.map((each) => ({
    file: each.file,
    cases: rules.map((rule) => xmlCase(rule, each, failOn)),
    notes: notesOf(each),
  }));
  const failed = unread.map(({ file, reason }) => ({
    file,
    cases: [{ name: "recording", body: `<error type="unread" message="${xml(reason)}"/>` }],
    notes: [],
  }));
  const suites = [...checked, ...failed];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="inspector-for-daily" ${tallyOf(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.map(({ file, cases, notes }) => xmlSuite(file, cases, notes)),
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

const command = (name: string, file: string, title: string, message: string): string =>
  `::${name} file=${escapedProperty(file)},title=${escapedProperty(title)}::${escaped(message)}`;

/** Commands of GitHub Actions, which it shows beside the run and the file. */
const github: Reporter = ({ files, unread }) => {
  const lines = files.flatMap((each) => [
    ...notesOf(each).map((note) => command("notice", each.file, "Not checked", note)),
    ...each.findings.map(({ level, rule, of, text: told, advice, location }) => {
      const at = location === undefined ? "" : `\nAt ${location}`;
      const name = COMMANDS_OF_GITHUB[level];
      return command(name, each.file, rule, `${of}: ${told}${at}\n${advice}`);
    }),
  ]);
  const missing = unread.map(({ file, reason }) => command("error", file, "Not read", reason));
  const end = files.length === 0 ? [] : [totals(files)];
  return `${[...lines, ...missing, ...end].join("\n")}\n`;
};

const LEVELS_OF_SARIF: Readonly<Record<Level, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

const sarifLocations = (file: string) => [
  {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) },
      region: { startLine: 1 },
    },
  },
];

const notification = (level: "error" | "note", file: string, message: string) => ({
  level,
  message: { text: message },
  locations: sarifLocations(file),
});

/** SARIF 2.1.0, the format of code scanning. */
const sarif: Reporter = ({ version, files, unread, rules }) => {
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
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: [
              ...unread.map(({ file, reason }) => notification("error", file, reason)),
              ...files.flatMap((each) =>
                notesOf(each).map((note) => notification("note", each.file, note)),
              ),
            ],
          },
        ],
        results: files.flatMap(({ file, findings }) =>
          findings.map(({ rule, level, of, text: told, count }) => ({
            ruleId: rule,
            ruleIndex: applied.findIndex(({ id }) => id === rule),
            level: LEVELS_OF_SARIF[level],
            message: { text: `${of}: ${told}` },
            occurrenceCount: count,
            locations: sarifLocations(file),
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
