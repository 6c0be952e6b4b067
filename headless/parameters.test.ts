import type { ExpectMatcherState } from "@playwright/test";
import type { BrowserContext, Page } from "playwright-core";
import { expect, test, vi } from "vitest";

import type { DailyOptions } from "./api";
import { createDaily } from "./daily";
import { NOTHING_MUTED } from "./findings-test";
import { dailyMatchers } from "./matchers";
import { checkFixtureOptions } from "./parameters";
import { watchDaily } from "./watch-daily";

vi.mock("./page-script", () => ({ PAGE_SCRIPT: "" }));

const daily = createDaily(NOTHING_MUTED);
class Locator {}
const LOCATOR = new Locator();
const HINT = "the hint\n\nMatcher error: ";

/** Calls a function as a test does that no one has checked the types of. */
const called = (method: unknown, ...given: readonly unknown[]): Promise<unknown> =>
  Promise.resolve(Reflect.apply(method as (...args: unknown[]) => unknown, undefined, given));

const CONTEXT = "the context must be a BrowserContext, not";
const FILTER = 'the filter must be a string such as "type:chat", not';
const SOMEONE = "must be a page, a frame, or someone's name or id, not";
const TO = `to must be a page, a frame, someone's name or id, "*", or an array of such, not`;
const LEVEL = 'level must be "error", "warning" or "info", not';
const ONE_SEND =
  "what to send must be an object with exactly one of message, userData, sessionData or incoming, not";

test.each<[method: keyof typeof daily, given: unknown[], sentence: string]>([
  ["watch", [], `${CONTEXT} undefined.`],
  ["watch", [LOCATOR], `${CONTEXT} a Locator.`],
  ["rows", [5], `${FILTER} 5.`],
  ["rows", [null], `${FILTER} null.`],
  ["messages", [{ type: "chat" }], `${FILTER} {type: "chat"}.`],
  ["deliveries", [/chat/], `${FILTER} /chat/.`],
  ["waitFor", [], `${FILTER} undefined.`],
  ["waitFor", ["type:a", 5], "the options must be an object, not 5."],
  [
    "waitFor",
    ["type:a", { timout: 5 }],
    'unknown key "timout" in the options. Did you mean timeout?',
  ],
  [
    "waitFor",
    ["type:a", { timeout: "5" }],
    'timeout must be a number of milliseconds, 0 or more, not "5".',
  ],
  ["room", [], `the participant ${SOMEONE} undefined.`],
  ["room", [Promise.resolve()], `the participant ${SOMEONE} a Promise.`],
  ["conversation", [""], `the participant ${SOMEONE} "".`],
  ["findings", [{ level: "errors" }], `${LEVEL} "errors".`],
  ["findings", [{ rules: "x" }], 'rules must be an array of ids of rules, not "x".'],
  ["findings", [{ except: [5] }], "except[0] must be the id of a rule, not 5."],
  ["findings", [{ foo: 1 }], 'unknown key "foo" in the options. Use level, rules or except.'],
  ["recording", [{ maskValues: "no" }], 'maskValues must be true or false, not "no".'],
  ["send", [], `the sender ${SOMEONE} undefined.`],
  ["send", ["Ada"], `${ONE_SEND} undefined.`],
  ["send", ["Ada", {}], `${ONE_SEND} {}.`],
  ["send", ["Ada", ["x"]], `${ONE_SEND} ["x"].`],
  ["send", ["Ada", { message: 1, userData: 2 }], `${ONE_SEND} {message: 1, userData: 2}.`],
  ["send", ["Ada", { mesage: 1 }], 'unknown key "mesage" in what to send. Did you mean message?'],
  [
    "send",
    ["Ada", { message: 1, mergeStrategy: "replace" }],
    'unknown key "mergeStrategy" in what to send. Use message or to.',
  ],
  ["send", ["Ada", { message: 5n }], "message must be something that has a form in JSON, not 5."],
  ["send", ["Ada", { message: 1, to: [] }], `${TO} [].`],
  ["send", ["Ada", { message: 1, to: ["Bob", ""] }], `${TO} ["Bob", ""].`],
  [
    "send",
    ["Ada", { userData: undefined }],
    "userData must be something that has a form in JSON (null clears it), not undefined.",
  ],
  ["send", ["Ada", { sessionData: "oops" }], 'sessionData must be an object, not "oops".'],
  ["send", ["Ada", { sessionData: [1] }], "sessionData must be an object, not [1]."],
  [
    "send",
    ["Ada", { sessionData: {}, mergeStrategy: "merge" }],
    'mergeStrategy must be "replace" or "shallow-merge", not "merge".',
  ],
  ["send", ["Ada", { incoming: 1 }], 'what to send needs "from".'],
  ["send", ["Ada", { incoming: 1, from: "*" }], `from ${SOMEONE} "*".`],
])("daily.%s refuses, %#", async (method, given, sentence) => {
  await expect(called(daily[method], ...given)).rejects.toThrow(
    new Error(`daily.${method}: ${sentence}`),
  );
});

const MESSAGE = 'the message must be its type, or an object such as { type: "chat" }, not';

test.each<[matcher: keyof typeof dailyMatchers, given: unknown[], sentence: string]>([
  ["toHaveSent", [], `${MESSAGE} undefined.`],
  ["toHaveSent", [5], `${MESSAGE} 5.`],
  ["toHaveSent", [/ch/], `${MESSAGE} /ch/.`],
  ["toHaveReceived", [["chat"]], `${MESSAGE} ["chat"].`],
  ["toHaveSent", [{ typ: "chat" }], 'unknown key "typ" in the message. Did you mean type?'],
  [
    "toHaveReceived",
    [{ body: 1 }],
    'unknown key "body" in the message. Use type, payload, from, to or times.',
  ],
  [
    "toHaveSent",
    [{ 'a"b': 1 }],
    'unknown key "a\\"b" in the message. Use type, payload, from, to or times.',
  ],
  ["toHaveSent", [{ type: /ch/ }], "type must be a string, not /ch/."],
  [
    "toHaveSent",
    [{ payload: () => true }],
    "payload must be data, or a matcher such as expect.any(Number), not a function.",
  ],
  ["toHaveSent", [{ from: "*" }], `from ${SOMEONE} "*".`],
  ["toHaveSent", [{ to: 5 }], `to must be a page, a frame, someone's name or id, or "*", not 5.`],
  ["toHaveSent", [{ times: "1" }], 'times must be an integer, 0 or more, not "1".'],
  ["toHaveSent", [{ times: -1 }], "times must be an integer, 0 or more, not -1."],
  ["toHaveSent", [{ times: 1.5 }], "times must be an integer, 0 or more, not 1.5."],
  [
    "toHaveSent",
    ["chat", { times: 2 }],
    'unknown key "times" in the options. Use timeout or watchFor.',
  ],
  [
    "toHaveSent",
    ["chat", { watchFor: "300" }],
    'watchFor must be a number of milliseconds, 0 or more, not "300".',
  ],
  [
    "toHaveDelivered",
    [{ within: "10" }],
    'within must be a number of milliseconds, 0 or more, not "10".',
  ],
  [
    "toHaveDelivered",
    [{ times: 1 }],
    'unknown key "times" in the message. Use type, payload, from, to or within.',
  ],
  [
    "toHaveSessionData",
    [],
    "the expected value must be data, or a matcher such as expect.any(Number), not undefined.",
  ],
  [
    "toHaveSessionData",
    [{}, { watchFor: 5 }],
    'unknown key "watchFor" in the options. Use timeout.',
  ],
  ["toHaveUserData", [{}, { of: LOCATOR }], `of ${SOMEONE} a Locator.`],
  ["toHaveUserData", [{}], 'Whose user data? Say { of: "Ada" }, or expect it of a page.'],
  ["toHaveNoFindings", [{ level: "errors" }], `${LEVEL} "errors".`],
  [
    "toHaveNoFindings",
    [{ rules: [] }],
    "rules must be an array of one or more ids of rules, not [].",
  ],
  ["toHaveNoFindings", [{ except: ["nope-rule"] }], "There is no rule nope-rule."],
  ["toMatchContract", [], "Name the file of a contract, as in contracts.json."],
])("%s refuses, %#", async (name, given, sentence) => {
  await expect(matched(name, daily, ...given)).rejects.toThrow(new Error(HINT + sentence));
});

test("matchers refuse what they aren't about", async () => {
  const about = "the received value must be daily, a page or a frame, not";
  for (const [subject, sentence] of [
    [undefined, `${about} undefined.`],
    [LOCATOR, `${about} a Locator.`],
    [{ ...daily }, expect.stringContaining(about)],
    [pageOf({}), expect.stringContaining("The context of this page isn't watched.")],
  ])
    await expect(matched("toHaveSent", subject, "chat")).rejects.toThrow(
      expect.objectContaining({
        message: typeof sentence === "string" ? HINT + sentence : sentence,
      }),
    );
});

const OPTIONS: DailyOptions = {
  failOn: "error",
  mutedRules: [],
  mutedTypes: [],
  maskValues: false,
  baseline: undefined,
  agentCommands: false,
};
const FAIL_ON = 'failOn must be "error", "warning" or "never", not';

test.each<[given: object, sentence: string]>([
  [{ failOn: "warn" }, `${FAIL_ON} "warn".`],
  [{ failOn: false }, `${FAIL_ON} false.`],
  [{ mutedRules: "late" }, 'mutedRules must be an array of ids of rules, not "late".'],
  [{ mutedTypes: "cue" }, 'mutedTypes must be an array of types of app messages, not "cue".'],
  [{ maskValues: 1 }, "maskValues must be true or false, not 1."],
])("the fixture refuses, %#", (given, sentence) => {
  expect(() => checkFixtureOptions({ ...OPTIONS, ...given })).toThrow(new Error(sentence));
  expect(() => checkFixtureOptions(OPTIONS)).not.toThrow();
});

test.each<[given: unknown[], sentence: string]>([
  [[], `watchDaily: ${CONTEXT} undefined.`],
  [[LOCATOR], `watchDaily: ${CONTEXT} a Locator.`],
  [[contextOf(), "x"], 'watchDaily: the options must be an object, not "x".'],
  [
    [contextOf(), { failOn: "error" }],
    'watchDaily: unknown key "failOn" in the options. Use mutedRules, mutedTypes, agentCommands or baseline.',
  ],
  [[contextOf(), { mutedRules: ["nope"] }], "There is no rule nope."],
  [[contextOf(), { baseline: "" }], "Name the file of a contract, as in contracts.json."],
])("watchDaily refuses, %#", async (given, sentence) => {
  await expect(called(watchDaily, ...given)).rejects.toThrow(new Error(sentence));
});

function matched(name: keyof typeof dailyMatchers, ...given: unknown[]): Promise<unknown> {
  const state = { isNot: false, utils: { matcherHint: () => "the hint" } };
  const matcher = dailyMatchers[name] as (...args: unknown[]) => Promise<unknown>;
  return matcher.apply(state as unknown as ExpectMatcherState, given);
}
function pageOf(context: object): Page {
  return { goto: () => {}, context: () => context } as unknown as Page;
}
function contextOf(): BrowserContext {
  return { pages: () => [], addInitScript: () => {} } as unknown as BrowserContext;
}
