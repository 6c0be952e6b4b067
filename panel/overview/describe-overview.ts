import { countWithin, firstFrom } from "../../core/lib/time-list";
import { describeSpan, formatElapsed, isFollowing } from "./time-axis";
import { type LaneName, LANES, nearestEntry, type Stretch, stretchOf, timeOf } from "./timeline";
import {
  lanesAt,
  type NamedStretch,
  type OverviewModel,
  type OverviewScene,
  PERSON_HEIGHT,
  type Point,
} from "./overview-scene";
import type { Entry } from "../../core/session/session-log";
import type { OverviewStore } from "./overview-store";
import { rowOf } from "../../core/session/event-view";
import { formatCount, formatTime, plural } from "../ui/format";

/** Pixels around the pointer that it means. */
const REACH = 3;

/** What is at a place of the overview: when, and then line by line what. */
export function describePoint(
  store: OverviewStore,
  model: OverviewModel,
  { x, y }: Point,
): string[] {
  const { timeline } = model;
  const scene = model.scene.value;
  if (!scene || x < scene.layout.gutter) return scene ? describeLanes(scene, y) : [];
  const { scale, layout, origin, marks } = scene;
  const at = scale.at(x);
  const around = { from: scale.at(x - REACH), to: scale.at(x + REACH) };
  const names = lanesAt(layout, y);
  const stretch = stretchOf(timeline, around, names);
  const isAround = (mark: { readonly at: number }) =>
    mark.at >= around.from && mark.at <= around.to;
  const notes = marks.filter(isAround).map(({ title }) => title);
  const when = (time: number) => `${formatTime(time)} · ${formatElapsed(time - origin)}`;

  if (stretch.count === 1) {
    const entry = nearestEntry(timeline, at, names);
    if (entry) return [when(timeOf(entry)), ...describeEntry(store, entry), ...notes];
  }
  if (stretch.count > 1) {
    return [when(at), describeStretch(model, around, names, stretch), ...notes];
  }
  return [when(at), ...describeGround(scene, at, y, names), ...notes];
}

const isInSpeech = ({ speech }: OverviewScene["layout"], y: number): boolean =>
  speech !== undefined && y >= speech.top && y <= speech.top + speech.height;

function describeLanes({ layout }: OverviewScene, y: number): string[] {
  if (isInSpeech(layout, y)) return ["Who speaks: the user above, the bot below"];
  return lanesAt(layout, y).map((name) => LANES[name].title);
}

function describeEntry(store: OverviewStore, entry: Entry): string[] {
  const call = store.callOf(entry.event.callId);
  const row = rowOf(entry, call);
  if (!row) return [];
  const { name, type, from, to, payload } = row;
  const people = [from?.label, to.map(({ label }) => label).join(", ")].filter(Boolean).join(" → ");
  const about = [
    type?.label,
    people,
    payload && `${formatCount(payload.chars)} chars`,
    row.status(store.now.peek())?.label,
  ];
  return [name, about.filter(Boolean).join(" · ")].filter(Boolean);
}

/** `42 events in 1.3 s, 2 of them failed`: from the first of them to the last. */
function describeStretch(
  { timeline }: OverviewModel,
  { from, to }: { from: number; to: number },
  names: readonly LaneName[],
  { count, warnings, errors }: Stretch,
): string {
  let [first, last] = [Infinity, -Infinity];
  for (const name of names) {
    const { times } = timeline.lanes[name].all;
    const place = firstFrom(times, from);
    const found = countWithin(times, from, to);
    if (found === 0) continue;
    first = Math.min(first, times[place] as number);
    last = Math.max(last, times[place + found - 1] as number);
  }
  const parts = [
    `${plural(count, "event")} in ${formatElapsed(last - first)}`,
    errors > 0 && plural(errors, "error"),
    warnings > 0 && plural(warnings, "warning"),
  ];
  return parts.filter(Boolean).join(", ");
}

/** What lasts at a moment where nothing happens: a sync window, a stay, a phase of the call. */
function describeGround(
  { timeline, layout, people, phases, speech }: OverviewScene,
  at: number,
  y: number,
  names: readonly LaneName[],
): string[] {
  const lasts = ({ from, to }: NamedStretch) => from <= at && (to === undefined || at <= to);
  const stretchText = ({ title, from, to }: NamedStretch): string =>
    `${title}, ${formatTime(from)} – ${to === undefined ? "now" : formatTime(to)}`;
  if (isInSpeech(layout, y)) return speech.filter(lasts).map(stretchText);
  if (names.includes("session-out")) {
    const { times, items } = timeline.windows;
    const window = items[firstFrom(times, at) - 1];
    if (window && window.to >= at) return [window.title];
  }
  if (names.includes("call")) return phases.filter(lasts).map(({ title }) => `Call ${title}`);
  const row = Math.floor((y - layout.people.top) / PERSON_HEIGHT);
  const stay = people[row]?.find(lasts);
  return stay ? [stretchText(stay)] : [];
}

/** What the overview shows, as text. */
export function summarise({ scene: drawn, timeline, view }: OverviewModel): string {
  const scene = drawn.value;
  if (!scene) return "";
  const { scale, origin, layout, span, now, marks } = scene;
  const { from, to } = scale.span;
  const lanes = layout.lanes.map(({ name }) => {
    const { count, warnings, errors } = stretchOf(timeline, scale.span, [name]);
    const parts = [
      plural(count, "event"),
      errors > 0 && plural(errors, "error"),
      warnings > 0 && plural(warnings, "warning"),
    ];
    return `${LANES[name].title}: ${parts.filter(Boolean).join(", ")}.`;
  });
  const seen = marks.filter(({ at }) => at >= from && at <= to).map(({ title }) => `${title}.`);
  const speaks = (["user", "bot"] as const).flatMap((role) => {
    const count = scene.speech.filter((each) => each.role === role).length;
    return count > 0 ? [`The ${role} speaks ${plural(count, "time")}.`] : [];
  });
  return [
    `Shown: ${describeSpan(scale.span, origin)} since the start.`,
    now !== undefined && isFollowing(view.value) && "Follows the call.",
    span ? `Chosen span: ${describeSpan(span, origin)}.` : "No span chosen.",
    ...speaks,
    ...lanes,
    ...seen,
  ]
    .filter(Boolean)
    .join(" ");
}
