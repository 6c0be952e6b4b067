import type { Condition, Term } from "./language/filter-term";
import type { ListKey, NumberKey } from "./language/filter-keys";
import { passesPath } from "./language/path-test";
import { compares } from "./language/read-comparison";
import { type EntryFacts, hasError } from "../session/entry-facts";
import { latencyOf } from "../session/latency";
import { createMomentOf, slidingMs } from "./moment-of";
import { type PersonLabel, personOf } from "../session/people";
import { directionOf, nameOf, type RowChannel } from "../session/traffic-row";

type Test = (facts: EntryFacts) => boolean;

/** What it takes to find out, in rough steps: what is cheap is asked first. */
const COSTS: Readonly<Partial<Record<Condition["key"], number>>> = {
  from: 1,
  to: 1,
  with: 1,
  status: 1,
  type: 2,
  path: 3,
  regex: 4,
  text: 5,
};

/** Keys whose answer may change after the entry was there: what becomes of a write shows later. */
const VOLATILE: ReadonlySet<Condition["key"]> = new Set(["status", "late", "has", "text", "regex"]);

/** Tests for terms, the cheapest first. All of them must hold. */
export function termTests(terms: readonly Term[]): {
  tests: readonly Test[];
  isVolatile: boolean;
  /** How far back a filter goes that slides with the log, in ms. */
  slidingMs: number | undefined;
} {
  const cost = ({ condition }: Term) => COSTS[condition.key] ?? 0;
  const slides = terms.map(slidingMs).filter((ms) => ms !== undefined);
  return {
    slidingMs: slides.length > 0 ? Math.min(...slides) : undefined,
    tests: terms
      .filter((term) => slidingMs(term) === undefined)
      .toSorted((a, b) => cost(a) - cost(b))
      .map(({ condition, isNegated }) => {
        const test = testOf(condition);
        return isNegated ? (facts) => !test(facts) : test;
      }),
    isVolatile: terms.some(({ condition }) => VOLATILE.has(condition.key)),
  };
}

function testOf(condition: Condition): Test {
  switch (condition.key) {
    case "text": {
      const text = condition.text.toLowerCase();
      return (facts) => facts.words().includes(text);
    }
    case "regex": {
      const regex = new RegExp(condition.source, condition.flags);
      return (facts) => regex.test(facts.excerpt());
    }
    case "path":
      return (facts) => {
        const { payload } = facts;
        if (!payload || payload.problem) return false;
        // Parsing costs most: what does not even have the word cannot have the key.
        return condition.values.some(
          (test) =>
            test.path.every((step) => !isPlainKey(step) || payload.json.includes(step)) &&
            passesPath(facts.value(), test),
        );
      };
    case "since":
    case "until": {
      const moments = condition.values.map(createMomentOf);
      const isSince = condition.key === "since";
      return ({ entry, call }) =>
        moments.some((momentOf) => {
          const moment = momentOf(call);
          // What has not happened yet is after everything.
          if (moment === undefined) return !isSince && call !== undefined;
          return isSince ? entry.event.at >= moment : entry.event.at <= moment;
        });
    }
    case "size":
    case "bytes":
    case "late":
    case "handler":
    case "listeners":
    case "seq": {
      const { key, values } = condition;
      return (facts) => {
        const number = numberOf(key, facts);
        return number !== undefined && values.some((comparison) => compares(number, comparison));
      };
    }
    default: {
      const tests = condition.values.map((value) => listTest(condition.key, value));
      return (facts) => tests.some((test) => test(facts));
    }
  }
}

const isPlainKey = (step: string | number): step is string =>
  typeof step === "string" && /^\w+$/.test(step);

function numberOf(key: NumberKey, { entry, call, payload }: EntryFacts): number | undefined {
  const { event } = entry;
  const emitted = event.kind === "daily-event" ? event : undefined;
  switch (key) {
    case "size":
      return payload?.chars;
    case "bytes":
      return payload?.bytes;
    case "late":
      return latencyOf(entry, call?.history)?.ms;
    case "handler":
      return emitted?.handlerMs;
    case "listeners":
      return emitted?.listeners;
    case "seq":
      return event.seq;
  }
}

/** How channels are called in a filter. */
const CHANNEL_WORDS: Readonly<Record<RowChannel, string>> = {
  "app-message": "app",
  "user-data": "user",
  "session-data": "session",
  people: "people",
  call: "call",
};

/** A channel as it is written in a filter. */
export const channelWord = (channel: RowChannel): string => CHANNEL_WORDS[channel];

function listTest(key: ListKey, value: string): Test {
  switch (key) {
    case "channel":
      return ({ channel }) => channelWord(channel) === value;
    case "dir":
      return ({ entry, channel }) => directionOf(entry, channel) === value;
    case "from": {
      const isPerson = personTest(value);
      return (facts) => isPerson(facts.people().from);
    }
    case "to": {
      const isPerson = personTest(value);
      return (facts) => isAddressedTo(facts, isPerson);
    }
    case "with": {
      const isPerson = personTest(value);
      return (facts) => isPerson(facts.people().from) || isAddressedTo(facts, isPerson);
    }
    case "type": {
      const isLike = wildcard(value);
      return (facts) => {
        const type = facts.type();
        return type !== undefined && isLike(type);
      };
    }
    case "name": {
      const isLike = wildcard(value.replace(/\(\)$/, ""));
      return ({ entry }) => isLike(nameOf(entry));
    }
    case "status":
      return (facts) => {
        const status = facts.status();
        return status?.word === value || status?.level === value;
      };
    case "has":
      return (facts) => has(value, facts);
    case "by":
      return ({ entry: { event } }) => {
        if (event.kind === "method-called") return event.by === value;
        const isPanels = event.kind === "command-failed" || "simulated" in event;
        return isPanels && value === "panel";
      };
  }
}

/** Whether it went to a person: also as one of everyone, in the call at that moment or not. */
function isAddressedTo(
  { people, call }: EntryFacts,
  isPerson: (person: PersonLabel | undefined) => boolean,
): boolean {
  const { to } = people();
  if (to.some(isPerson)) return true;
  if (!call || !to.some(({ id }) => id === "*")) return false;
  return [...call.history.people.people.values()].some(
    ({ sessionId, participant }) => !participant.local && isPerson(personOf(call, sessionId)),
  );
}

function has(what: string, { entry, call, payload }: EntryFacts): boolean {
  const { event } = entry;
  switch (what) {
    case "stack":
      return "stack" in event && event.stack !== undefined;
    case "error":
      return hasError(entry, call);
    case "problem":
      return payload?.problem !== undefined;
    case "handler-error":
      return event.kind === "daily-event" && event.handlerError !== undefined;
    case "losses":
      return event.kind === "method-called" && event.lost !== undefined;
    default:
      return event.kind === "method-called" && (event.keysToDelete?.length ?? 0) > 0;
  }
}

/** So much of a session id says whose it is; the table shows no more. */
const ID_START = 8;

function personTest(value: string): (person: PersonLabel | undefined) => boolean {
  const name = value.toLowerCase();
  return (person) => {
    if (!person) return false;
    const { id, label } = person;
    if (id === value || value === "*") return id === value;
    if (value.length >= ID_START && id.startsWith(value)) return true;
    return label.toLowerCase().includes(name);
  };
}

/** The whole word, whatever its case; `*` stands for anything. Without regular expressions, so it takes no time. */
function wildcard(value: string): (word: string) => boolean {
  const parts = value.toLowerCase().split("*");
  const [first = "", ...others] = parts;
  const last = others.pop();
  return (given) => {
    const word = given.toLowerCase();
    if (last === undefined) return word === first;
    if (!word.startsWith(first)) return false;
    let at = first.length;
    for (const part of others) {
      const found = word.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return word.endsWith(last) && word.length - last.length >= at;
  };
}
