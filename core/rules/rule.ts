import { splitType } from "../daily/message-type";
import { decode } from "../protocols/decode";
import type { PeopleTracker } from "../daily/people-tracker";
import type { SessionTracker } from "../daily/session-tracker";
import type { UserDataTracker } from "../daily/user-data-tracker";
import type { Reception } from "../delivery/deliveries";
import type { End } from "../delivery/ends";
import type { Finding } from "./finding";
import type { RuleEvent } from "./rule-event";

/** What is known of a call: the trackers may be ahead of the event that a rule looks at, so ask them by its number. */
export type Trackers = {
  readonly people: PeopleTracker;
  readonly session: SessionTracker;
  readonly userData: UserDataTracker;
};

/** What the sightings of one finding have in common, as sentences name it. */
export type Subject = {
  /** `type chat`, `setUserData()`, `poll`. The same text joins the same finding. */
  readonly text: string;
  /** The type of the app message that it is about, where there is one: it can be muted by itself. */
  readonly type?: string;
  /** What those are called together that come after too many to be told apart. */
  readonly others: string;
};

/** One time that a rule saw what it looks for. */
export type Sighting = {
  /** What it is grouped by; all sightings of a rule that gives none are one finding. */
  readonly subject?: Subject;
  /** Numbers of the events that show it, the telling one first. */
  readonly seqs: readonly number[];
  /** Epoch ms. */
  readonly at: number;
  /** The number that it is about, in the unit of the rule's text: ms, characters, writes. */
  readonly amount?: number;
  readonly paths?: readonly string[];
  /** Session ids of people that it is about. */
  readonly people?: readonly string[];
  /** Words of the page or Daily: an error, a masked secret. */
  readonly text?: string;
  /** How many times it counts; 1 if not given. 0 for what was as it should be: that only raises `outOf`. */
  readonly times?: number;
  /** Of how many of its subject by now, the good ones among them. */
  readonly outOf?: number;
};

export type Level = "error" | "warning" | "info";

/** A message or a write of user data of this page, as far as rules about its other ends look at it. */
export type SentEvent = {
  readonly seq: number;
  readonly at: number;
  readonly method: "sendAppMessage" | "setUserData";
  /** The type of an app message, as a word for grouping. */
  readonly type: string;
  /** Whether it is of the chat of Daily Prebuilt, which talks to itself. */
  readonly isOfPrebuilt: boolean;
};

/** What became of one of them at one other end in view, once that is known for certain. */
export type DeliveredEvent = {
  readonly sent: SentEvent;
  readonly reception: Reception;
  /** At all ends, whether known or not. */
  readonly receptions: readonly Reception[];
  /** What whoever is at that end was called, which stays the same under a new session id; else the id. */
  readonly name: string;
  /** How many like it to that name are known by now: messages of its type, or writes. */
  readonly outOf: number;
  /** What was reported before and turned out to be wrong; undefined the first time. */
  readonly before: Reception | undefined;
};

/** This call and the other calls in view that are in the same session of its room. */
export type CallEnds = {
  readonly own: () => End | undefined;
  readonly others: () => readonly End[];
};

/** What a rule does with the events of one call, in their order. What it remembers has to stay small. */
export type RuleRun = {
  readonly event?: (event: RuleEvent) => void;
  /** A call that the panel made. It says nothing about the app, but others may have been waiting for it. */
  readonly byPanel?: (event: RuleEvent) => void;
  /** A write of this page, once it is known what became of it. */
  readonly decided?: (event: RuleEvent) => void;
  /** What became of a message or write of this page at another end in view. */
  readonly delivered?: (delivered: DeliveredEvent) => void;
  /** Called after every batch of events. `now` is epoch ms. */
  readonly look?: (now: number) => void;
  /** Whether time alone could make the next look find something. */
  readonly isWaiting?: () => boolean;
};

/** Something that goes wrong in calls, and how it is noticed. */
export type Rule = {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  /** Why it matters, in a sentence or two. */
  readonly why: string;
  /** What to do about it. */
  readonly advice: string;
  /** A page of docs.daily.co. */
  readonly docs: string;
  /** Code that does it right. */
  readonly code?: string;
  /** The call of this page as it should be, from the JSON text of the data and the recipients that it was made with. */
  readonly rewrite?: (json: string, to?: string | readonly string[]) => string;
  /** What happened, in the numbers of a finding. `name` turns a session id into a name. */
  readonly tell: (finding: Finding, name: (id: string) => string) => string;
  /** `retract` takes back a sighting that later events refute. */
  readonly start: (
    report: (sighting: Sighting) => void,
    trackers: Trackers,
    retract: (sighting: Sighting) => void,
    ends: CallEnds,
  ) => RuleRun;
};

const merge = (json: string): string => `call.setMeetingSessionData(${json}, "shallow-merge");`;

/** A message kept as state: each type under a key of its own, for otherwise all of them would share the same keys. */
function asState(json: string): string {
  const value: unknown = JSON.parse(json);
  const own = decode(value, { direction: "out" }) ? undefined : splitType(value);
  const { type, rest } = own ?? {};
  if (type !== undefined) return JSON.stringify({ [type]: rest });
  // Session data is always an object.
  return json.startsWith("{") ? json : `{ value: ${json} }`;
}

/** Calls of the right channel with the data of the wrong one. */
export const REWRITES = {
  sessionMerge: (json: string): string => merge(json),
  messageAsState: (json: string): string => merge(asState(json)),
  parsedMessage: (json: string, to: string | readonly string[] = "*"): string =>
    `call.sendAppMessage(${String(JSON.parse(json))}${to === "*" ? "" : `, ${JSON.stringify(to)}`});`,
} as const;

const DOCS = "https://docs.daily.co";

/** Pages of Daily's documents that rules point to. */
export const DOCS_PAGES = {
  channels: `${DOCS}/docs/daily-js/guides/custom-messages`,
  sendAppMessage: `${DOCS}/reference/daily-js/instance-methods/send-app-message`,
  setUserData: `${DOCS}/reference/daily-js/instance-methods/set-user-data`,
  setMeetingSessionData: `${DOCS}/reference/daily-js/instance-methods/set-meeting-session-data`,
  messagingEvents: `${DOCS}/reference/daily-js/events/messaging-events`,
  errorEvents: `${DOCS}/reference/daily-js/events/error-events`,
  reactMessages: `${DOCS}/docs/daily-react/docs/app-messages`,
  restMessage: `${DOCS}/reference/rest-api/rooms/session/send-app-message`,
  restAuthentication: `${DOCS}/docs/rest-api/authentication`,
} as const;
