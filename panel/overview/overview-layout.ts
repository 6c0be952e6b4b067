import { LANE_NAMES, type LaneName } from "./timeline";

/** Where a lane is, in CSS pixels from the top; its marks stand on its lower edge, or hang from its upper one. */
export type LaneBox = {
  readonly name: LaneName;
  readonly top: number;
  readonly height: number;
  readonly grows: "up" | "down";
};

export type OverviewLayout = {
  readonly height: number;
  /** Width of the labels at the left. */
  readonly gutter: number;
  readonly ruler: number;
  readonly lanes: readonly LaneBox[];
  /** One thin bar for each person. */
  readonly people: { readonly top: number; readonly rows: number };
  readonly isStrip: boolean;
};

/** How much room the panel has: for a strip only, for the lanes, or for lanes in which bars show how many there are. */
export type OverviewRoom = "strip" | "low" | "high";

/** CSS pixels: lanes, those of them that have to share the height with many, and all of them with the people. */
const SIZES = {
  low: { lane: 10, narrow: 8, most: 92 },
  high: { lane: 13, narrow: 11, most: 126 },
} as const;
const MANY = 6;

/** CSS pixels. */
export const PERSON_HEIGHT = 3;
const MAX_PEOPLE = 8;
const RULER = 13;
/** As wide as `People +999`. */
const GUTTER = 68;
const PADDING = 2;

/** Places the lanes that ever had something; the space that is left goes to bars for the people. */
export function layOut(
  known: ReadonlySet<LaneName>,
  people: number,
  room: OverviewRoom,
): OverviewLayout {
  if (room === "strip") return strip(known);
  const size = SIZES[room];
  const names = LANE_NAMES.filter((name) => known.has(name));
  const laneHeight = names.length > MANY ? size.narrow : size.lane;
  const lanes = names.map((name, place): LaneBox => {
    return { name, top: RULER + place * laneHeight, height: laneHeight - 1, grows: "up" };
  });
  const top = RULER + names.length * laneHeight;
  const fitting = Math.floor((size.most - PADDING - top) / PERSON_HEIGHT);
  const rows = known.has("people") ? Math.min(people, fitting, MAX_PEOPLE) : 0;
  return {
    height: Math.max(top, RULER + laneHeight) + rows * PERSON_HEIGHT + PADDING,
    gutter: GUTTER,
    ruler: RULER,
    lanes,
    people: { top, rows },
    isStrip: false,
  };
}

/** Where there is no height: what goes out above the middle, what comes in below, the rest over both. */
function strip(known: ReadonlySet<LaneName>): OverviewLayout {
  const [top, middle, half] = [10, 17, 6];
  const lanes = LANE_NAMES.filter((name) => known.has(name)).map((name): LaneBox => {
    if (name.endsWith("-out")) return { name, top, height: half, grows: "up" };
    if (name.endsWith("-in")) return { name, top: middle, height: half, grows: "down" };
    return { name, top, height: middle + half - top, grows: "up" };
  });
  return {
    height: 24,
    gutter: 4,
    ruler: top,
    lanes,
    people: { top: 0, rows: 0 },
    isStrip: true,
  };
}

/** The lanes under a height; in the ruler and below the lanes there is none. */
export const lanesAt = ({ lanes }: OverviewLayout, y: number): LaneName[] =>
  lanes.filter(({ top, height }) => y >= top && y <= top + height).map(({ name }) => name);
