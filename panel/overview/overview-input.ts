import { batch } from "@preact/signals";

import { isWithin, type TimeSpan } from "../../core/filter/filter";
import { lanesAt, type OverviewModel, type OverviewScene } from "./overview-scene";
import type { OverviewStore } from "./overview-store";
import { nearestEntry, timeOf } from "./timeline";
import { ALL, isFollowing, latest, panned, visibleSpan, zoomed } from "./time-axis";

/** Pixels: until a press is a drag, around an edge that takes hold of it, and to an event that a click means. */
const DRAG_FROM = 4;
const HANDLE = 5;
const NEAR = 12;

/** How much a turn of the wheel zooms: as much again for each so many pixels. */
const WHEEL_DOUBLING = 300;

/** Pixels that a line of the wheel stands for. */
const LINE = 30;

type Drag =
  | { readonly kind: "pan"; x: number }
  | {
      readonly kind: "select";
      readonly x: number;
      /** Time at the edge that stays. */
      readonly fixed: number;
      readonly isEdge: boolean;
      isMoved: boolean;
    };

/**
 * What the mouse does in the overview: choose a span, pan, zoom, choose a row. Until `signal` aborts. Returns how to give
 * up what is being dragged, which returns whether there was something.
 */
export function listenToPointer(
  canvas: HTMLCanvasElement,
  signal: AbortSignal,
  store: OverviewStore,
  model: OverviewModel,
): () => boolean {
  let drag: Drag | undefined;

  function begin({ offsetX: x, offsetY: y, button, altKey }: PointerEvent, scene: OverviewScene) {
    const isOnRuler = y < scene.layout.ruler;
    const edge = edgeAt(scene, x);
    if (button === 0 && edge !== undefined && !altKey) {
      const fixed = edge === "from" ? (scene.span?.to ?? 0) : (scene.span?.from ?? 0);
      return { kind: "select", x, fixed, isEdge: true, isMoved: false } as const;
    }
    if (button === 1 || (button === 0 && (altKey || isOnRuler))) return { kind: "pan", x } as const;
    if (button !== 0) return undefined;
    const fixed = scene.scale.at(x);
    return { kind: "select", x, fixed, isEdge: false, isMoved: false } as const;
  }

  function spanTo(x: number, fixed: number, { scale }: OverviewScene): TimeSpan {
    const { from, to } = model.whole.value;
    const end = scale.at(Math.max(scale.left, Math.min(x, scale.right)));
    const inside = (at: number) => Math.max(from, Math.min(at, to));
    return { from: inside(Math.min(end, fixed)), to: inside(Math.max(end, fixed)) };
  }

  function cancel(): void {
    drag = undefined;
    model.draft.value = undefined;
  }

  function onPointerDown(event: PointerEvent): void {
    const scene = model.scene.value;
    drag = scene && begin(event, scene);
    if (!drag) return;
    if (event.button === 1) event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
  }

  function onPointerMove({ offsetX: x, offsetY: y }: PointerEvent): void {
    const scene = model.scene.value;
    if (!scene) return;
    canvas.style.cursor = cursor(scene, x, y, drag);
    batch(() => {
      model.pointer.value = { x, y };
      if (drag?.kind === "pan") {
        const by = (drag.x - x) * scene.scale.msPerPixel;
        model.view.value = panned(model.view.value, model.whole.value, by);
        drag.x = x;
      } else if (drag) {
        drag.isMoved ||= Math.abs(x - drag.x) >= DRAG_FROM;
        if (drag.isMoved) model.draft.value = spanTo(x, drag.fixed, scene);
      }
    });
  }

  function onPointerUp({ offsetX: x, offsetY: y }: PointerEvent): void {
    const scene = model.scene.value;
    const done = drag;
    batch(() => {
      cancel();
      if (!scene || done?.kind !== "select") return;
      if (done.isMoved) {
        store.filter.value = { ...store.filter.value, span: spanTo(x, done.fixed, scene) };
      } else if (!done.isEdge) selectNear(store, model, scene, x, y);
    });
  }

  function onDblClick(): void {
    const { filter } = store;
    if (filter.value.span) filter.value = { ...filter.value, span: undefined };
    else model.view.value = ALL;
  }

  function onWheel(event: WheelEvent): void {
    const scene = model.scene.value;
    if (!scene) return;
    event.preventDefault();
    const { scale } = scene;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    const [across, down] = [event.deltaX * unit, event.deltaY * unit];
    const { view, whole } = model;
    if (event.shiftKey || Math.abs(across) > Math.abs(down)) {
      view.value = panned(view.value, whole.value, (across || down) * scale.msPerPixel);
    } else {
      const anchor = (event.offsetX - scale.left) / (scale.right - scale.left);
      const factor = 2 ** (down / WHEEL_DOUBLING);
      view.value = zoomed(view.value, whole.value, factor, Math.max(0, Math.min(1, anchor)));
    }
  }

  canvas.addEventListener("pointerdown", onPointerDown, { signal });
  canvas.addEventListener("pointermove", onPointerMove, { signal });
  canvas.addEventListener("pointerup", onPointerUp, { signal });
  canvas.addEventListener("pointercancel", cancel, { signal });
  canvas.addEventListener("pointerleave", () => void (model.pointer.value = undefined), { signal });
  canvas.addEventListener("dblclick", onDblClick, { signal });
  // Not passive: the wheel is for the overview alone.
  canvas.addEventListener("wheel", onWheel, { signal, passive: false });

  return () => {
    const wasDragging = drag !== undefined;
    cancel();
    return wasDragging;
  };
}

function edgeAt({ span, scale }: OverviewScene, x: number): keyof TimeSpan | undefined {
  if (!span) return undefined;
  const [from, to] = [Math.abs(scale.x(span.from) - x), Math.abs(scale.x(span.to) - x)];
  if (Math.min(from, to) > HANDLE) return undefined;
  return from < to ? "from" : "to";
}

function cursor(scene: OverviewScene, x: number, y: number, drag: Drag | undefined): string {
  if (drag?.kind === "pan") return "grabbing";
  if (edgeAt(scene, x) !== undefined) return "ew-resize";
  return y < scene.layout.ruler && !drag ? "grab" : "default";
}

/** Chooses the row of the event that a click means: one under the pointer, or else whatever is nearest. */
function selectNear(
  store: OverviewStore,
  { timeline }: OverviewModel,
  { scale, layout }: OverviewScene,
  x: number,
  y: number,
): void {
  const at = scale.at(x);
  const inLane = nearestEntry(timeline, at, lanesAt(layout, y));
  const isNear = inLane && Math.abs(scale.x(timeOf(inLane)) - x) <= NEAR;
  const entry = isNear ? inLane : nearestEntry(timeline, at);
  if (!entry) return;
  const { filter } = store;
  // Its row would not be there.
  if (!isWithin(entry.event.at, filter.value.span))
    filter.value = { ...filter.value, span: undefined };
  store.selection.choose(entry);
}

/** Share of what is seen that an arrow moves by, and what a key zooms by. */
const STEP = 0.1;
const ZOOM = 1.5;

/** What a key does in the overview. Returns false for one that does nothing. */
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
