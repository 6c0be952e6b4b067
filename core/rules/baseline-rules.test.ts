import { expect, test } from "vitest";

import { learnLog } from "../contract/learn-log";
import { BASELINE_EXAMPLES } from "../testing/baseline-rule-examples";
import { findingsIn } from "../testing/findings-in";
import { logOf } from "../testing/log-of-text";
import { ABOUT_BASELINE, ABOUT_RULES } from "./baseline-rules";

const BEFORE = `
  0 joined Ada with Bob
  10 6 times every 10: send {"type":"hand","raised":true,"mode":"up"} to *
  100 received {"type":"chat","text":"hi"} from Bob
  200 session-data replace {"score":1}
  900 session-state {"score":1}
  1000 user-data {"hand":true}`;

function baselineOf(text: string) {
  const log = logOf(text);
  return learnLog(log, log.entries);
}

const IDS = new Set(ABOUT_BASELINE.map(({ id }) => id));
const told = (text: string, before = BEFORE, how: "live" | "recorded" = "live") =>
  findingsIn(text, how, baselineOf(before))
    .filter(({ rule }) => IDS.has(rule.id))
    .map(
      (finding) =>
        `${finding.rule.id} #${finding.firstSeqs.join()} ${finding.rule.tell(finding, String)}`,
    );

test("what departs from a baseline is found once for each place, with its events", () => {
  const text = `
    0 joined Ada with Bob
    10 send {"type":"hand","raised":"yes","mode":"up"} to *
    20 send {"type":"hand","raised":"no","mode":"down"} to *
    30 received {"type":"hand","mode":"my own words"} from Bob
    40 received {"type":"chat","text":"hi","lang":"en"} from Bob
    50 send {"type":"fresh"} to *
    60 session-state {"score":"one"}
    70 user-data "up"`;
  const found = told(text);
  expect(found).toMatchInlineSnapshot(`
    [
      "departs-from-baseline #2,3 In hand, raised is of type string, not boolean as in the baseline (6 messages). Seen in 2 messages.",
      "departs-from-baseline #3,4 In hand, mode isn’t up, the only word of the baseline (6 messages). Seen in 2 messages. The last time it was text of 12 characters.",
      "departs-from-baseline #4 In hand, raised is missing; it was in all of the baseline (6 messages), of type boolean. Seen in 1 message.",
      "not-in-baseline #5 In chat, lang isn’t in the baseline (1 message); it is of type string. Seen in 1 message.",
      "not-in-baseline #6 Type fresh isn’t in the baseline. Seen in 1 message.",
      "departs-from-baseline #7 In session data, score is of type string, not integer as in the baseline (1 value). Seen in 1 value.",
      "departs-from-baseline #8 The user data is of type string, not object as in the baseline (1 value). Seen in 1 value.",
    ]
  `);
  expect(told(text, BEFORE, "recorded")).toEqual(found);
});

test.each(ABOUT_BASELINE)(
  "$id has an example of what it finds, and of what it doesn't",
  ({ id }) => {
    const { baseline, fires, tells, passes } = BASELINE_EXAMPLES[id] ?? {};
    expect(told(fires ?? "", baseline)).toEqual([`${id} #2 ${tells}`]);
    expect(told(passes ?? "", baseline)).toEqual([]);
  },
);

test("what was learned is as the baseline has it", () => {
  expect(told(BEFORE)).toEqual([]);
});

test("what was refused, simulated or sent by the panel isn't the app's", () => {
  expect(
    told(`
      0 joined Ada with Bob
      10 refused send {"type":"hand"} because too large
      20 panel send {"type":"tried"} to *`),
  ).toEqual([]);
});

test("a page that is a seat isn't looked at, so what came from there is found where it arrived", () => {
  expect(
    told(`
      0 joined Ada with Bob
      0 at Bob: joined Bob with Ada
      10 at Bob: send {"type":"fresh"} to *
      20 received {"type":"fresh"} from Bob`),
  ).toEqual(["not-in-baseline #2 Type fresh isn’t in the baseline. Seen in 1 message."]);
});

test("rules that need a baseline say everything in sentences, too", () => {
  expect(new Set(ABOUT_RULES.map(({ id }) => id)).size).toBe(ABOUT_RULES.length);
  for (const { title, why, advice, docs } of ABOUT_BASELINE) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
    expect(docs).toMatch(/^https:\/\/docs\.daily\.co\/[a-z]/);
  }
});
