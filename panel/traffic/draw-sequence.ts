import type { SequenceColumn, Stretch } from "../../core/delivery/sequence-columns";
import type { Scene, SceneEnd } from "../../core/delivery/sequence-scene";

/** Height of a row, and where its arrow is in it, in CSS pixels. */
export const ROW_HEIGHT = 30;
const ARROW_Y = 20.5;
/** Length of the head of an arrow, and half its width. */
const [HEAD, HALF_HEAD] = [7, 3.5];
/** Half the width of the bar of a sync window. */
const HALF_BAR = 4;
/** Length of what is drawn of an arrow whose beginning isn't known, at the most. */
const STUB = 34;
/** The same as a share of a column. */
const STUB_SHARE = 0.4;
/** Between a label and the end of its arrow. */
const LABEL_GAP = 7;
const MAX_LABEL = 460;
/** A label with so much room isn't better off anywhere else. */
const ENOUGH = 240;

/** A path with its class, as an SVG draws it. */
export type Stroke = { readonly d: string; readonly class: string };

/** Where the label of a row is: from a distance to one side of the columns on, in CSS pixels. */
type LabelPlace = {
  readonly side: "left" | "right";
  readonly offset: number;
  /** How far it is from there to the other end of its arrow. */
  readonly length: number;
  readonly maxWidth: number;
};

export type Drawing = {
  readonly life: readonly Stroke[];
  /** What is drawn over it. */
  readonly strokes: readonly Stroke[];
  readonly label: LabelPlace;
};

/** In CSS pixels but for the count of columns. */
export type SequenceSize = {
  readonly columnWidth: number;
  readonly count: number;
  /** What is in sight of the columns, with what is free beside them. */
  readonly width: number;
};

const centre = (column: number, { columnWidth }: SequenceSize): number =>
  Math.round((column + 0.5) * columnWidth) + 0.5;

/** What a row looks like: life lines as they were at a time (epoch ms), and its arrows. */
export function drawRow(
  scene: Scene,
  at: number,
  columns: readonly SequenceColumn[],
  size: SequenceSize,
): Drawing {
  return {
    life: lifeLines(scene, at, columns, size),
    strokes: [...arrows(scene, size), ...marks(scene, size)],
    label: labelPlace(scene, size),
  };
}

/** What is drawn first, and so decides how a line looks that several arrows share. */
const ORDER: readonly SceneEnd["reach"][] = [
  "arrived",
  "doubled",
  "equal",
  "lost",
  "waiting",
  "unknown",
];
const orderOf = ({ reach }: SceneEnd): number => ORDER.indexOf(reach);

function lifeLines(
  { from, mark }: Scene,
  at: number,
  columns: readonly SequenceColumn[],
  size: SequenceSize,
): Stroke[] {
  const paths = { seen: "", dim: "" };
  for (const [place, { life, isInView }] of columns.entries()) {
    const isOwn = place === from;
    const isBefore = life.some((each) => each.from < at && at <= each.to);
    const isAfter = life.some((each) => each.from <= at && at < each.to);
    const top = isBefore && !(isOwn && mark === "join") ? 0 : ARROW_Y;
    const bottom = isAfter && !(isOwn && mark === "leave") ? ROW_HEIGHT : ARROW_Y;
    if (top < bottom)
      paths[isInView ? "seen" : "dim"] += `M${centre(place, size)} ${top}V${bottom}`;
  }
  return [
    { d: paths.seen, class: "life" },
    { d: paths.dim, class: "life life--dim" },
  ].filter(({ d }) => d !== "");
}

/** The bar on the line of the room while session data is on its way there, at a time (epoch ms). */
export function drawBars(
  at: number,
  columns: readonly SequenceColumn[],
  windows: readonly Stretch[],
  size: SequenceSize,
): Stroke[] {
  const room = columns.findIndex(({ kind }) => kind === "room");
  const window = windows.find(({ from, to }) => from <= at && at <= to);
  if (room < 0 || !window) return [];
  const x = centre(room, size);
  const top = window.from === at ? ARROW_Y : 0;
  const bottom = window.to === at ? ARROW_Y : ROW_HEIGHT;
  const [left, right] = [x - HALF_BAR, x + HALF_BAR];
  const sides = `M${left} ${top}V${bottom}M${right} ${top}V${bottom}`;
  const ends = [top, bottom].filter((y) => y === ARROW_Y).map((y) => `M${left} ${y}H${right}`);
  return [
    { d: `M${left} ${top}H${right}V${bottom}H${left}Z`, class: "bar" },
    { d: sides + ends.join(""), class: "bar__edge" },
  ];
}

/** The arrows of a row. Those that go the same way share their line, as far as the nearer of them goes. */
function arrows({ from, ends, isArrivalOnly }: Scene, size: SequenceSize): Stroke[] {
  /** How far there is a line already, to the left (-1) and to the right (1). */
  const drawn = new Map<number, number>();
  const sorted = ends.toSorted((a, b) => orderOf(a) - orderOf(b) || b.column - a.column);
  return sorted.flatMap(({ column, reach, isTrouble }) => {
    const end = centre(column, size);
    const sender = from < 0 ? end - size.columnWidth : centre(from, size);
    const way = end >= sender ? 1 : -1;
    const isStub = isArrivalOnly || from < 0;
    const start = isStub
      ? end - way * Math.min(STUB, size.columnWidth * STUB_SHARE)
      : (drawn.get(way) ?? sender);
    const names = `arrow arrow--${reach}${isTrouble ? " arrow--trouble" : ""}${isStub ? " arrow--stub" : ""}`;
    const head = headOf(reach, end, way, Math.abs(end - sender));
    const strokes: Stroke[] = [{ d: head.d, class: `${names} ${head.class}` }];
    if ((head.lineTo - start) * way > 0) {
      strokes.unshift({ d: `M${start} ${ARROW_Y}H${head.lineTo}`, class: names });
      drawn.set(way, head.lineTo);
    }
    return strokes;
  });
}

/** The head of an arrow that ends at `end` and goes left (-1) or right (1), and how far its line goes. */
function headOf(reach: SceneEnd["reach"], end: number, way: number, length: number) {
  if (reach === "lost") {
    const x = end - way * Math.min(26, length / 3);
    const [left, right, up, down] = [x - 4, x + 4, ARROW_Y - 4, ARROW_Y + 4];
    const d = `M${left} ${up}L${right} ${down}M${left} ${down}L${right} ${up}`;
    return { d, class: "cross", lineTo: x - way * 7 };
  }
  const isOpen = reach === "unknown" || reach === "waiting";
  const [up, down] = [ARROW_Y - HALF_HEAD, ARROW_Y + HALF_HEAD];
  const heads = (reach === "doubled" ? [end, end - way * (HEAD + 1)] : [end]).map((tip) => {
    const back = tip - way * HEAD;
    return isOpen
      ? `M${back} ${up}L${tip} ${ARROW_Y}L${back} ${down}`
      : `M${tip} ${ARROW_Y}L${back} ${up}V${down}Z`;
  });
  return {
    d: heads.join(""),
    class: isOpen ? "head--open" : "head",
    lineTo: end - way * (isOpen ? 1 : HEAD),
  };
}

/** Where it begins, or happens. */
function marks({ from, mark, ends, isArrivalOnly, level }: Scene, size: SequenceSize): Stroke[] {
  if (from < 0 || isArrivalOnly) return [];
  const x = centre(from, size);
  const names = level === "warning" || level === "error" ? ` mark--${level}` : "";
  if (mark === "leave")
    return [{ d: `M${x - 7} ${ARROW_Y}H${x + 7}`, class: `mark mark--leave${names}` }];
  const radius = mark === "join" ? 4.5 : mark ? 3.5 : 2.5;
  const kind = mark ?? (ends.length > 0 ? "start" : "event");
  return [{ d: circle(x, radius), class: `mark mark--${kind}${names}` }];
}

const circle = (x: number, radius: number): string =>
  `M${x - radius} ${ARROW_Y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;

/** Above its arrow: from the left end on, where there is enough room or more than from the right end. */
function labelPlace({ from, ends, isArrivalOnly }: Scene, size: SequenceSize): LabelPlace {
  const width = size.columnWidth * size.count;
  const all = [...(isArrivalOnly ? [] : [from]), ...ends.map(({ column }) => column)];
  const columns = all.filter((column) => column >= 0);
  if (columns.length === 0) return { side: "left", offset: LABEL_GAP, length: 0, maxWidth: width };
  const first = centre(Math.min(...columns), size) + LABEL_GAP;
  const last = centre(Math.max(...columns), size) - (columns.length > 1 ? LABEL_GAP : -LABEL_GAP);
  const roomAfter = Math.max(width, size.width) - first;
  const isLeft = roomAfter >= Math.min(ENOUGH, last);
  const room = isLeft ? roomAfter : last;
  return {
    side: isLeft ? "left" : "right",
    offset: isLeft ? first : width - last,
    length: Math.max(0, last - first),
    maxWidth: Math.max(0, Math.min(MAX_LABEL, room - LABEL_GAP)),
  };
}
