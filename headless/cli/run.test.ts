import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { ALL_RULES } from "../../core/rules/all-rules";
import type { PageEvent } from "../../extension/protocol/event";
import { findingsIn } from "../../core/testing/findings-in";
import { exampleOf } from "../../core/testing/message-rule-examples";
import { seatOf, session } from "../../core/testing/session-text";
import { imported } from "../../panel/testing/recording-files";
import { parseCommand, USAGE } from "./arguments";
import { judgeRecording } from "../judge-recording";
import { run } from "./run";

/** The file that an export of such a session is, a minute after its last event. */
function fileOf(text: string): string {
  const events = session(text);
  const ids = [...new Set(events.map((event) => seatOf(event)))];
  const callIds = (seat: string | undefined) => [
    ...new Set(events.filter((event) => seatOf(event) === seat).map(({ callId }) => callId)),
  ];
  return JSON.stringify({
    format: "daily-recording",
    version: 1,
    recordedAt: new Date(Math.max(...events.map(({ at }) => at)) + 60_000).toISOString(),
    page: { url: "https://app.example/", title: "App" },
    userAgent: "test",
    documents: ids.map((seat) => ({
      documentId: seat === undefined ? "page" : `page of ${seat}`,
      url: "https://app.example/",
      callIds: callIds(seat),
      dropped: 0,
      ...(seat !== undefined && { seat: { kind: "tab" } }),
    })),
    events,
  });
}

const SINS = `
  0 created
  5 refused send {"type":"hi"} because sendAppMessage() only supported after join.
  10 joined Ada with Bob
  20 send {"type":"cue"} to #nobody
  30 unheard {"type":"chat"} from Bob
  40 session-data replace {"score":1}
  900 session-state {"score":1}`;
const GOOD = `
  0 created
  10 joined Ada with Bob
  20 send {"type":"cue"} to Bob
  40 session-data replace {"score":2}
  900 session-state {"score":2}
  1000 updated Bob {"hand":true}`;

const BEFORE = `
  0 created
  10 joined Ada with Bob
  20 6 times every 10: send {"type":"hand","raised":true} to *`;
const AFTER = `
  0 created
  10 joined Ada with Bob
  20 send {"type":"hand","raised":"yes"} to *
  30 send {"type":"wave"} to *`;

const FILES: Readonly<Record<string, string>> = {
  "sins.json": fileOf(SINS),
  "good.json": fileOf(GOOD),
  "before.json": fileOf(BEFORE),
  "after.json": fileOf(AFTER),
  "masked.json": JSON.stringify({ ...(JSON.parse(fileOf(AFTER)) as object), masked: true }),
  "broken.json": '{"format":"daily-recording",',
  "other.json": "{}",
};
const written: Record<string, string> = {};
const call = (...args: string[]) =>
  run(args, "1.2.3", {
    read(file) {
      const text = FILES[file] ?? written[file];
      if (text === undefined) throw new Error("There is no such file.");
      return text;
    },
    write(file, text) {
      if (file.startsWith("no-folder/")) throw new Error("There is no such directory.");
      written[file] = text;
    },
  });

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
  const { out, err, code } = call("check", "broken.json", "other.json", "none.json", "good.json");
  expect(err.split("\n")).toEqual([
    expect.stringMatching(/^broken\.json: The file is not JSON, or not all of it: /),
    "other.json: This is JSON, but not a recording: a file that this panel exported is needed.",
    "none.json: There is no such file.",
    "",
  ]);
  expect(out).toBe("No findings in 1 recording\n");
  expect(code).toBe(2);
  expect(call("diff", "good.json", "none.json")).toMatchObject({ out: "", code: 2 });
});

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

test("names of people and files can't break the forms", () => {
  const file = 'a"<b>&%,:\n.json';
  const of = (reporter: string) =>
    run(["check", file, "--reporter", reporter], "1", { read: () => fileOf(SINS), write() {} }).out;
  expect(of("github").split("\n")[0]).toContain('file=a"<b>&%25%2C%3A%0A.json,title=');
  expect(of("junit")).toContain('classname="a&#34;&#60;b&#62;&#38;%,:&#10;.json"');
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
  expect(call("diff", "good.json", "good.json")).toEqual({
    out: "No differences\n",
    err: "",
    code: 0,
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
    [["before.json", "--out", "no-folder/c.ts"], "no-folder/c.ts: There is no such directory.\n"],
  ];
  for (const [args, err] of wrong)
    expect(call("contract", ...args)).toEqual({ out: "", err, code: 2 });
  expect(written).not.toHaveProperty("c.ts");
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
  const refused: [string, string][] = [
    [
      "good.json",
      "good.json: This is a recording, not a baseline: import it with Import recording.",
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

test("what is wrong with a command line is said first", () => {
  const wrong: [string[], string][] = [
    [[], "Say what to do: check, contract, summary, diff."],
    [["chek"], "There is no command chek. Did you mean check?"],
    [["bogus"], "There is no command bogus."],
    [["check", "a", "--except", "nope-rule"], "There is no rule nope-rule."],
    [["check"], "Name at least one recording."],
    [["diff", "a.json"], "Name two recordings to compare."],
    [["check", "a", "--fail-on", "info"], "--fail-on is error, warning, never, not info."],
    [["check", "a", "--reporter="], "--reporter is text, json, junit, github, sarif, not empty."],
    [["summary", "a", "--reporter", "sarif"], "--reporter is text, json, not sarif."],
    [
      ["check", "a", "--rules", "over-limits"],
      "There is no rule over-limits. Did you mean over-limit?",
    ],
    [["check", "a", "--loud"], "Unknown option '--loud'."],
    [
      ["check", "a", "--rules=not-in-baseline"],
      "The rule not-in-baseline needs a --baseline to compare with.",
    ],
    [["contract"], "Name at least one recording."],
    [
      ["contract", "a", "--out", "types.txt"],
      "types.txt doesn't say what it is to be: add --format typescript, json-schema, asyncapi, baseline.",
    ],
    [
      ["contract", "a", "--format", "ts"],
      "--format is typescript, json-schema, asyncapi, baseline, not ts.",
    ],
  ];
  for (const [args, sentence] of wrong) {
    const { err, out, code } = call(...args);
    expect([err.split("\n")[0], out, code]).toEqual([sentence, "", 2]);
  }
  expect(call("--help")).toMatchObject({ err: "", code: 0 });
  expect(call("--version").out).toBe("1.2.3\n");
  expect(parseCommand(["check", "a", "--rules", "over-limit, sent-before-join"])).toMatchObject({
    rules: ["over-limit", "sent-before-join"],
  });
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
