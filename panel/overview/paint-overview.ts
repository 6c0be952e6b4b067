import type { RowChannel } from "../../core/session/event-view";
import { type LaneBox, type OverviewScene, PERSON_HEIGHT } from "./overview-scene";
import { type Column, columnDuration, columnsOf, ticksOf, type TimeScale } from "./time-axis";
import { type Lane, LANES } from "./timeline";
import { firstFrom } from "../../core/lib/time-list";

type OverviewColours = Readonly<
  Record<RowChannel, string> &
    Record<
      | "surface"
      | "raised"
      | "line"
      | "text"
      | "dim"
      | "accent"
      | "ok"
      | "bar"
      | "warning"
      | "error"
      | "font",
      string
    >
>;

/** The colours of the theme as it is now, for what cannot use CSS. */
export function readColours(element: Element): OverviewColours {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    "app-message": read("app"),
    "user-data": read("user"),
    "session-data": read("session"),
    people: read("people"),
    call: read("call"),
    surface: read("surface"),
    raised: read("surface-raised"),
    line: read("line"),
    text: read("text"),
    dim: read("text-dim"),
    accent: read("accent"),
    ok: read("ok"),
    bar: read("bar"),
    warning: read("bar-near"),
    error: read("bar-over"),
    font: read("font"),
  };
}

/** Tells when the theme changes. Returns how to stop it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** Where a bar is, in CSS pixels, and the worst of what it stands for. */
export type Bar = {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly level: "warning" | "error" | undefined;
};

/** Pixels: of a single event, and of what can be seen at all. */
const EVENT_WIDTH = 3;
const LEAST_HEIGHT = 3;

/** Share of the height of a lane that a single event takes. */
const SINGLE = 0.45;

/** A column with so many events is as high as it gets. */
const FULL = 512;

/**
 * The bars of a lane: one for an event by itself where there is room, else one for a column, higher with the logarithm
 * of how many there are. An event is in one bar only, and so is what is marked.
 */
export function barsOf({ all, warnings, errors }: Lane, box: LaneBox, scale: TimeScale): Bar[] {
  const duration = columnDuration(scale.msPerPixel);
  const columns = (times: readonly number[]) => columnsOf(times, scale.span, duration);
  const placesOf = (times: readonly number[]) => new Set(columns(times).map(({ at }) => at));
  const [warned, failed] = [placesOf(warnings.times), placesOf(errors.times)];
  return columns(all.times).map((column): Bar => {
    const height = heightOf(column.end - column.first, box.height);
    const top = box.grows === "up" ? box.top + box.height - height : box.top;
    const level = failed.has(column.at) ? "error" : warned.has(column.at) ? "warning" : undefined;
    return { ...across(column, all.times, duration, scale), top, height, level };
  });
}

function heightOf(count: number, most: number): number {
  const share = Math.min(1, Math.log2(count) / Math.log2(FULL));
  return Math.max(LEAST_HEIGHT, Math.round(most * (SINGLE + (1 - SINGLE) * share)));
}

function across(
  { at, first, end }: Column,
  times: readonly number[],
  duration: number,
  scale: TimeScale,
): Pick<Bar, "left" | "width"> {
  if (end - first === 1)
    return { left: Math.round(scale.x(times[first] as number)), width: EVENT_WIDTH };
  const [left, right] = [Math.round(scale.x(at)), Math.round(scale.x(at + duration))];
  return { left, width: Math.max(EVENT_WIDTH, right - left - 1) };
}

/** How much of a bar is its mark: all of a low one, the end of a high one. */
const MARK = 5;

/** The part of a bar that is marked, at the end to which it grows. */
export function markOf({ left, width, top, height }: Bar, { grows }: LaneBox): Omit<Bar, "level"> {
  const marked = Math.min(height, MARK);
  return { left, width, top: grows === "up" ? top : top + height - marked, height: marked };
}

/** Draws the bars of all lanes. The marks come last, for lanes lie over each other in a strip. */
function paintLanes(
  ctx: CanvasRenderingContext2D,
  { layout, timeline, scale }: OverviewScene,
  colours: OverviewColours,
): void {
  const marks = [];
  for (const box of layout.lanes) {
    ctx.fillStyle = colours[LANES[box.name].channel];
    for (const bar of barsOf(timeline.lanes[box.name], box, scale)) {
      const { left, top, width, height, level } = bar;
      ctx.fillRect(left, top, width, height);
      if (level) marks.push({ ...markOf(bar, box), level });
    }
  }
  for (const level of ["warning", "error"] as const) {
    ctx.fillStyle = colours[level];
    for (const { left, top, width, height, level: own } of marks)
      if (own === level) ctx.fillRect(left, top, width, height);
  }
}

type Context = CanvasRenderingContext2D;

/** Pixels from one label of the ruler to the next, at least. */
const TICK_DISTANCE = 64;

/** Draws the overview again. The context counts in CSS pixels. Costs as much as it is wide, however long the log is. */
export function paintOverview(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const { layout, scale } = scene;
  ctx.fillStyle = colours.surface;
  ctx.fillRect(0, 0, scene.width, layout.height);
  paintRuler(ctx, scene, colours);
  paintLabels(ctx, scene, colours);
  ctx.save();
  ctx.beginPath();
  ctx.rect(layout.gutter, 0, scene.width, layout.height);
  ctx.clip();
  paintPhases(ctx, scene, colours);
  paintWindows(ctx, scene, colours);
  paintLanes(ctx, scene, colours);
  paintPeople(ctx, scene, colours);
  paintSpeech(ctx, scene, colours);
  paintMarks(ctx, scene, colours);
  paintSpan(ctx, scene, colours);
  const line = (at: number | undefined, colour: string, alpha: number) => {
    if (at === undefined) return;
    ctx.globalAlpha = alpha;
    ctx.fillStyle = colour;
    ctx.fillRect(Math.round(scale.x(at)), 0, 1, layout.height);
    ctx.globalAlpha = 1;
  };
  line(scene.now, colours.dim, 0.5);
  line(scene.pointedAt, colours.text, 0.35);
  line(scene.selectedAt, colours.accent, 1);
  ctx.restore();
}

function paintRuler(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const { layout, scale, origin } = scene;
  ctx.fillStyle = colours.raised;
  ctx.fillRect(0, 0, scene.width, layout.ruler);
  ctx.font = `9px ${colours.font}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const { at, label } of ticksOf(scale.span, origin, scale.msPerPixel * TICK_DISTANCE)) {
    const x = Math.round(scale.x(at));
    ctx.fillStyle = colours.line;
    ctx.fillRect(x, 0, 1, layout.height);
    ctx.fillStyle = colours.dim;
    if (x + TICK_DISTANCE / 2 < scale.right) ctx.fillText(label, x + 3, layout.ruler / 2 + 0.5);
  }
}

function paintLabels(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const { layout, morePeople } = scene;
  if (layout.isStrip) return;
  ctx.fillStyle = colours.surface;
  ctx.fillRect(0, layout.ruler, layout.gutter - 1, layout.height);
  ctx.font = `9px ${colours.font}`;
  const tops = new Map<string, number>();
  if (layout.speech) {
    ctx.fillStyle = colours.dim;
    ctx.fillText(
      "Speech",
      6,
      layout.speech.top + layout.speech.height / 2 + 0.5,
      layout.gutter - 10,
    );
  }
  for (const { name, top, height } of layout.lanes) {
    const { channel, label } = LANES[name];
    const isPeople = name === "people";
    const first = tops.get(label) ?? top;
    tops.set(label, first);
    ctx.fillStyle = colours[channel];
    if (name.endsWith("-out")) paintArrow(ctx, layout.gutter - 7, top + height - 1, -4);
    if (name.endsWith("-in")) paintArrow(ctx, layout.gutter - 7, top + 1, 4);
    // Both directions of a channel have one label between them, written with the last of them.
    if (layout.lanes.some((box) => box.top > top && LANES[box.name].label === label)) continue;
    const bottom = top + height + (isPeople ? layout.people.rows * PERSON_HEIGHT : 0);
    const more = isPeople && layout.people.rows > 0 && morePeople > 0 ? ` +${morePeople}` : "";
    // Squeezed when there are very many, or the font is wide: it must not run into the bars.
    ctx.fillText(`${label}${more}`, 6, (first + bottom) / 2 + 0.5, layout.gutter - 10);
  }
}

/** Stands on `base` and points up or, with a positive length, down. */
function paintArrow(ctx: Context, middle: number, base: number, length: number): void {
  ctx.beginPath();
  ctx.moveTo(middle - 3, base);
  ctx.lineTo(middle + 3, base);
  ctx.lineTo(middle, base + length);
  ctx.fill();
}

function paintPhases(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const box = scene.layout.lanes.find(({ name }) => name === "call");
  if (!box) return;
  const height = scene.layout.isStrip ? 2 : box.height - 2;
  const top = box.top + box.height - height - (scene.layout.isStrip ? 0 : 1);
  for (const { state, from, to } of scene.phases) {
    ctx.globalAlpha = state === "joined" ? 0.45 : 0.25;
    ctx.fillStyle = state === "joined" ? colours.ok : colours.dim;
    paintStretch(ctx, scene, from, to, top, height);
  }
  ctx.globalAlpha = 1;
}

function paintPeople(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const { layout, people } = scene;
  ctx.fillStyle = colours.people;
  ctx.globalAlpha = 0.5;
  people.forEach((stays, row) => {
    const top = layout.people.top + row * PERSON_HEIGHT;
    for (const { from, to } of stays) paintStretch(ctx, scene, from, to, top, PERSON_HEIGHT - 1);
  });
  ctx.globalAlpha = 1;
}

/** The user in the upper half of the lane, the bot in the lower one. */
function paintSpeech(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const box = scene.layout.speech;
  if (!box) return;
  const half = Math.floor((box.height - 1) / 2);
  for (const { role, from, to } of scene.speech) {
    ctx.fillStyle = role === "user" ? colours.dim : colours.accent;
    paintStretch(ctx, scene, from, to, box.top + (role === "user" ? 0 : half + 1), half);
  }
}

function paintStretch(
  ctx: Context,
  { scale }: OverviewScene,
  from: number,
  to: number | undefined,
  top: number,
  height: number,
): void {
  const left = Math.max(scale.x(from), 0);
  const right = Math.min(to === undefined ? scale.right : scale.x(to), scale.right);
  if (right >= left) ctx.fillRect(left, top, Math.max(1, right - left), height);
}

/** A bracket around the writes of one sync window, at most one for each pixel. */
function paintWindows(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const { scale, timeline, layout } = scene;
  const box = layout.lanes.find(({ name }) => name === "session-out");
  if (!box) return;
  const { times, items } = timeline.windows;
  ctx.fillStyle = colours["session-data"];
  // The one that began before what is shown may reach into it.
  let place = Math.max(0, firstFrom(times, scale.span.from) - 1);
  while (place < items.length) {
    const window = items[place];
    if (!window || window.from > scale.span.to) break;
    const [left, right] = [Math.round(scale.x(window.from)), Math.round(scale.x(window.to))];
    const width = Math.max(2, right - left);
    ctx.globalAlpha = 0.22;
    ctx.fillRect(left, box.top, width, box.height);
    ctx.globalAlpha = 0.8;
    ctx.fillRect(left, box.top, width, 1);
    place = Math.max(place + 1, firstFrom(times, scale.at(left + 1), place));
  }
  ctx.globalAlpha = 1;
}

function paintMarks(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const { layout, scale, marks } = scene;
  for (const { at, level } of marks) {
    const x = scale.x(at);
    if (x < scale.left || x > scale.right) continue;
    ctx.fillStyle = colours[level];
    ctx.beginPath();
    ctx.moveTo(x - 4, layout.ruler - 6);
    ctx.lineTo(x + 4, layout.ruler - 6);
    ctx.lineTo(x, layout.ruler);
    ctx.fill();
  }
}

/** What is outside of the span is veiled; its edges have handles. */
function paintSpan(ctx: Context, scene: OverviewScene, colours: OverviewColours): void {
  const { span, scale, layout } = scene;
  if (!span) return;
  const left = Math.round(Math.max(scale.x(span.from), -10));
  const right = Math.round(Math.min(scale.x(span.to), scene.width));
  ctx.fillStyle = colours.raised;
  ctx.globalAlpha = 0.72;
  ctx.fillRect(0, 0, left, layout.height);
  ctx.fillRect(right, 0, scene.width, layout.height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colours.accent;
  for (const x of [left - 1, right]) {
    ctx.fillRect(x, 0, 1, layout.height);
    ctx.beginPath();
    ctx.roundRect(x - 2, 0, 5, layout.ruler - 1, 2);
    ctx.fill();
  }
}
