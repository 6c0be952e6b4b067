// What departs from a baseline: types of an app that were kept, in the panel or as a file.
import { type Contract, idOf, shownLabel, type TypeKey } from "../contract/contract";
import { type Found, foundIn } from "../contract/drift";
import type { Told } from "../contract/told-values";
import { printPath } from "../lib/paths";
import { howMany, visibleText } from "../lib/texts";
import { ALL_RULES } from "./all-rules";
import type { Finding } from "./finding";
import { type CallEnds, DOCS_PAGES, type Rule, type Sighting, type Subject } from "./rule";
import type { RuleEvent } from "./rule-event";

type About = Omit<Rule, "start">;

const ADVICE =
  "If the app has changed on purpose, keep a new baseline: in the Types tab, with `inspector-for-daily contract`, or in tests with `--update-snapshots`. If not, correct what sends it.";

function toldOf({ subject, count }: Finding): string {
  const noun = subject.type === undefined ? "value" : "message";
  return `${subject.text}. Seen in ${howMany(count, noun)}.`;
}

const BROKEN: About = {
  id: "departs-from-baseline",
  title: "Not of the type that the baseline has",
  level: "error",
  why: "Code that reads this was written for the types of the baseline. A field that is missing, or a value that it doesn’t expect, is where it breaks, and TypeScript can’t see that: what arrives is `any`.",
  advice: ADVICE,
  docs: DOCS_PAGES.channels,
  tell: (finding) =>
    finding.text === undefined
      ? toldOf(finding)
      : `${toldOf(finding)} The last time it was ${finding.text}.`,
};

const UNKNOWN: About = {
  id: "not-in-baseline",
  title: "New since the baseline",
  level: "warning",
  why: "Participants whose page is older don’t know this type or field. They skip it at best.",
  advice: ADVICE,
  docs: DOCS_PAGES.channels,
  tell: toldOf,
};

/** What is said of the rules that need a baseline. */
export const ABOUT_BASELINE: readonly About[] = [BROKEN, UNKNOWN];

/** What is said of all rules, those that need a baseline among them. */
export const ABOUT_RULES: readonly About[] = [...ALL_RULES, ...ABOUT_BASELINE];
export const RULE_IDS: readonly string[] = ABOUT_RULES.map(({ id }) => id);

/** All rules, and those that compare with a baseline where there is one. */
export const rulesWith = (baseline: Contract | undefined): readonly Rule[] =>
  baseline ? [...ALL_RULES, ...baselineRules(baseline)] : ALL_RULES;

/** Rules that compare the values that an app sends and gets with a baseline, which must not learn in the meantime. */
export function baselineRules(baseline: Contract): readonly Rule[] {
  /** The departures of the latest event: both rules ask for them. */
  let latest: { readonly seen: RuleEvent; readonly sightings: readonly Departing[] } | undefined;
  function departing(seen: RuleEvent): readonly Departing[] {
    if (latest?.seen !== seen) latest = { seen, sightings: departuresIn(baseline, seen) };
    return latest.sightings;
  }

  return ABOUT_BASELINE.map((about) => ({
    ...about,
    start: (report, _trackers, _retract, ends) => ({
      event(seen) {
        for (const { about: of, sender, sighting } of departing(seen))
          if (of === about && !isToldElsewhere(sender, ends)) report(sighting);
      },
    }),
  }));
}

type Departing = {
  readonly about: About;
  readonly sender: string | undefined;
  readonly sighting: Sighting;
};

/** What came from another page that is looked at, too: it was found there, with the line that sent it. */
const isToldElsewhere = (sender: string | undefined, { others }: CallEnds): boolean =>
  sender !== undefined &&
  others().some(
    ({ isOfSeat, history }) =>
      !isOfSeat && history.people.people.get(sender)?.participant.local === true,
  );

function departuresIn(baseline: Contract, seen: RuleEvent): Departing[] {
  return seen.told().flatMap((told) => {
    const { sender, key, value } = told;
    const found = new Map<string, Departing>();
    foundIn(baseline, key, value, (each) => {
      const subject = subjectOf(each, told, baseline, seen);
      // A value may depart in the same way at several places.
      if (found.has(subject.text)) return;
      const { kind, got } = each;
      const text = kind === "outside-enum" && got !== undefined ? { text: got } : {};
      const sighting = { subject, seqs: [seen.seq], at: seen.at, ...text };
      const isNew = kind === "new-type" || kind === "new-field";
      found.set(subject.text, { about: isNew ? UNKNOWN : BROKEN, sender, sighting });
    });
    return [...found.values()];
  });
}

function subjectOf(found: Found, { key }: Told, baseline: Contract, seen: RuleEvent): Subject {
  const text = visibleText(departureText(found, key, baseline));
  const type = key.channel === "app-message" ? { type: seen.type() } : {};
  return { text, ...type, others: "Further departures" };
}

/** `In chat, text is of type integer, not string as in the baseline (12 messages)`. */
function departureText(found: Found, key: TypeKey, baseline: Contract): string {
  const { kind, path, expected, got } = found;
  const name = OF_CHANNEL[key.channel] || shownLabel(key);
  const whole = key.channel === "app-message" ? `Type ${name}` : `The ${name}`;
  const place = path.length === 0 ? whole : `In ${name}, ${printPath(path)}`;
  const known = howMany(baseline.types.get(idOf(key))?.count ?? 0, nounOf(key.channel));
  const was = expected.join(" or ");
  switch (kind) {
    case "new-type":
      return `${whole} isn’t in the baseline`;
    case "new-field":
      return `${place} isn’t in the baseline (${known}); it is of type ${got}`;
    case "missing-field":
      return `${place} is missing; it was in all of the baseline (${known}), of type ${was}`;
    case "other-type":
      return `${place} is of type ${got}, not ${was} as in the baseline (${known})`;
    case "outside-enum":
      return `${place} isn’t ${was}, the only ${expected.length === 1 ? "word" : "words"} of the baseline (${known})`;
  }
}

const nounOf = (channel: TypeKey["channel"]): string =>
  channel === "app-message" ? "message" : "value";

const OF_CHANNEL: Readonly<Record<TypeKey["channel"], string>> = {
  "app-message": "",
  "user-data": "user data",
  "session-data": "session data",
};
