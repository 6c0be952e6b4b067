import type { Outcome } from "../delivery/deliveries";
import type { Verdict } from "../delivery/pairing";
import type { Entry } from "../session/session-log";
import type {
  Condition,
  DeliveredTest,
  ListKey,
  Moment,
  NumberKey,
  Term,
} from "./language/filter-keys";
import type { CallState } from "../session/call-state";
import type { PageEvent } from "../../extension/protocol/event";
import { passesPath } from "./language/path-test";
import { compares } from "./language/parse-filter";
import { localPerson, type PersonLabel, personOf } from "../session/people";
import { callerOf } from "../session/event-facts";
import type { EventView, RowChannel } from "../session/event-view";
import { statusWord } from "../session/row-status";

const HALF_A_DAY = 43_200_000;

/**
 * When a moment was in a call, in epoch ms; undefined when it has not come yet. Asked once for each call and then kept,
 * so that what a filter has shown stays. `since:5m` alone slides with the log: see `slidingMs`.
 */
function createMomentOf(moment: Moment): (call: CallState | undefined) => number | undefined {
  const known = new Map<string, number>();
  return (call) => {
    if (!call) return undefined;
    const before = known.get(call.callId);
    if (before !== undefined) return before;
    const at = momentOf(moment, call);
    if (at !== undefined) known.set(call.callId, at);
    return at;
  };
}

function momentOf(moment: Moment, { history }: CallState): number | undefined {
  const { span } = history;
  if (!span) return undefined;
  switch (moment.kind) {
    case "join":
      return firstOf(ownStays(history).map(({ fromAt }) => fromAt));
    case "leave":
      return firstOf(ownStays(history).map(({ toAt }) => toAt));
    case "ago":
      return span.to - moment.ms;
    case "after-start":
      return span.from + moment.ms;
    case "clock": {
      const at = new Date(span.from).setHours(0, 0, 0, 0) + moment.ms;
      // A call that goes on past midnight: an early time is one of the next day.
      return at < span.from - HALF_A_DAY ? at + 2 * HALF_A_DAY : at;
    }
  }
}

/** How far back a filter goes that slides with the log, in ms; undefined for one that stays where it is. */
function slidingMs({ condition, isNegated }: Term): number | undefined {
  if (condition.key !== "since" || isNegated) return undefined;
  const spans = condition.values.map((moment) => (moment.kind === "ago" ? moment.ms : undefined));
  return spans.every((ms) => ms !== undefined) ? Math.max(...(spans as number[])) : undefined;
}

/** The page's own time in the call; each join has a session id of its own. */
const ownStays = ({ people }: CallState["history"]) =>
  [...people.people.values()]
    .filter(({ participant }) => participant.local)
    .flatMap(({ stays }) => stays);

/** The first, because a later one would change what was already shown. */
const firstOf = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

/** Whether an event passes, at a time (epoch ms): what became of a write shows later. */
type Test = (view: EventView, now: number) => boolean;

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
const VOLATILE: ReadonlySet<Condition["key"]> = new Set([
  "status",
  "late",
  "has",
  "text",
  "regex",
  "delivered",
]);

/** Tests for terms, the cheapest first. All of them must hold. */
export function termTests(
  terms: readonly Term[],
  outcomeOf: OutcomeOf = () => undefined,
): {
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
        const test = testOf(condition, outcomeOf);
        return isNegated ? (view, now) => !test(view, now) : test;
      }),
    isVolatile: terms.some(({ condition }) => VOLATILE.has(condition.key)),
  };
}

type OutcomeOf = (entry: Entry) => Outcome | undefined;

function testOf(condition: Condition, outcomeOf: OutcomeOf): Test {
  switch (condition.key) {
    case "delivered":
      return ({ entry }) => {
        const outcome = outcomeOf(entry);
        return (
          outcome !== undefined && condition.values.some((value) => passesDelivered(outcome, value))
        );
      };
    case "text": {
      const text = condition.text.toLowerCase();
      return (view, now) => hasWords(view, now, text);
    }
    case "regex": {
      const regex = new RegExp(condition.source, condition.flags);
      return (view, now) => regex.test(excerptOf(view, now));
    }
    case "path":
      return (view) => {
        const { payload } = view;
        if (!payload || payload.problem) return false;
        // Parsing costs most: what does not even have the word cannot have the key.
        return condition.values.some(
          (test) =>
            test.path.every((step) => !isPlainKey(step) || payload.json.includes(step)) &&
            passesPath(decoded(view), test),
        );
      };
    case "since":
    case "until": {
      const moments = condition.values.map(createMomentOf);
      const isSince = condition.key === "since";
      return ({ event, call }) =>
        moments.some((momentOf) => {
          const moment = momentOf(call);
          // What has not happened yet is after everything.
          if (moment === undefined) return !isSince && call !== undefined;
          return isSince ? event.at >= moment : event.at <= moment;
        });
    }
    case "size":
    case "bytes":
    case "late":
    case "handler":
    case "listeners":
    case "seq": {
      const { key, values } = condition;
      return (view) => {
        const number = numberOf(key, view);
        return number !== undefined && values.some((comparison) => compares(number, comparison));
      };
    }
    default: {
      const tests = condition.values.map((value) => listTest(condition.key, value));
      return (view, now) => tests.some((test) => test(view, now));
    }
  }
}

const isPlainKey = (step: string | number): step is string =>
  typeof step === "string" && /^\w+$/.test(step);

function numberOf(key: NumberKey, { event, payload, latency }: EventView): number | undefined {
  const emitted = event.kind === "daily-event" ? event : undefined;
  switch (key) {
    case "size":
      return payload?.chars;
    case "bytes":
      return payload?.bytes;
    case "late":
      return latency?.ms;
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

/** Whether the outcome of a message at the other ends in view passes. */
function passesDelivered(
  { receptions, known, received, equals, latencyMs }: Outcome,
  value: DeliveredTest,
): boolean {
  if (typeof value !== "string") return latencyMs !== undefined && compares(latencyMs, value);
  const has = (kind: Verdict["kind"]) => receptions.some(({ verdict }) => verdict.kind === kind);
  switch (value) {
    case "all":
      return known > 0 && received === known;
    case "some":
      return received > 0 && received < known && !equals;
    case "none":
      return known > 0 && received === 0 && !equals && !has("waiting");
    case "waiting":
    case "lost":
    case "doubled":
      return has(value);
    case "overtaken":
      return receptions.some(({ isOvertaken }) => isOvertaken);
    case "unknown":
      return known === 0 || equals !== undefined;
  }
}

function listTest(key: ListKey, value: string): Test {
  switch (key) {
    case "seat": {
      const isPerson = personTest(value);
      return ({ call }) =>
        call !== undefined && (value === "*" ? call.isOfSeat : isPerson(localPerson(call)));
    }
    case "channel":
      return ({ channel }) => channel !== undefined && channelWord(channel) === value;
    case "dir":
      return ({ direction }) => direction === value;
    case "from": {
      const isPerson = personTest(value);
      return ({ from }) => isPerson(from);
    }
    case "to": {
      const isPerson = personTest(value);
      return (view) => isAddressedTo(view, isPerson);
    }
    case "with": {
      const isPerson = personTest(value);
      return (view) => isPerson(view.from) || isAddressedTo(view, isPerson);
    }
    case "type": {
      const isLike = wildcard(value);
      return ({ type }) => type !== undefined && isLike(type.label);
    }
    case "name": {
      const isLike = wildcard(value.replace(/\(\)$/, ""));
      return ({ dailyName }) => isLike(dailyName);
    }
    case "status":
      return (view, now) => {
        const status = view.status(now);
        return (
          status !== undefined && (statusWord(status.label) === value || status.level === value)
        );
      };
    case "has":
      return (view) => has(value, view);
    case "by":
      return ({ event }) => callerOf(event) === value;
  }
}

/** Whether it went to a person: also as one of everyone, in the call at that moment or not. */
function isAddressedTo(
  { to, call }: EventView,
  isPerson: (person: PersonLabel | undefined) => boolean,
): boolean {
  if (to.some(isPerson)) return true;
  if (!call || !to.some(({ id }) => id === "*")) return false;
  return [...call.history.people.people.values()].some(
    ({ sessionId, participant }) => !participant.local && isPerson(personOf(call, sessionId)),
  );
}

function has(what: string, { event, call, payload }: EventView): boolean {
  switch (what) {
    case "stack":
      return "stack" in event && event.stack !== undefined;
    case "error":
      return hasError(event, call);
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

/** Whether it carries an error: thrown, rejected, told by Daily, or of a command. */
function hasError(event: PageEvent, call: CallState | undefined): boolean {
  if (event.kind === "command-failed") return true;
  if (event.kind === "daily-event") return "errorMsg" in event;
  if (event.kind !== "method-called") return false;
  const { session, userData } = call?.history ?? {};
  const fate = session?.writes.get(event.seq)?.fate ?? userData?.writes.get(event.seq)?.fate;
  return event.error !== undefined || fate?.kind === "refused" || fate?.kind === "failed";
}

/** The payload's value, or the one inside where it is JSON text. */
const decoded = ({ value, type }: EventView): unknown =>
  typeof value === "string" ? (type?.inner ?? value) : value;

/** A regular expression sees so much of a payload and of a row: the text is hostile, and no pattern is safe on all. */
export const REGEX_CHARS = { payload: 4_096, row: 1_024 };

/** The beginnings of the payload and of the row, for regular expressions. */
const excerptOf = (view: EventView, now: number): string =>
  `${view.payload?.json.slice(0, REGEX_CHARS.payload) ?? ""}\n${`${rowText(view)}\n${statusText(view, now)}`.slice(0, REGEX_CHARS.row)}`;

/** What was read last: several terms look for words in the same event. */
let latest: { readonly view: EventView; readonly words: string } | undefined;

/** Whether a text, in lower case, occurs in what the row shows or in its payload. */
export function hasWords(view: EventView, now: number, text: string): boolean {
  if (latest?.view !== view)
    latest = { view, words: `${rowText(view)}\n${view.payload?.json ?? ""}`.toLowerCase() };
  return latest.words.includes(text) || statusText(view, now).toLowerCase().includes(text);
}

/** What the row shows, but for its status, which changes. */
function rowText({ name, channel, from, to, summary }: EventView): string {
  const people = [from, ...to].map((person) => `${person?.label ?? ""} ${person?.id ?? ""}`);
  return [name, channel, ...people, summary].join("\n");
}

/** A status and, where something went wrong, Daily's words for it. What we say of the others is in no row. */
function statusText(view: EventView, now: number): string {
  const status = view.status(now);
  if (!status) return "";
  return status.level === "error" ? `${status.label}\n${status.detail}` : status.label;
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
