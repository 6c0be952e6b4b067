import { PERSON_HEIGHT } from "./overview-layout";
import { firstFrom } from "../../core/lib/time-list";
import { LANES } from "./timeline";
import { ticksOf } from "./time-ticks";
import type { OverviewColours } from "./overview-colours";
import type { OverviewScene } from "./overview-scene";
import { paintLanes } from "./paint-lanes";

type Context = CanvasRenderingContext2D;

/** Pixels from one label of the ruler to the next, at least. */
const TICK_DISTANCE = 64;

/** Draws the overview anew. The context counts in CSS pixels. Costs as much as it is wide, however long the log is. */
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
