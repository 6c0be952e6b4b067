import * as v from "valibot";

import type { EventView } from "../../core/session/event-view";

/** The columns of the table, in their order. */
export const COLUMNS = [
  "time",
  "direction",
  "call",
  "channel",
  "people",
  "summary",
  "size",
  "latency",
  "delivered",
  "status",
  "initiator",
] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** How the time of a row is told: by the clock, since its call began, or since the row above. */
const TIME_FORMATS = ["clock", "since-start", "since-previous"] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

const columnSettings = v.object({
  /** Whether the user wants it; undefined where the width of the table decides. */
  isShown: v.optional(v.boolean()),
  /** CSS pixels; undefined for the width that suits the table. */
  width: v.optional(v.pipe(v.number(), v.minValue(20), v.maxValue(2_000))),
});

export const tableSettingsSchema = v.object({
  columns: v.record(v.string(), columnSettings),
  time: v.picklist(TIME_FORMATS),
});
export type TableSettings = v.InferOutput<typeof tableSettingsSchema>;

export const DEFAULT_TABLE: TableSettings = { columns: {}, time: "clock" };

/** The arrangement as it is kept: see `Arrangement`. */
export const arrangementSchema = v.object({
  group: v.picklist(["none", "runs", "types"]),
  sort: v.optional(v.object({ column: v.picklist(COLUMNS), isDescending: v.boolean() })),
});

export type Column = {
  readonly name: ColumnName;
  readonly title: string;
  /** What it shows of that where there is little room. */
  readonly shortTitle?: string;
  /** What its head explains. */
  readonly about: string;
  /** What it sorts by, undefined for what has no value there; without it, it doesn't sort. `now` is epoch ms. */
  readonly sort?: (view: EventView, now: number) => number | string | undefined;
  /** Whether what a write is sorted by may change after it was made. */
  readonly isVolatile?: true;
  /** Whether it is aligned to the right. */
  readonly isNumber?: true;
};

const ABOUT: { readonly [C in ColumnName]: Omit<Column, "name"> } = {
  time: { title: "Time", about: "When it happened in the page", sort: ({ event }) => event.at },
  direction: { title: "", about: "Sent by this page, or received" },
  channel: {
    title: "Channel",
    about: "Which of Daily's channels it went through",
    sort: ({ channel, name }) => `${channel} ${name}`,
  },
  call: { title: "Call", about: "Which call object of this tab it belongs to" },
  people: {
    title: "From → to",
    about: "Who sent it, and to whom",
    sort: ({ from, to }) => from && `${from.label} ${to.map(({ label }) => label).join()}`,
  },
  summary: {
    title: "Summary",
    about: "The type that the message names, and its data",
    sort: ({ type, summary }) => `${type?.label ?? ""} ${summary}`,
  },
  size: {
    title: "Size",
    about: "UTF-16 characters of the JSON text: what daily-js counts against the limit",
    sort: ({ payload }) => payload?.chars,
    isNumber: true,
  },
  latency: {
    title: "Latency",
    about: "From the write until it was in the room (session data) or settled (user data)",
    sort: ({ latency }) => latency?.ms,
    isVolatile: true,
    isNumber: true,
  },
  delivered: {
    title: "Delivered",
    shortTitle: "Got",
    about:
      "Who of the others in view received it, and after how long at the latest; – where no recipient’s page is in view",
    isNumber: true,
  },
  status: {
    title: "Status",
    about: "What became of it, as far as this page can tell",
    sort: (view, now) => view.status(now)?.label,
    isVolatile: true,
  },
  initiator: { title: "Initiator", about: "The line of the app that made the call" },
};

export const columnOf = (name: ColumnName): Column => ({ name, ...ABOUT[name] });

/** Tables at least so wide, in CSS pixels, have the widths below at the same place. */
const STEPS = [900, 640, 460, 0] as const;
type Steps<T> = readonly [T, T, T, T];

/** CSS pixels; 0 where a column is hidden unless the user turns it on, all zeros for one that is hidden at first. */
const WIDTHS: Partial<Record<ColumnName, Steps<number>>> = {
  time: [94, 94, 94, 94],
  direction: [18, 18, 16, 16],
  call: [96, 76, 0, 0],
  channel: [66, 66, 60, 0],
  size: [104, 88, 48, 46],
  latency: [68, 0, 0, 0],
  delivered: [112, 108, 44, 40],
  status: [124, 116, 84, 24],
  initiator: [120, 0, 0, 0],
};

const FLEXIBLE: Partial<Record<ColumnName, Steps<string>>> = {
  people: ["minmax(100px, 1fr)", "minmax(100px, 1fr)", "minmax(70px, 1fr)", "minmax(60px, 1fr)"],
  summary: [
    "minmax(120px, 2fr)",
    "minmax(120px, 2fr)",
    "minmax(80px, 1.6fr)",
    "minmax(60px, 1.2fr)",
  ],
};

/** CSS pixels of a character of a summary, at the least. */
const NARROWEST_CHAR = 6;

export type TableLayout = {
  readonly columns: readonly Column[];
  /** For `grid-template-columns`. */
  readonly template: string;
  /** More characters of a summary than there is room for. */
  readonly summaryChars: number;
  /** Whether a column says of which channel a row is. */
  readonly hasChannel: boolean;
  /** Whether there is hardly any: a row has two lines, the second for its summary. */
  readonly isTwoLine: boolean;
  /** Of a row, in CSS pixels. */
  readonly rowHeight: number;
  /** Whether there is little room: meters go under their numbers, and one of two people is left out. */
  readonly isNarrow: boolean;
};

/** Heights of a row of one line and of two, in CSS pixels. */
const ROW_HEIGHT = 21;
const TALL_ROW_HEIGHT = 38;

/**
 * Which columns a table of this width (CSS pixels) has, and how wide they are. `hasCalls`: rows of several calls are
 * shown side by side. `hasEnds`: other ends of the room are in view.
 */
export function layoutOf(
  { columns: chosen }: TableSettings,
  width: number,
  { hasCalls, hasEnds }: { readonly hasCalls: boolean; readonly hasEnds: boolean },
): TableLayout {
  const step = STEPS.findIndex((least) => width >= least) as 0 | 1 | 2 | 3;
  const shown = COLUMNS.flatMap((name) => {
    const { isShown, width: own } = chosen[name] ?? {};
    const suited = WIDTHS[name];
    if (name === "call" && !hasCalls) return [];
    if (name === "delivered" && !hasEnds && !isShown) return [];
    if (!(isShown ?? (suited === undefined || suited[step] > 0))) return [];
    const size =
      own !== undefined && name !== "summary"
        ? `${own}px`
        : (FLEXIBLE[name]?.[step] ?? `${suited?.[step] || suited?.[0] || 80}px`);
    return [{ name, size }];
  });
  const isTwoLine = step > 2;
  return {
    columns: shown.map(({ name }) => columnOf(name)),
    template: shown
      .filter(({ name }) => !isTwoLine || name !== "summary")
      .map(({ size }) => size)
      .join(" "),
    summaryChars: Math.ceil(width / NARROWEST_CHAR),
    hasChannel: shown.some(({ name }) => name === "channel"),
    isNarrow: step > 1,
    isTwoLine,
    rowHeight: isTwoLine ? TALL_ROW_HEIGHT : ROW_HEIGHT,
  };
}
