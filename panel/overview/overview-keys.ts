import type { OverviewStore } from "./overview-store";
import { ALL, isFollowing, latest, panned, visibleSpan, zoomed } from "./viewport";
import type { OverviewModel } from "./overview-model";

/** Share of what is seen that an arrow moves by, and what a key zooms by. */
const STEP = 0.1;
const ZOOM = 1.5;

/** What a key does in the overview. Answers false for one that does nothing. */
export function pressInOverview(
  store: OverviewStore,
  model: OverviewModel,
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent,
): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  const { filter } = store;
  const { view, whole } = model;
  const seen = visibleSpan(view.value, whole.value);
  const step = (seen.to - seen.from) * STEP;
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight": {
      const by = key === "ArrowLeft" ? -step : step;
      if (shiftKey) extend(store, model, by);
      else view.value = panned(view.value, whole.value, by);
      return true;
    }
    case "+":
    case "=":
      zoom(store, model, 1 / ZOOM);
      return true;
    case "-":
    case "_":
      zoom(store, model, ZOOM);
      return true;
    case "0":
      view.value = ALL;
      return true;
    case "Home":
      view.value = panned(view.value, whole.value, whole.value.from - seen.from);
      return true;
    case "End":
      view.value = latest(view.value);
      return true;
    case "Enter":
      filter.value = { ...filter.value, span: { from: seen.from, to: seen.to } };
      return true;
    case "Escape":
      if (!filter.value.span) return false;
      filter.value = { ...filter.value, span: undefined };
      return true;
    default:
      return false;
  }
}

/** Zooms around the chosen row when it is seen, or the middle; what follows the time goes on doing so. */
function zoom({ selected }: OverviewStore, { view, whole }: OverviewModel, factor: number): void {
  const seen = visibleSpan(view.value, whole.value);
  const anchor = ((selected.value?.event.at ?? Infinity) - seen.from) / (seen.to - seen.from);
  const isSeen = anchor >= 0 && anchor <= 1;
  const next = zoomed(view.value, whole.value, factor, isSeen ? anchor : 0.5);
  view.value = isFollowing(view.value) && !isSeen ? latest(next) : next;
}

/** Moves the edge of the span that lies that way outwards; without a span, begins one in the middle. */
function extend({ filter }: OverviewStore, { view, whole }: OverviewModel, by: number): void {
  const seen = visibleSpan(view.value, whole.value);
  const middle = (seen.from + seen.to) / 2;
  const { from, to } = filter.value.span ?? { from: middle, to: middle };
  const span =
    by < 0
      ? { from: Math.max(whole.value.from, from + by), to }
      : { from, to: Math.min(whole.value.to, to + by) };
  filter.value = { ...filter.value, span };
}
