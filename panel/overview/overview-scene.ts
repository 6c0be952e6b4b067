import type { TimeSpan } from "../../core/filter/filter";
import type { OverviewLayout } from "./overview-layout";
import type { TimeScale } from "./time-scale";
import type { Timeline } from "./timeline";

/** Something to point out in the overview, beside the traffic itself. */
export type OverviewMark = {
  /** Epoch ms. */
  readonly at: number;
  readonly level: "warning" | "error";
  readonly title: string;
};

/** A stretch of time with a name: a stay of a person, a phase of a call. */
export type NamedStretch = {
  readonly title: string;
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
};

/** All that a picture of the overview shows. */
export type OverviewScene = {
  /** CSS pixels. */
  readonly width: number;
  readonly timeline: Timeline;
  readonly layout: OverviewLayout;
  readonly scale: TimeScale;
  /** The beginning of the log: the ruler counts from it. */
  readonly origin: number;
  /** The chosen span, or the one that is being drawn. */
  readonly span: TimeSpan | undefined;
  /** Time of the chosen row. */
  readonly selectedAt: number | undefined;
  /** Time under the pointer. */
  readonly pointedAt: number | undefined;
  readonly phases: readonly (NamedStretch & { readonly state: "joining" | "joined" })[];
  /** Of each person with a bar, their stays in what is seen. */
  readonly people: readonly (readonly NamedStretch[])[];
  /** How many more people were there in what is seen, without a bar. */
  readonly morePeople: number;
  readonly marks: readonly OverviewMark[];
  /** Where the future begins, while a call is live. */
  readonly now: number | undefined;
};
