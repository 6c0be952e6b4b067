import { effect } from "@preact/signals";

import type { OverviewStore } from "./overview-store";
import { isFollowing } from "./time-axis";
import { onThemeChange, paintOverview, readColours } from "./paint-overview";
import { type OverviewMark, type OverviewModel, setTheScene } from "./overview-scene";

type Options = {
  readonly canvas: HTMLCanvasElement;
  readonly marks: readonly OverviewMark[];
  /** Called after each picture; the scene is in the model. */
  readonly onDrawn: () => void;
};

/** Of each frame, ms for taking in what is new. */
const SLICE_MS = 6;

/** At this height of the panel or less, the overview is a strip; from the other on, its lanes are higher. */
const LOW = "(max-height: 320px)";
const HIGH = "(min-height: 560px) and (min-width: 641px)";

/** How often the right edge moves on while nothing happens, in ms, at most. */
const STEP_MS = 500;
const CALM_STEP_MS = 1_000;

/** Keeps the canvas up to date: one picture a frame at most, and none when nothing changed. Returns how to stop it. */
export function drawOverview(
  store: OverviewStore,
  model: OverviewModel,
  options: Options,
): () => void {
  const { canvas, marks, onDrawn } = options;
  const ctx = canvas.getContext("2d");
  const [low, high] = [matchMedia(LOW), matchMedia(HIGH)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let colours = readColours(canvas);
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  // The browser asks for no frame of a panel that is not seen.
  const request = () => void (frame ||= requestAnimationFrame(draw));

  const room = () => (low.matches ? "strip" : high.matches ? "high" : "low");

  function draw(): void {
    frame = 0;
    const width = canvas.clientWidth;
    if (!ctx || width === 0) return;
    const end = performance.now() + SLICE_MS;
    const { matching } = store.shown.value;
    const isComplete = model.timeline.advance(matching, store.now.value, () => {
      return performance.now() > end;
    });
    const scene = setTheScene(store, model, { width, room: room(), marks });
    model.scene.value = scene;
    fit(canvas, width, scene.layout.height);
    ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paintOverview(ctx, scene, colours);
    onDrawn();
    clearTimeout(timer);
    if (!isComplete) request();
    else if (scene.now !== undefined && isFollowing(model.view.value)) {
      const step = calm.matches ? CALM_STEP_MS : STEP_MS;
      timer = setTimeout(request, Math.max(step, scene.scale.msPerPixel));
    }
  }

  const observer = new ResizeObserver(request);
  observer.observe(canvas, { box: "device-pixel-content-box" });
  for (const query of [low, high]) query.addEventListener("change", request);
  const stopTheme = onThemeChange(() => {
    colours = readColours(canvas);
    request();
  });
  const stopEffect = effect(() => {
    const { shown, calls, filter, selected, now, spoken } = store;
    const { view, draft, pointer } = model;
    for (const each of [shown, calls, filter, selected, now, spoken, view, draft, pointer])
      void each.value;
    request();
  });

  return () => {
    stopEffect();
    stopTheme();
    observer.disconnect();
    for (const query of [low, high]) query.removeEventListener("change", request);
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}

/** Gives the canvas as many pixels as the screen shows of it. Setting them empties it, so only when they change. */
function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  const [across, down] = [
    Math.round(width * devicePixelRatio),
    Math.round(height * devicePixelRatio),
  ];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  canvas.style.height = `${height}px`;
}
