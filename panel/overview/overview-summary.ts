import { describeSpan } from "./time-ticks";
import { LANES } from "./timeline";
import { stretchOf } from "./timeline";
import { isFollowing } from "./viewport";
import { plural } from "../ui/format";
import type { OverviewModel } from "./overview-model";

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
  return [
    `Shown: ${describeSpan(scale.span, origin)} since the start.`,
    now !== undefined && isFollowing(view.value) && "Follows the call.",
    span ? `Chosen span: ${describeSpan(span, origin)}.` : "No span chosen.",
    ...lanes,
    ...seen,
  ]
    .filter(Boolean)
    .join(" ");
}
