import { expect, test } from "vitest";

import { ALL_RULES } from "../../core/rules/all-rules";
import { call, fileOf, SINS } from "../testing/command-line";
import { run } from "./run";

test("reporters say the same in their own forms", () => {
  const json = JSON.parse(call("check", "sins.json", "--reporter", "json").out) as {
    files: { findings: { rule: string }[] }[];
  };
  const rules = json.files[0]?.findings.map(({ rule }) => rule) ?? [];
  expect(rules).toContain("sent-before-join");
  const github = call("check", "sins.json", "--reporter", "github").out;
  expect(github).toContain("::error file=sins.json,title=sent-before-join::Ada: sendAppMessage()");
  expect(github.match(/^::/gm)).toHaveLength(rules.length);
  const junit = call("check", "sins.json", "--reporter", "junit").out;
  expect(junit).toContain('<testcase classname="sins.json" name="sent-before-join"><failure');
  expect(junit).toContain(`tests="${ALL_RULES.length}" failures="1"`);
  const sarif = JSON.parse(call("check", "sins.json", "--reporter", "sarif").out) as {
    version: string;
    runs: {
      results: { ruleId: string; ruleIndex: number }[];
      tool: { driver: { rules: { id: string }[] } };
    }[];
  };
  const [first] = sarif.runs;
  expect(sarif.version).toBe("2.1.0");
  expect(first?.results.map(({ ruleId }) => ruleId)).toEqual(rules);
  for (const { ruleId, ruleIndex } of first?.results ?? [])
    expect(first?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test("a file that can't be read is in every report", () => {
  const check = (reporter: string, ...files: string[]) =>
    call("check", ...files, "--reporter", reporter);
  const reason = "There is no such file.";
  for (const files of [["good.json", "none.json"], ["none.json"]]) {
    const of = (reporter: string) => {
      const { out, err, code } = check(reporter, ...files);
      expect([err, code]).toEqual([`none.json: ${reason}\n`, 2]);
      return out;
    };
    expect(JSON.parse(of("json"))).toMatchObject({ unread: [{ file: "none.json", reason }] });
    expect(of("github")).toContain(`::error file=none.json,title=Not read::${reason}\n`);
    expect(of("junit"))
      .toContain(`  <testsuite name="none.json" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="none.json" name="recording"><error type="unread" message="${reason}"/></testcase>
  </testsuite>`);
    expect(of("junit")).toMatch(/^<testsuites .* failures="0" errors="1" skipped="0">$/m);
    expect(JSON.parse(of("sarif"))).toMatchObject({
      runs: [
        {
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [{ level: "error", message: { text: reason } }],
            },
          ],
        },
      ],
    });
  }
  expect(check("text", "none.json").out).toBe("");
  expect(JSON.parse(check("sarif", "good.json").out)).toMatchObject({
    runs: [{ invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }] }],
  });
});

test("names of people and files can't break the forms", () => {
  const file = 'a"<b>&%,:\n.json';
  const of = (reporter: string) =>
    run(["check", file, "--reporter", reporter], "1", {
      read: () => fileOf(SINS),
      write() {},
      isSame: () => false,
    }).out;
  expect(of("github").split("\n")[0]).toContain('file=a"<b>&%25%2C%3A%0A.json,title=');
  expect(of("junit")).toContain('classname="a&#34;&#60;b&#62;&#38;%,:&#10;.json"');
});
