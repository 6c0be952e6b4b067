// The parts that rules are put together from: what they look at, how they group it, and the words that tell of it.
import { isNotJoinedError } from "../daily/daily-errors";
import { howMany } from "../lib/texts";
import type { Finding } from "./finding";
import { type Enough, gathering } from "./gathering";
import type { Rule, Sighting, Subject, Trackers } from "./rule";
import type { RuleEvent } from "./rule-event";

type Start = Rule["start"];
/** A sighting as far as it is more than the event or write that shows it. */
type Seen = Partial<Sighting>;

/** The run of a rule that needs nothing but the event at hand: what `look` returns is reported, of that event. */
export const eachEvent =
  (look: (seen: RuleEvent, trackers: Trackers) => Seen | readonly Seen[] | undefined): Start =>
  (report, trackers) => ({
    event(seen) {
      const found = look(seen, trackers);
      if (!found) return;
      for (const each of [found].flat()) report({ seqs: [seen.seq], at: seen.at, ...each });
    },
  });

/** The same with sightings held back until there are enough of them. */
export const gathered =
  (enough: Enough, start: Start): Start =>
  (report, trackers, retract, ends) =>
    start(gathering(report, enough), trackers, retract, ends);

/** An app message that this page sent, and daily-js took. */
export const isSent = ({ call }: RuleEvent): boolean =>
  call?.method === "sendAppMessage" && call.outcome !== "threw";

/** Whether an app message is of Prebuilt's chat, which talks to itself. */
export const isOfPrebuilt = ({ protocol }: RuleEvent): boolean => protocol() === "prebuilt-chat";

/** Whether daily-js refused a call because it had not joined, or no more. */
export const isRefusedOutside = (call: RuleEvent["call"]): boolean =>
  isNotJoinedError(call?.error?.message ?? "");

/** Whether a call is for everyone: what its recipients say, or that it names none. */
export const isToAll = (to: string | readonly string[] | undefined): boolean =>
  to === undefined || to === "*";

/** A finding for each type of app message. */
export const byType = ({ type }: RuleEvent): Subject => ({
  text: `type ${type()}`,
  type: type(),
  others: "other types",
});

/** A finding for each of something that has a name: a key, an error, a method. */
export const byName = (text: string, type?: string): Subject => ({
  text,
  others: "others",
  ...(type !== undefined && { type }),
});

/** What was called, or came: `setUserData()`, `participant-updated`. */
export const nameOf = ({ event, call }: RuleEvent): string =>
  call ? `${call.method}()` : "name" in event ? event.name : event.kind;

/** A finding for each method or event, and of app messages for each type: `sendAppMessage() of type chat`. */
export function byChannel(seen: RuleEvent, detail = ""): Subject {
  const name = nameOf(seen);
  return seen.channel === "app-message"
    ? byName(`${name} of type ${seen.type()}${detail}`, seen.type())
    : byName(`${name}${detail}`);
}

/** How often, and what it is about: `3 messages of type chat`. */
export const countOf = ({ count, subject }: Finding, noun: string): string =>
  `${howMany(count, noun)} of ${subject.text}`;

/** The people that a finding names. */
export const namesOf = ({ people }: Finding, name: (id: string) => string): string =>
  people.map(name).join(", ");

/** A value somewhere in another one, and where: `poll.votes[2]`. The key is the nearest name above it. */
export type Leaf<T> = { readonly path: string; readonly key: string; readonly value: T };

/** So many places are looked into, and so deep. */
const MAX_PLACES = 5_000;
const MAX_DEPTH = 50;

/** What is in a value and holds nothing else, in order. */
export function leavesIn(value: unknown): Leaf<unknown>[] {
  const found: Leaf<unknown>[] = [];
  let places = 0;
  function visit(node: unknown, path: string, key: string, depth: number): void {
    if (++places > MAX_PLACES || depth > MAX_DEPTH) return;
    if (Array.isArray(node))
      node.forEach((each: unknown, index) => visit(each, `${path}[${index}]`, key, depth + 1));
    else if (typeof node === "object" && node !== null)
      for (const [name, each] of Object.entries(node))
        visit(each, path === "" ? name : `${path}.${name}`, name, depth + 1);
    else found.push({ path: path || "(the message)", key, value: node });
  }
  visit(value, "", "", 0);
  return found;
}

/** The texts in a value. */
export const textsIn = (value: unknown): Leaf<string>[] =>
  leavesIn(value).filter((leaf): leaf is Leaf<string> => typeof leaf.value === "string");
