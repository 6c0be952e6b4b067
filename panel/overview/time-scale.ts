import type { TimeSpan } from "../../core/filter/filter";

/** Between times (epoch ms) and places (CSS pixels from the left). */
export type TimeScale = {
  readonly span: TimeSpan;
  readonly left: number;
  readonly right: number;
  readonly msPerPixel: number;
  x(at: number): number;
  at(x: number): number;
};

/** Shows a span from `left` to `right`. */
export function timeScale(span: TimeSpan, left: number, right: number): TimeScale {
  const msPerPixel = (span.to - span.from) / Math.max(1, right - left);
  return {
    span,
    left,
    right,
    msPerPixel,
    x: (at) => left + (at - span.from) / msPerPixel,
    at: (x) => span.from + (x - left) * msPerPixel,
  };
}
