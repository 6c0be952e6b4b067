import type { TimeSpan } from "../../core/filter/filter";

/** What part of the time there is is looked at: all of it, the latest of it, or a part that stays where it is. */
export type Viewport =
  | { readonly kind: "all" }
  | { readonly kind: "latest"; readonly duration: number }
  | { readonly kind: "fixed"; readonly from: number; readonly to: number };

export const ALL: Viewport = { kind: "all" };

/** The shortest and the least overall time that is shown, in ms. */
const SHORTEST = 20;
const LEAST = 1_000;

/** Whether the right edge moves on with the time. */
export const isFollowing = (view: Viewport): boolean => view.kind !== "fixed";

/** All the time there is, never so short that a single event would fill it. */
export const wholeSpan = (from: number, to: number): TimeSpan => ({
  from,
  to: Math.max(to, from + LEAST),
});

/** The span that a viewport shows of the whole. */
export function visibleSpan(view: Viewport, whole: TimeSpan): TimeSpan {
  switch (view.kind) {
    case "all":
      return whole;
    case "latest":
      return { from: Math.max(whole.from, whole.to - view.duration), to: whole.to };
    case "fixed":
      return view;
  }
}

/** Zooms by a factor (below 1: closer), with the time at `anchor` (0 left to 1 right) staying where it is. */
export function zoomed(view: Viewport, whole: TimeSpan, factor: number, anchor: number): Viewport {
  const { from, to } = visibleSpan(view, whole);
  const longest = whole.to - whole.from;
  const duration = Math.max(Math.min(SHORTEST, longest), (to - from) * factor);
  if (duration >= longest) return ALL;
  return fixedAt(from + (to - from - duration) * anchor, duration, whole);
}

/** Moves by some time (ms, to the right when positive), but not past what there is. */
export function panned(view: Viewport, whole: TimeSpan, by: number): Viewport {
  const { from, to } = visibleSpan(view, whole);
  return view.kind === "all" ? view : fixedAt(from + by, to - from, whole);
}

function fixedAt(from: number, duration: number, whole: TimeSpan): Viewport {
  const start = Math.max(whole.from, Math.min(from, whole.to - duration));
  return { kind: "fixed", from: start, to: start + duration };
}

/** The same part, moving on with the time. */
export function latest(view: Viewport): Viewport {
  return view.kind === "fixed" ? { kind: "latest", duration: view.to - view.from } : view;
}
