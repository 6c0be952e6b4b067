// What the package's functions take. Playwright runs tests without a type check, so they look at it themselves.
import type { BrowserContext } from "playwright-core";
import * as v from "valibot";

import { didYouMean } from "../core/lib/near-match";
import { pathText } from "../core/lib/paths";
import { preview } from "../core/lib/texts";
import type {
  AgentOptions,
  Daily,
  DailyOptions,
  DeliveryExpectation,
  FindingsOptions,
  MatcherOptions,
  Muted,
  NoFindingsExpectation,
  TimesExpectation,
  WaitOptions,
  Whom,
} from "./api";
import { isPlace } from "./describe";
import type { dailyMatchers } from "./matchers";
import { plainError } from "./plain-error";

/** The messages of the schemas say what a value must be, as in `level must be "error", "warning" or "info"`. */
type Schema = v.GenericSchema;
/** The parameters of a function, in order, each by what it is called in a sentence. */
type ParameterSchemas = Readonly<Record<string, Schema>>;

const choices = new Intl.ListFormat("en-GB", { type: "disjunction" });

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const plain = (must: string) => v.custom<unknown>(isPlain, must);

/** An object that has no keys but these; `where` says which. */
const keys = (where: string, entries: ParameterSchemas, must = "an object") =>
  v.pipe(
    plain(must),
    v.strictObject(entries, ({ expected, input }) => {
      if (expected !== "never") return `${where} needs ${expected}.`;
      const known = Object.keys(entries);
      const way = didYouMean(String(input), known) || ` Use ${choices.format(known)}.`;
      return `unknown key ${preview(input, 60)} in ${where}.${way}`;
    }),
  );

/** Schemas for all keys of a type, and no others. */
type KeysOf<T> = { readonly [Key in keyof Required<T>]: Schema };

const optional = <T extends object>(entries: KeysOf<T>): ParameterSchemas =>
  Object.fromEntries(
    Object.entries<Schema>(entries).map(([key, schema]) => [key, v.optional(schema)]),
  );

const options = <T extends object>(entries: KeysOf<T>) =>
  v.optional(keys("the options", optional(entries)));

const oneOf = <const T extends readonly string[]>(words: T) =>
  v.picklist(words, choices.format(words.map((word) => JSON.stringify(word))));
const string = v.string("a string");
const boolean = v.boolean("true or false");
const MS = "a number of milliseconds, 0 or more";
const ms = v.pipe(v.number(MS), v.finite(MS), v.minValue(0, MS));
const TIMES = "an integer, 0 or more";
const times = v.pipe(v.number(TIMES), v.safeInteger(TIMES), v.minValue(0, TIMES));
const level = oneOf(["error", "warning", "info"]);
const rules = v.array(v.string("the id of a rule"), "an array of ids of rules");
/** Of none, nothing would ever be found. */
const someRules = v.pipe(rules, v.nonEmpty("an array of one or more ids of rules"));
const types = v.array(v.string("a type of app messages"), "an array of types of app messages");
/** Where there is none, or what it is, is said by what opens it. */
const file = v.unknown();

const isSomeone = (value: unknown): value is Whom =>
  isPlace(value) || (typeof value === "string" && value !== "" && value !== "*");
const someone = v.custom<Whom>(isSomeone, "a page, a frame, or someone's name or id");
const recipient = v.custom<Whom>(
  (value) => value === "*" || isSomeone(value),
  'a page, a frame, someone\'s name or id, or "*"',
);
const recipients = v.custom(
  (to) =>
    Array.isArray(to)
      ? to.length > 0 && to.every((each) => v.is(recipient, each))
      : v.is(recipient, to),
  'a page, a frame, someone\'s name or id, "*", or an array of such',
);

/** What data can be compared with. */
const data = v.custom(
  (value) => !["undefined", "function", "symbol", "bigint"].includes(typeof value),
  "data, or a matcher such as expect.any(Number)",
);
const hasJson = (value: unknown): boolean => {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
};
const JSON_FORM = "something that has a form in JSON";
const json = v.custom(hasJson, JSON_FORM);

const filter = v.string('a string such as "type:chat"');
const context = v.custom<BrowserContext>(
  (value) =>
    typeof (value as BrowserContext | null | undefined)?.addInitScript === "function" &&
    "pages" in (value as object),
  "a BrowserContext",
);

const message = <T extends object>(entries: KeysOf<T>) =>
  keys("the message", optional(entries), 'its type, or an object such as { type: "chat" }');
const MESSAGE = { type: string, payload: data, from: someone, to: recipient };

/** Each is sent by a method of its own. */
const SENDS: Readonly<Record<string, Schema>> = {
  message: keys("what to send", { message: json, to: v.optional(recipients) }),
  userData: keys("what to send", { userData: v.custom(hasJson, `${JSON_FORM} (null clears it)`) }),
  sessionData: keys("what to send", {
    sessionData: v.pipe(plain("an object"), json),
    mergeStrategy: v.optional(oneOf(["replace", "shallow-merge"])),
  }),
  incoming: keys("what to send", { incoming: json, from: someone }),
};
const SEND = `an object with exactly one of ${choices.format(Object.keys(SENDS))}`;
const SEND_KEYS = [...Object.keys(SENDS), "to", "from", "mergeStrategy"];
const notOneSend = v.pipe(
  keys("what to send", v.entriesFromList(SEND_KEYS, v.optional(v.unknown())), SEND),
  v.check(() => false, SEND),
);
const send = v.lazy((what) => {
  const [kind, ...more] = Object.keys(SENDS).filter(
    (key) => isPlain(what) && Object.hasOwn(what, key),
  );
  return (more.length === 0 && kind !== undefined && SENDS[kind]) || notOneSend;
});

const DAILY: { readonly [Method in keyof Daily]: ParameterSchemas } = {
  watch: { "the context": context },
  calls: {},
  rows: { "the filter": v.optional(filter) },
  messages: { "the filter": v.optional(filter) },
  room: { "the participant": someone },
  findings: { "the options": options<FindingsOptions>({ level, rules: someRules, except: rules }) },
  deliveries: { "the filter": v.optional(filter) },
  conversation: { "the participant": v.optional(someone) },
  waitFor: { "the filter": filter, "the options": options<WaitOptions>({ timeout: ms }) },
  send: { "the sender": someone, "what to send": send },
  recording: { "the options": options<{ maskValues: boolean }>({ maskValues: boolean }) },
};

const retrying = options<MatcherOptions>({ timeout: ms, watchFor: ms });
const sentOrReceived = {
  "the message": message<TimesExpectation>({ ...MESSAGE, times }),
  "the options": retrying,
};

const MATCHERS: { readonly [Name in keyof typeof dailyMatchers]: ParameterSchemas } = {
  toHaveSent: sentOrReceived,
  toHaveReceived: sentOrReceived,
  toHaveDelivered: {
    "the message": message<DeliveryExpectation>({ ...MESSAGE, within: ms }),
    "the options": retrying,
  },
  toHaveSessionData: {
    "the expected value": data,
    "the options": options<Pick<MatcherOptions, "timeout">>({ timeout: ms }),
  },
  toHaveUserData: {
    "the expected value": data,
    "the options": options<{ timeout: number; of: Whom }>({ timeout: ms, of: someone }),
  },
  toHaveNoFindings: {
    "the options": options<NoFindingsExpectation>({
      level,
      rules: someRules,
      except: rules,
      timeout: ms,
      watchFor: ms,
    }),
  },
  toMatchContract: { "the file": file, "the options": retrying },
};

const WATCH_DAILY: ParameterSchemas = {
  "the context": context,
  "the options": options<Muted & AgentOptions & { baseline: string }>({
    mutedRules: rules,
    mutedTypes: types,
    agentCommands: boolean,
    baseline: file,
  }),
};

const FIXTURE = keys("the options", {
  failOn: oneOf(["error", "warning", "never"]),
  mutedRules: rules,
  mutedTypes: types,
  maskValues: boolean,
  agentCommands: boolean,
  baseline: file,
} satisfies KeysOf<DailyOptions>);

/** Throws an Error with a sentence for options of the fixture that aren't as they must be. */
export const checkFixtureOptions = (given: DailyOptions): void =>
  check({ "the options": FIXTURE }, [given], "");

/** Throws an Error with a sentence for arguments that watchDaily() doesn't take. */
export const checkWatchDaily = (...given: readonly unknown[]): void =>
  check(WATCH_DAILY, given, "watchDaily: ");

/** Throws an Error with a sentence for arguments that a matcher doesn't take. */
export const checkMatcher = (name: keyof typeof MATCHERS, given: readonly unknown[]): void =>
  check(MATCHERS[name], given, "");

/**
 * The same for tests: its functions reject with a sentence for arguments that they don't take, before they do anything,
 * and what they reject with points at the test.
 */
export const checkingArguments = (daily: Daily): Daily =>
  Object.fromEntries(
    Object.entries(DAILY).map(([name, parameters]) => [
      name,
      async (...given: unknown[]) => {
        check(parameters, given, `daily.${name}: `);
        try {
          return (await Reflect.apply(daily[name as keyof Daily], daily, given)) as unknown;
        } catch (error) {
          // Others aren't sentences: a TypeError is a fault in here.
          throw error instanceof Error && error.name === "Error"
            ? plainError(error.message)
            : error;
        }
      },
    ]),
  ) as unknown as Daily;

function check(parameters: ParameterSchemas, given: readonly unknown[], where: string): void {
  for (const [index, [name, schema]] of Object.entries(parameters).entries()) {
    const problem = problemOf(schema, given[index], name);
    if (problem !== undefined) throw plainError(`${where}${problem}`);
  }
}

function problemOf(schema: Schema, value: unknown, name: string): string | undefined {
  const { issues = [] } = v.safeParse(schema, value);
  const ofKeys = issues.find(({ type }) => type === "strict_object");
  if (ofKeys) return ofKeys.message;
  const [issue] = issues;
  if (!issue) return undefined;
  const steps = issue.path?.map(({ key }) => key as string | number) ?? [];
  return `${pathText(steps) || name} must be ${issue.message}, not ${shown(issue.input)}.`;
}

/** A value in a sentence. */
export function shown(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  const isData = typeof value !== "object" || value === null || Array.isArray(value);
  if (typeof value === "function") return "a function";
  if (isData || isPlain(value)) return preview(value, 60);
  // Playwright's bundle has names such as _Page and BrowserType2.
  const name = value.constructor.name.replaceAll(/^_|\d+$/g, "");
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}
