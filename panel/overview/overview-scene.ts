import { type Signal, signal } from "@preact/signals";

import type { Speech } from "../../core/conversation/turns";
import type { TimeSpan } from "../../core/filter/filter";
import type { Role } from "../../core/protocols/protocol";
import type { Session } from "../session/session";
import { createTimeline, LANE_NAMES, type LaneName, type Timeline, timeOf } from "./timeline";
import { ALL, type TimeScale, timeScale, type Viewport, visibleSpan, wholeSpan } from "./time-axis";
import type { Person } from "../../core/daily/people-tracker";
import { isolated } from "../../core/lib/texts";
import type { OverviewStore } from "./overview-store";

/** A place in the overview, in CSS pixels. */
export type Point = { readonly x: number; readonly y: number };

export type OverviewModel = {
  readonly timeline: Timeline;
  readonly view: Signal<Viewport>;
  /** The span that is being drawn. */
  readonly draft: Signal<TimeSpan | undefined>;
  readonly pointer: Signal<Point | undefined>;
  /** All the time there is, and what was drawn last. */
  readonly whole: Signal<TimeSpan>;
  readonly scene: Signal<OverviewScene | undefined>;
};

const models = new WeakMap<Session, OverviewModel>();

/** The overview of a session, which stays as it was left while other things are looked at. */
export function overviewOf(session: Session): OverviewModel {
  const known = models.get(session);
  if (known) return known;
  const model: OverviewModel = {
    timeline: createTimeline(session.callOf),
    view: signal(ALL),
    draft: signal(undefined),
    pointer: signal(undefined),
    whole: signal({ from: 0, to: 1 }),
    scene: signal(undefined),
  };
  models.set(session, model);
  return model;
}

/** Something to point out in the overview, beside the traffic itself. */
export type OverviewMark = {
  /** Epoch ms. */
  readonly at: number;
  readonly level: "warning" | "error";
  readonly title: string;
};

/** A stretch of time with a name: a stay of a person, a phase of a call. */
export type NamedStretch = {
  readonly title: string;
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
};

/** All that a picture of the overview shows. */
export type OverviewScene = {
  /** CSS pixels. */
  readonly width: number;
  readonly timeline: Timeline;
  readonly layout: OverviewLayout;
  readonly scale: TimeScale;
  /** The beginning of the log: the ruler counts from it. */
  readonly origin: number;
  /** The chosen span, or the one that is being drawn. */
  readonly span: TimeSpan | undefined;
  /** Time of the chosen row. */
  readonly selectedAt: number | undefined;
  /** Time under the pointer. */
  readonly pointedAt: number | undefined;
  readonly phases: readonly (NamedStretch & { readonly state: "joining" | "joined" })[];
  /** Of each person with a bar, their stays in what is seen. */
  readonly people: readonly (readonly NamedStretch[])[];
  /** Who speaks in what is seen. */
  readonly speech: readonly (NamedStretch & { readonly role: Role })[];
  /** How many more people were there in what is seen, without a bar. */
  readonly morePeople: number;
  readonly marks: readonly OverviewMark[];
  /** Where the future begins, while a call is live. */
  readonly now: number | undefined;
};

/** Where a lane is, in CSS pixels from the top; its marks stand on its lower edge, or hang from its upper one. */
export type LaneBox = {
  readonly name: LaneName;
  readonly top: number;
  readonly height: number;
  readonly grows: "up" | "down";
};

type OverviewLayout = {
  readonly height: number;
  /** Width of the labels at the left. */
  readonly gutter: number;
  readonly ruler: number;
  readonly lanes: readonly LaneBox[];
  /** Who speaks when, the user above the bot; undefined where no one does. */
  readonly speech: { readonly top: number; readonly height: number } | undefined;
  /** One thin bar for each person. */
  readonly people: { readonly top: number; readonly rows: number };
  readonly isStrip: boolean;
};

/** How much room the panel has: for a strip only, for the lanes, or for lanes in which bars show how many there are. */
export type OverviewRoom = "strip" | "low" | "high";

/** CSS pixels: height of a lane, of a lane when there are many, and of the whole overview. */
const SIZES = {
  low: { lane: 10, narrow: 8, most: 92 },
  high: { lane: 13, narrow: 11, most: 126 },
} as const;
const MANY = 6;

/** CSS pixels. */
export const PERSON_HEIGHT = 3;
const MAX_PEOPLE = 8;
const RULER = 13;
/** As wide as `People +999`. */
const GUTTER = 68;
const PADDING = 2;

/** Places the lanes that ever had something; the space that is left goes to bars for the people. */
export function layOut(
  known: ReadonlySet<LaneName>,
  people: number,
  room: OverviewRoom,
  hasSpeech = false,
): OverviewLayout {
  if (room === "strip") return strip(known);
  const size = SIZES[room];
  const names = LANE_NAMES.filter((name) => known.has(name));
  const count = names.length + (hasSpeech ? 1 : 0);
  const laneHeight = count > MANY ? size.narrow : size.lane;
  const first = RULER + (hasSpeech ? laneHeight : 0);
  const lanes = names.map((name, place): LaneBox => {
    return { name, top: first + place * laneHeight, height: laneHeight - 1, grows: "up" };
  });
  const top = RULER + count * laneHeight;
  const fitting = Math.floor((size.most - PADDING - top) / PERSON_HEIGHT);
  const rows = known.has("people") ? Math.min(people, fitting, MAX_PEOPLE) : 0;
  return {
    height: Math.max(top, RULER + laneHeight) + rows * PERSON_HEIGHT + PADDING,
    gutter: GUTTER,
    ruler: RULER,
    lanes,
    speech: hasSpeech ? { top: RULER, height: laneHeight - 1 } : undefined,
    people: { top, rows },
    isStrip: false,
  };
}

/** Where there is no height: what goes out above the middle, what comes in below, the rest over both. */
function strip(known: ReadonlySet<LaneName>): OverviewLayout {
  const [top, middle, half] = [10, 17, 6];
  const lanes = LANE_NAMES.filter((name) => known.has(name)).map((name): LaneBox => {
    if (name.endsWith("-out")) return { name, top, height: half, grows: "up" };
    if (name.endsWith("-in")) return { name, top: middle, height: half, grows: "down" };
    return { name, top, height: middle + half - top, grows: "up" };
  });
  return {
    height: 24,
    gutter: 4,
    ruler: top,
    lanes,
    speech: undefined,
    people: { top: 0, rows: 0 },
    isStrip: true,
  };
}

/** The lanes under a height; in the ruler and below the lanes there is none. */
export const lanesAt = ({ lanes }: OverviewLayout, y: number): LaneName[] =>
  lanes.filter(({ top, height }) => y >= top && y <= top + height).map(({ name }) => name);

/** The people of one call. */
type Crowd = {
  readonly people: ReadonlyMap<string, Person>;
  /** When the call's page went away, and no one was seen any more; undefined while it is there. */
  readonly goneAt: number | undefined;
};

/** Someone with a bar, and when they were there in the span; undefined while it lasts. */
type Presence = {
  readonly person: Person;
  readonly stays: readonly { readonly from: number; readonly to: number | undefined }[];
};

type Ranked = {
  readonly person: Person;
  readonly goneAt: number | undefined;
  readonly until: number;
};

/**
 * Who gets one of the few bars, and how many would: those whose stay touches a span of time. Those who are still there come
 * first, then the last to leave, ties stay in the order of arrival: someone who leaves moves once, and no one else's order
 * changes. Looks at everyone once.
 */
export function choosePresent(
  crowds: readonly Crowd[],
  span: TimeSpan,
  rows: number,
): { readonly shown: readonly Presence[]; readonly count: number } {
  const ranked: Ranked[] = [];
  let count = 0;
  for (const { people, goneAt } of crowds) {
    for (const person of people.values()) {
      if (!person.stays.some((stay) => touches(stay, goneAt, span))) continue;
      count++;
      const until = person.stays.at(-1)?.toAt ?? goneAt ?? Infinity;
      rank(ranked, { person, goneAt, until }, rows);
    }
  }
  const shown = ranked.map(({ person, goneAt }) => ({
    person,
    stays: person.stays
      .filter((stay) => touches(stay, goneAt, span))
      .map(({ fromAt, toAt = goneAt }) => ({ from: fromAt, to: toAt })),
  }));
  return { shown, count };
}

const touches = (
  { fromAt, toAt }: Person["stays"][number],
  goneAt: number | undefined,
  { from, to }: TimeSpan,
): boolean => fromAt <= to && (toAt ?? goneAt ?? Infinity) >= from;

/** Keeps the first so many in order. Sorting everyone for a few rows would cost more. */
function rank(ranked: Ranked[], one: Ranked, rows: number): void {
  const place = ranked.findIndex(({ until }) => until < one.until);
  if (place >= 0) ranked.splice(place, 0, one);
  else ranked.push(one);
  if (ranked.length > rows) ranked.pop();
}

type Frame = {
  readonly width: number;
  readonly room: OverviewRoom;
  readonly marks: readonly OverviewMark[];
};

/** Pixels after the last moment, so that what happened then is not cut off. */
const MARGIN = 6;

/** Whether a call goes on, so that time passes without an event. */
export function isCallLive(store: OverviewStore): boolean {
  const isIn = (status: string) => status === "joining" || status === "joined";
  return store.isLive.value && store.calls.value.some((call) => call.isLive && isIn(call.status));
}

/** What is to be drawn now. Costs the same however long the log is. */
export function setTheScene(
  store: OverviewStore,
  model: OverviewModel,
  frame: Frame,
): OverviewScene {
  const { timeline, view, draft, pointer } = model;
  const isLive = isCallLive(store);
  const whole = wholeOf(store, model, isLive);
  model.whole.value = whole;
  const crowds = store.filter.value.channels.has("people") ? crowdsOf(store) : [];
  // For everyone, in sight or not: moving along the time must not change the height.
  const everyone = crowds.reduce((sum, { people }) => sum + people.size, 0);
  const layout = layOut(
    timeline.known,
    everyone,
    frame.room,
    (store.spoken.value?.speech.length ?? 0) > 0,
  );
  const scale = timeScale(
    visibleSpan(view.value, whole),
    layout.gutter,
    Math.max(layout.gutter + 1, frame.width - MARGIN),
  );
  const present = choosePresent(crowds, scale.span, layout.people.rows);
  const selected = store.selected.value;
  const at = pointer.value && pointer.value.x >= layout.gutter && scale.at(pointer.value.x);
  return {
    width: frame.width,
    timeline,
    layout,
    scale,
    origin: whole.from,
    span: draft.value ?? store.filter.value.span,
    selectedAt: selected && timeOf(selected),
    pointedAt: at === false ? undefined : at,
    phases: timeline.phases.map(({ callId, state, from, to }) => {
      return { title: state, state, from, to: to ?? goneAt(store, callId) };
    }),
    people: present.shown.map(({ person: { participant, sessionId }, stays }) => {
      const title = isolated(participant.user_name || sessionId);
      return stays.map((stay) => ({ title, ...stay }));
    }),
    speech: layout.speech ? speechIn(store, scale.span) : [],
    morePeople: present.count - present.shown.length,
    marks: frame.marks,
    now: isLive ? whole.to : undefined,
  };
}

/** So many stretches before the first that begins in a span may reach into it: people talk over each other. */
const REACHING = 16;

/** Who speaks in a span of time. */
function speechIn(store: OverviewStore, { from, to }: TimeSpan): OverviewScene["speech"] {
  const { callId = "", speech = [] } = store.spoken.value ?? {};
  let [low, high] = [0, speech.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((speech[middle]?.from ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const seen: (NamedStretch & { readonly role: Role })[] = [];
  for (let place = Math.max(0, low - REACHING); place < speech.length; place++) {
    const { role, from: begin, to: end = goneAt(store, callId) } = speech[place] as Speech;
    if (begin > to) break;
    if ((end ?? Infinity) < from) continue;
    seen.push({
      role,
      title: role === "user" ? "User speaks" : "Bot speaks",
      from: begin,
      to: end,
    });
  }
  return seen;
}

/** Everyone seen in the chosen call, or in all of them, as their calls came. */
function crowdsOf(store: OverviewStore): Crowd[] {
  const { callId: chosen } = store.filter.value;
  return store.calls.value.flatMap(({ callId }) => {
    const people = store.callOf(callId)?.history.people.people;
    if (!people || (chosen ?? callId) !== callId) return [];
    return [{ people, goneAt: goneAt(store, callId) }];
  });
}

/** When a call was last heard of, if its page is gone: what was open then does not go on. */
function goneAt(store: OverviewStore, callId: string): number | undefined {
  if (store.calls.value.find((call) => call.callId === callId)?.isLive) return undefined;
  const last = store.session.value.log.ofCall.get(callId)?.at(-1);
  return last && timeOf(last);
}

/** From the first event to the last, or to now; the log's, so that a filter does not change it. */
function wholeOf(store: OverviewStore, { timeline }: OverviewModel, isLive: boolean): TimeSpan {
  const { entries } = store.session.value.log;
  const [oldest, newest] = [entries[0], entries.at(-1)];
  let from = oldest ? timeOf(oldest) : Date.now();
  let to = newest ? timeOf(newest) : from;
  for (const name of LANE_NAMES) {
    const { times } = timeline.lanes[name].all;
    from = Math.min(from, times[0] ?? from);
    to = Math.max(to, times.at(-1) ?? to);
  }
  return wholeSpan(from, isLive ? Math.max(to, Date.now()) : to);
}
