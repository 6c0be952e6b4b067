import { barsOf, markOf } from "./lane-bars";
import { LANES } from "./timeline";
import type { OverviewColours } from "./overview-colours";
import type { OverviewScene } from "./overview-scene";

/** Draws the bars of all lanes. The marks come last, for lanes lie over each other in a strip. */
export function paintLanes(
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
