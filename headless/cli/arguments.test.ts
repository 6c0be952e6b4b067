import { expect, test } from "vitest";

import { parseCommand } from "./arguments";
import { run } from "./run";

test("what is wrong with a command line is said first", () => {
  const wrong: [string[], string][] = [
    [[], "Say what to do: check, contract, summary or diff."],
    [["chek"], "There is no command chek. Did you mean check?"],
    [["bogus"], "There is no command bogus."],
    [["check", "a", "--except", "nope-rule"], "There is no rule nope-rule."],
    [["check"], "Name at least one recording."],
    [["diff", "a.json"], "Name two recordings to compare."],
    [["check", "a", "--fail-on", "info"], "--fail-on is error, warning or never, not info."],
    [["check", "a", "--reporter="], "--reporter is text, json, junit, github or sarif, not empty."],
    [["summary", "a", "--reporter", "sarif"], "--reporter is text or json, not sarif."],
    [
      ["check", "a", "--rules", "over-limits"],
      "There is no rule over-limits. Did you mean over-limit?",
    ],
    [["check", "a", "--loud"], "Unknown option '--loud'."],
    [
      ["check", "a", "--rules=not-in-baseline"],
      "The rule not-in-baseline needs a --baseline to compare with.",
    ],
    [["check", "a", "--rules", ""], "--rules names no rule."],
    [["check", "a", "--rules= , "], "--rules names no rule."],
    [
      ["check", "a", "--rules=over-limit", "--except=over-limit"],
      "--except leaves none of --rules.",
    ],
    [["check", "a", "--out", "x"], "--out is for contract, not for check."],
    [
      ["contract", "a", "--reporter=json"],
      "--reporter is for check, summary or diff, not for contract.",
    ],
    [["check", "a", "--baseline="], "--baseline is empty: name a file."],
    [["contract", "a", "--out=", "--format=baseline"], "--out is empty: name a file."],
    [["diff", "a", ""], "The name of a file is empty."],
    [["contract"], "Name at least one recording."],
    [
      ["contract", "a", "--out", "types.txt"],
      "types.txt doesn't say what it is to be: add --format typescript, json-schema, asyncapi or baseline.",
    ],
    [
      ["contract", "a", "--format", "ts"],
      "--format is typescript, json-schema, asyncapi or baseline, not ts.",
    ],
  ];
  for (const [args, sentence] of wrong) {
    const { err, out, code } = run(args, "1.2.3");
    expect([err.split("\n")[0], out, code]).toEqual([sentence, "", 2]);
  }
  expect(run(["--help"], "1.2.3")).toMatchObject({ err: "", code: 0 });
  expect(run(["--version"], "1.2.3").out).toBe("1.2.3\n");
  expect(parseCommand(["check", "a", "--rules", "over-limit, sent-before-join"])).toMatchObject({
    rules: ["over-limit", "sent-before-join"],
  });
});
