import { type Signal, signal } from "@preact/signals";

import type { TimeSpan } from "../../core/filter/filter";
import type { Session } from "../session/session";
import { createTimeline, type Timeline } from "./timeline";
import { ALL, type Viewport } from "./viewport";
import type { OverviewScene } from "./overview-scene";

/** A place in the overview, in CSS pixels. */
export type Point = { readonly x: number; readonly y: number };

export type OverviewModel = {
  readonly timeline: Timeline;
  readonly view: Signal<Viewport>;
  /** The span that is being drawn. */
  readonly draft: Signal<TimeSpan | undefined>;
  readonly pointer: Signal<Point | undefined>;
  /** All the time there is, and what was drawn last. */
  readonly whole: Signal<TimeSpan>;
  readonly scene: Signal<OverviewScene | undefined>;
};

const models = new WeakMap<Session, OverviewModel>();

/** The overview of a session, which stays as it was left while other things are looked at. */
export function overviewOf(session: Session): OverviewModel {
  const known = models.get(session);
  if (known) return known;
  const model: OverviewModel = {
    timeline: createTimeline(session.callOf),
    view: signal(ALL),
    draft: signal(undefined),
    pointer: signal(undefined),
    whole: signal({ from: 0, to: 1 }),
    scene: signal(undefined),
  };
  models.set(session, model);
  return model;
}
