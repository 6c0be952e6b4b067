import type { LaneBox } from "../store/overview-layout";
import { columnDuration, columnsOf } from "../store/timeline-columns";
import { LANES } from "../store/timeline-lanes";
import type { Lane } from "../store/timeline";
import type { TimeScale } from "../store/time-scale";
import type { OverviewColours } from "./overview-colours";

/** Pixels: of a single event, and of a mark, which is never too thin to be seen. */
const EVENT_WIDTH = 3;
const MARK_WIDTH = 3;

/** Share of the height of a lane that a single event takes. */
const SINGLE = 0.7;

/** A column with so many events is as high as it gets. */
const FULL = 32;

/** Draws a lane: an event by itself where there is room, else a column that is higher the more there are. */
export function paintLane(
  ctx: CanvasRenderingContext2D,
  { all, warnings, errors }: Lane,
  box: LaneBox,
  scale: TimeScale,
  colours: OverviewColours,
): void {
  const duration = columnDuration(scale.msPerPixel);
  const fill = (x: number, width: number, share: number) => {
    const height = Math.max(2, box.height * share);
    const top = box.grows === "up" ? box.top + box.height - height : box.top;
    ctx.fillRect(x, top, width, height);
  };

  ctx.fillStyle = colours[LANES[box.name].channel];
  for (const { at, first, end } of columnsOf(all.times, scale.span, duration)) {
    const count = end - first;
    const share = Math.min(1, Math.log2(count) / Math.log2(FULL));
    ctx.globalAlpha = 0.7 + 0.3 * share;
    if (count === 1) {
      fill(Math.round(scale.x(all.times[first] as number)), EVENT_WIDTH, SINGLE);
      continue;
    }
    const [left, right] = [Math.round(scale.x(at)), Math.round(scale.x(at + duration))];
    fill(left, Math.max(EVENT_WIDTH, right - left - 1), SINGLE + (1 - SINGLE) * share);
  }
  ctx.globalAlpha = 1;
  for (const [times, colour] of [
    [warnings.times, colours.warning],
    [errors.times, colours.error],
  ] as const) {
    ctx.fillStyle = colour;
    for (const { first } of columnsOf(times, scale.span, duration)) {
      fill(Math.round(scale.x(times[first] as number)), MARK_WIDTH, 1);
    }
  }
}
