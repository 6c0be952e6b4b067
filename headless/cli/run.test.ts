import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { ALL_RULES } from "../../core/rules/all-rules";
import { ABOUT_BASELINE } from "../../core/rules/baseline-rules";
import type { PageEvent } from "../../extension/protocol/event";
import { findingsIn } from "../../core/testing/findings-in";
import { exampleOf } from "../../core/testing/message-rule-examples";
import { seatOf, session } from "../../core/testing/session-text";
import { imported } from "../../panel/testing/recording-files";
import { USAGE } from "./arguments";
import { judgeRecording } from "../judge-recording";
import { call, fileOf, written } from "../testing/command-line";

describe.each(ALL_RULES)("$id", ({ id }) => {
  const { fires, passes } = exampleOf(id);

  test.each([fires, passes])(
    "is found alike by the command line, the engine and the panel (%#)",
    async (text) => {
      const told = (findings: readonly { id: string; count: number; firstSeqs: number[] }[]) =>
        findings.map((found) => `${found.id} ${found.count} ${found.firstSeqs.join()}`).toSorted();
      const byCommandLine = told(judgeRecording("a.json", fileOf(text)).judge.findings());
      expect(byCommandLine).toEqual(told(findingsIn(text, "recorded")));
      const { store } = await imported(fileOf(text));
      const { findings } = store;
      const own = session(text).filter((event: PageEvent) => seatOf(event) === undefined);
      await expect
        .poll(() => findings.current.value, { timeout: 4_000 })
        .toMatchObject({ events: own.length, isComplete: true });
      await expect
        .poll(() => told(findings.current.value.findings), { timeout: 4_000 })
        .toEqual(byCommandLine);
    },
  );
});

test("a check tells what was found and what to do, and fails on errors unless told otherwise", () => {
  const { out, err, code } = call("check", "sins.json", "good.json");
  expect(out).toMatchInlineSnapshot(`
    "sins.json
      error   sent-before-join  Ada: sendAppMessage() was called 1 time before the join.
              To do: Wait for the \`joined-meeting\` event, or for the promise of \`join()\`, before you send.
              More: https://docs.daily.co/reference/daily-js/instance-methods/send-app-message
      warning recipient-unknown  Ada: 1 message of type cue went to 1 id that no one has: nobody.
              To do: Take recipients from \`call.participants()\` at the moment of sending. A session id is new on every join: do not store it.
              More: https://docs.daily.co/reference/daily-js/instance-methods/send-app-message
      warning nobody-listened  Ada: 1 message of type chat from Bob had no listener.
              To do: Add the listener before you call \`join()\`. In React, mount what listens above what comes and goes.
              More: https://docs.daily.co/reference/daily-js/events/messaging-events

    3 findings in 2 recordings: 1 error, 2 warnings, 0 info
    "
  `);
  expect([err, code]).toEqual(["", 1]);
  expect(call("check", "good.json")).toEqual({
    out: "No findings in 1 recording\n",
    err: "",
    code: 0,
  });
  expect(call("check", "sins.json", "--fail-on", "never").code).toBe(0);
  expect(call("check", "sins.json", "--except", "sent-before-join").code).toBe(0);
  expect(call("check", "sins.json", "--except=sent-before-join", "--fail-on=warning").code).toBe(1);
  expect(call("check", "sins.json", "--rules", "payload-too-deep").err).toContain("no rule");
});

test("a file that can't be read gets a sentence, the others are checked, and the run is no success", () => {
  call("contract", "before.json", "--out", "contracts.json");
  const { out, err, code } = call(
    "check",
    "broken.json",
    "other.json",
    "traffic.har",
    "contracts.json",
    "none.json",
    "good.json",
  );
  expect(err.split("\n")).toEqual([
    expect.stringMatching(/^broken\.json: The file is not JSON, or not all of it: /),
    "other.json: This is JSON, but not a recording of the panel or of a test.",
    "traffic.har: This is a HAR file, not a recording.",
    "contracts.json: This is a baseline, not a recording: name it with --baseline.",
    "none.json: There is no such file.",
    "",
  ]);
  expect(out).toBe("No findings in 1 recording\n");
  expect(code).toBe(2);
  expect(call("diff", "good.json", "none.json")).toMatchObject({ out: "", code: 2 });
});

test("a summary has calls, messages and findings", () => {
  expect(call("summary", "sins.json").out).toMatchInlineSnapshot(`
    "sins.json
      Recorded 2026-01-01T12:01:00.900Z on https://app.example/
      7 events in 900 ms
      Calls
        Ada, joined, https://you.daily.co/qa, daily-js 0.92.2
      App messages
        chat  sent 0, received 1
        cue   sent 1, received 0
      Findings: 1 error, 2 warnings, 0 info
        nobody-listened 1
        recipient-unknown 1
        sent-before-join 1
    "
  `);
  expect(JSON.parse(call("summary", "good.json", "--reporter=json").out)).toMatchObject([
    { file: "good.json", messages: { cue: { sent: 1, received: 0 } }, sessionData: { score: 2 } },
  ]);
});

test("two recordings are compared by messages, state and findings", () => {
  const { out, code } = call("diff", "sins.json", "good.json");
  expect(out).toMatchInlineSnapshot(`
    "- messages.chat: {sent: 0, received: 1}
    ~ sessionData.score: 1 → 2
    + userData.Bob: {hand: true}
    - findings["nobody-listened"]: 1
    - findings["recipient-unknown"]: 1
    - findings["sent-before-join"]: 1
    "
  `);
  expect(code).toBe(1);
  for (const file of ["good.json", "masked.json"])
    expect(call("diff", file, file)).toEqual({ out: "No differences\n", err: "", code: 0 });
  // Placeholders differ from all values.
  expect(call("diff", "after.json", "masked.json")).toEqual({
    out: "",
    err: "masked.json: Its values are masked and those of the other recording aren't, so they can't be compared.\n",
    code: 2,
  });
});

test("the types of recordings are written as code, as a schema and as a baseline", () => {
  const said = call("contract", "before.json", "good.json", "--out", "types.ts");
  expect(said).toEqual({ out: "types.ts is written, from 2 recordings\n", err: "", code: 0 });
  expect(written["types.ts"]).toContain("export type Hand = {");
  expect(written["types.ts"]).toContain("export type Cue = {");
  const endings = { "a.schema.json": "$schema", "a.asyncapi.json": "asyncapi", "a.json": "origin" };
  for (const [file, key] of Object.entries(endings)) {
    expect(call("contract", "before.json", "--out", file).code).toBe(0);
    expect(JSON.parse(written[file] ?? "")).toHaveProperty(key);
  }
  expect(call("contract", "before.json", "--format=asyncapi", "--out=b.json").code).toBe(0);
  expect(written["b.json"]).toBe(written["a.asyncapi.json"]);
  expect(call("contract", "before.json", "--format=baseline").out).toBe(written["a.json"]);
  // What would be a part of it isn't written.
  const wrong: [string[], string][] = [
    [["good.json", "none.json", "--out", "c.ts"], "none.json: There is no such file.\n"],
    [["masked.json"], "masked.json: Its values are masked, so its types can't be learned.\n"],
    [["quiet.json"], "Nothing was sent or received: there are no types.\n"],
    [["before.json", "--out", "no-folder/c.ts"], "no-folder/c.ts: There is no such directory.\n"],
    [
      ["good.json", "before.json", "--out", "before.json"],
      "before.json is one of the recordings: name another file to write.\n",
    ],
  ];
  for (const [args, err] of wrong)
    expect(call("contract", ...args)).toEqual({ out: "", err, code: 2 });
  expect(written).not.toHaveProperty("c.ts");
  expect(written).not.toHaveProperty(["before.json"]);
});

test("a check tells what departs from a baseline, in all forms", () => {
  call("contract", "before.json", "--out", "contracts.json");
  const check = (...args: string[]) =>
    call("check", "after.json", "--baseline", "contracts.json", ...args);
  const { out, err, code } = check();
  expect(out).toMatchInlineSnapshot(`
    "after.json
      error   departs-from-baseline  Ada: In hand, raised is of type string, not boolean as in the baseline (6 messages). Seen in 1 message.
              To do: If the app has changed on purpose, keep a new baseline: in the Types tab, with \`inspector-for-daily contract\`, or in tests with \`--update-snapshots\`. If not, correct what sends it.
              More: https://docs.daily.co/docs/daily-js/guides/custom-messages
      warning not-in-baseline  Ada: Type wave isn’t in the baseline. Seen in 1 message.
              To do: If the app has changed on purpose, keep a new baseline: in the Types tab, with \`inspector-for-daily contract\`, or in tests with \`--update-snapshots\`. If not, correct what sends it.
              More: https://docs.daily.co/docs/daily-js/guides/custom-messages

    2 findings in 1 recording: 1 error, 1 warning, 0 info
    "
  `);
  expect([err, code]).toEqual(["", 1]);
  expect(call("check", "before.json", "--baseline", "contracts.json").code).toBe(0);
  expect(call("check", "after.json").code).toBe(0);
  expect(check("--except", "departs-from-baseline").code).toBe(0);
  expect(check("--except", "departs-from-baseline", "--fail-on=warning").code).toBe(1);
  expect(check("--rules", "not-in-baseline").out).toContain("1 finding in 1 recording");
  expect(check("--reporter", "github").out).toContain(
    "::error file=after.json,title=departs-from-baseline::Ada: In hand, raised is",
  );
  expect(check("--reporter", "junit").out).toContain(
    '<testcase classname="after.json" name="departs-from-baseline"><failure',
  );
  const sarif = JSON.parse(check("--reporter", "sarif").out) as {
    runs: { results: { ruleIndex: number }[]; tool: { driver: { rules: { id: string }[] } } }[];
  };
  expect(
    sarif.runs[0]?.results.map(({ ruleIndex }) => sarif.runs[0]?.tool.driver.rules[ruleIndex]?.id),
  ).toEqual(["departs-from-baseline", "not-in-baseline"]);
  expect(JSON.parse(check("--reporter", "json").out)).toMatchObject({
    files: [{ findings: [{ rule: "departs-from-baseline", type: "hand", of: "Ada" }, {}] }],
  });
});

test("what can't be compared with a baseline says so", () => {
  call("contract", "before.json", "--out", "contracts.json");
  expect(call("check", "masked.json", "--baseline", "contracts.json")).toEqual({
    out: `masked.json
  Not compared with the baseline: its values are masked

No findings in 1 recording
`,
    err: "",
    code: 0,
  });
  const masked = (...args: string[]) =>
    call("check", "masked.json", "--baseline", "contracts.json", ...args).out;
  const why = "Not compared with the baseline: its values are masked";
  for (const { id } of ABOUT_BASELINE)
    expect(masked("--reporter=junit")).toContain(
      `<testcase classname="masked.json" name="${id}"><skipped message="${why}"/></testcase>`,
    );
  expect(masked("--reporter=junit")).toContain('failures="0" errors="0" skipped="2"');
  expect(masked("--reporter=github")).toContain(
    `::notice file=masked.json,title=Not checked::${why}\n`,
  );
  expect(JSON.parse(masked("--reporter=sarif"))).toMatchObject({
    runs: [
      {
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [{ level: "note", message: { text: why } }],
          },
        ],
      },
    ],
  });
  const refused: [string, string][] = [
    [
      "good.json",
      "good.json: This is a recording, not a baseline: make one from it with `inspector-for-daily contract`.",
    ],
    ["broken.json", "broken.json: The file isn't JSON, or not all of it: "],
    ["none.json", "none.json: There is no such file."],
  ];
  for (const [baseline, sentence] of refused) {
    const { out, err, code } = call("check", "good.json", "--baseline", baseline);
    expect([out, code]).toEqual(["", 2]);
    expect(err).toContain(sentence);
    expect(err.trimEnd()).not.toContain("\n");
  }
});

test("the page on the command line shows what it prints", () => {
  const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
  expect(page).toContain(`\`\`\`text\n${USAGE}\`\`\``);
  call("contract", "before.json", "--out", "contracts.json");
  expect(page).toContain(`\`\`\`ts\n${call("contract", "before.json").out}\`\`\``);
  for (const args of [
    ["check", "sins.json", "good.json"],
    ["check", "after.json", "--baseline", "contracts.json"],
    ["summary", "sins.json"],
    ["diff", "sins.json", "good.json"],
  ])
    expect(page).toContain(`\`\`\`text\n${call(...args).out}\`\`\``);
});
