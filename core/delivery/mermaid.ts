import { countText, shortText, withoutIsolates } from "../lib/texts";
import type { SequenceRow } from "./sequence";
import type { SequenceColumn } from "./sequence-columns";
import { type Reach, type Scene, type SceneContext, sceneOf } from "./sequence-scene";

/** What Mermaid takes as it comes: 50,000 characters, of which some are left for what is put around a diagram. */
const MAX_CHARS = 48_000;
/** More rows than this no one reads as a picture. */
const MAX_ROWS = 500;
/** Characters of a text, before it is escaped. */
const MAX_LABEL = 80;
const MAX_NAME = 40;
/** Characters of a line that begins or ends a sync window. */
const MAX_WINDOW_LINE = 20;

/** Which rows are left out where there are too many: those at the end, or those at the beginning. */
export type LeftOut = "later" | "earlier";

/** A diagram, with how many rows are in it and how many it has no room for. */
export type MermaidDiagram = {
  readonly text: string;
  readonly rows: number;
  readonly leftOut: number;
};

/** Rows of a sequence as a Mermaid `sequenceDiagram`. Of too many, some are left out, and a note says how many. */
export function toMermaid(
  rows: readonly SequenceRow[],
  context: SceneContext,
  leaveOut: LeftOut = "later",
): MermaidDiagram {
  const taken = leaveOut === "later" ? rows.slice(0, MAX_ROWS) : rows.slice(-MAX_ROWS);
  const printed = taken.map((row) => printRow(sceneOf(row, context), row, context));
  const { list } = context.columns;
  const heads = list.map(participantLine);
  let room = MAX_CHARS - heads.reduce((sum, { length }) => sum + length + 1, 200);
  const kept: Printed[] = [];
  const next = () => (leaveOut === "later" ? printed.shift() : printed.pop());
  for (let each = next(); each; each = next()) {
    const { begins, ends } = each.windows;
    room -= each.lines.reduce((sum, { length }) => sum + length + 1, 0);
    room -= (begins.length + ends.length) * MAX_WINDOW_LINE;
    if (room < 0) break;
    kept.push(each);
  }
  if (leaveOut === "earlier") kept.reverse();
  const used = new Set(kept.flatMap(({ columns }) => columns));
  const leftOut = rows.length - kept.length;
  const note = leftOut > 0 &&
    used.size > 0 && [
      `  Note over ${span([...used])}: ${escape(`${countText(leftOut)} ${leaveOut} events left out`)}`,
    ];
  const body = [
    ...(note && leaveOut === "earlier" ? note : []),
    ...withWindows(kept, idOf(context.columns.room)),
    ...(note && leaveOut === "later" ? note : []),
  ];
  const participants = heads.filter((_, column) => used.has(column));
  return {
    text: ["sequenceDiagram", ...participants, ...body, ""].join("\n"),
    rows: kept.length,
    leftOut,
  };
}

type Printed = {
  readonly lines: readonly string[];
  readonly columns: readonly number[];
  readonly windows: { readonly begins: readonly string[]; readonly ends: readonly string[] };
};

const idOf = (column: number): string => `p${column}`;

const participantLine = ({ name, isInView, kind }: SequenceColumn, column: number): string =>
  `  participant ${idOf(column)} as ${escape(shortText(name, MAX_NAME))}${
    isInView || kind !== "participant" ? "" : " (not in view)"
  }`;

/** From the first to the last of some columns, as a note over them. */
function span(columns: readonly number[]): string {
  const [first, last] = [Math.min(...columns), Math.max(...columns)];
  return first === last ? idOf(first) : `${idOf(first)},${idOf(last)}`;
}

const ARROWS: { readonly [R in Reach]: string } = {
  arrived: "->>",
  doubled: "->>",
  equal: "-->>",
  lost: "-x",
  waiting: "--)",
  unknown: "--)",
};

function printRow(scene: Scene, row: SequenceRow, context: SceneContext): Printed {
  const { from, ends, mark, isArrivalOnly } = scene;
  const what = labelOf(scene);
  const windows = windowsOf(row, context);
  const to = ends.map(({ column }) => column);
  const noteOver = (over: readonly number[], text: string): Printed => ({
    lines: [`  Note over ${span(over)}: ${escape(text)}`],
    columns: over,
    windows,
  });
  if (mark) return noteOver([from], mark === "join" ? "joined" : mark === "leave" ? "left" : what);
  if (to.length === 0) return { lines: [], columns: [], windows };
  if (isArrivalOnly || from < 0) return noteOver(to, `received: ${what}`);
  const lines = ends.map(({ reach, column, result }) => {
    const text = [what, result].filter(Boolean).join(" · ");
    return `  ${idOf(from)}${ARROWS[reach]}${idOf(column)}: ${escape(text)}`;
  });
  return { lines, columns: [from, ...to], windows };
}

const labelOf = ({ type, summary, result, ends }: Scene): string =>
  [shortText([type, summary].filter(Boolean).join(" "), MAX_LABEL), ends.length === 0 ? result : ""]
    .filter(Boolean)
    .join(" · ");

/** Sync windows that a row begins, and those that it may end: by the call and the event that ends them. */
function windowsOf({ entry, also }: SequenceRow, { callOf, columns }: SceneContext) {
  const { event } = entry;
  if (columns.room < 0) return { begins: [], ends: [] };
  if (event.kind !== "method-called")
    return {
      begins: [],
      ends: [entry, ...also].map(({ event: { callId, seq } }) => `${callId} ${seq}`),
    };
  const window = callOf(event.callId)?.history.session.writes.get(event.seq)?.window;
  const isFirst = window?.writes[0]?.seq === event.seq;
  return { begins: isFirst ? [`${event.callId} ${window.confirmedBy}`] : [], ends: [] };
}

/** The lines of rows, with the room's bar from the first write of each sync window to the state that has it. */
function withWindows(printed: readonly Printed[], room: string): string[] {
  const open = new Set<string>();
  return printed.flatMap(({ lines, windows: { begins, ends } }) => {
    const begun = begins.filter((key) => !open.has(key));
    for (const key of begun) open.add(key);
    const ended = ends.filter((key) => open.delete(key));
    return [
      ...lines,
      ...begun.map(() => `  activate ${room}`),
      ...ended.map(() => `  deactivate ${room}`),
    ];
  });
}

/** All but letters, digits and signs that mean nothing to Mermaid. */
const SPECIAL = /[^\p{L}\p{N}\p{M} .,'()!?/=+*_·…×→-]/gu;

/**
 * A text as Mermaid reads it in a name or a label: in a line, and whatever could end it, begin a comment or be markup
 * by its number. `end` closes a block wherever it stands.
 */
export function escape(text: string): string {
  return withoutIsolates(text)
    .toWellFormed()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\p{C}/gu, "")
    .replace(SPECIAL, (char) => `#${char.codePointAt(0)};`)
    .replace(/\bend\b/gi, (word) => `${word.slice(0, 2)}#${word.charCodeAt(2)};`);
}
