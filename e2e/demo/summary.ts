import { summariseDelivered } from "./delivered";
import type { ShownConversation, ShownItem } from "./shown-conversation";
import type { ShownRow } from "./shown-rows";

export type Shown = {
  readonly rows: readonly ShownRow[];
  /** The text of the status bar, one part per item. */
  readonly statusBar: readonly string[];
  /** Size of the recording that the panel exports. */
  readonly recordingBytes: number;
  /** Where the scene is a talk. */
  readonly conversation?: ShownConversation | undefined;
};

const LAST_ROWS = 8;
const CHANNELS = ["App", "User", "Session", "People", "Call"];

/** What the panel showed, as text for a terminal. */
export function summarise({ rows, statusBar, recordingBytes, conversation }: Shown): string {
  const count = (channel: string, direction: ShownRow["direction"]) =>
    String(rows.filter((row) => row.channel === channel && row.direction === direction).length);
  const table = [
    ["", "sent", "received", "other"],
    ...CHANNELS.map((name) => [name, count(name, "out"), count(name, "in"), count(name, "none")]),
  ];
  const last = rows.slice(-LAST_ROWS).map((row) => {
    const sign = { out: "->", in: "<-", none: "  " }[row.direction];
    return `${row.time}  ${sign} ${row.channel.padEnd(8)}${cut(row.people, 24)}  ${cut(row.summary, 52)}  ${row.status}`;
  });
  const delivered = summariseDelivered(rows);
  const types = summariseTypes(rows);
  return [
    `The panel showed: ${statusBar.join(", ")}.`,
    `A recording of it is ${(recordingBytes / 1024).toFixed(1)} KB.`,
    "",
    ...table.map(
      ([name = "", ...cells]) =>
        `  ${name.padEnd(9)}${cells.map((cell) => cell.padStart(10)).join("")}`,
    ),
    "",
    ...(types.length > 0 ? [...types, ""] : []),
    ...(delivered.length > 0 ? [...delivered, ""] : []),
    ...(conversation ? [...summariseConversation(conversation), ""] : []),
    "The last rows:",
    ...last.map((line) => `  ${line.trimEnd()}`),
  ].join("\n");
}

/** What was said, and how long answers took, as lines for a terminal. */
function summariseConversation({ protocol, items, totals }: ShownConversation): readonly string[] {
  const turns = items.filter(({ who }) => who !== "").length;
  const width = Math.max(0, ...totals.map(([leg]) => leg.length));
  return [
    `Conversation: ${protocol}, ${turns} turns`,
    ...items.flatMap(itemLines),
    ...(totals.length > 0 ? ["Times:"] : []),
    ...totals.map(([leg, took]) => `  ${leg.padEnd(width)}  ${took}`),
  ];
}

function itemLines({ time, who, text, calls, legs }: ShownItem): readonly string[] {
  const said = [who, text].filter(Boolean).join(": ");
  const below = [...calls, ...(legs.length > 0 ? [`(${legs.join(", ")})`] : [])];
  return [`  ${time}  ${said}`, ...below.map((line) => `  ${" ".repeat(time.length)}  ${line}`)];
}

/** How often each type of app message was sent and received, as lines for a terminal; none without app messages. */
function summariseTypes(rows: readonly ShownRow[]): readonly string[] {
  const counts = new Map<string, { out: number; in: number }>();
  for (const { channel, direction, type } of rows) {
    if (channel !== "App" || direction === "none") continue;
    const name = type === "" ? "(no type)" : type;
    const count = counts.get(name) ?? { out: 0, in: 0 };
    counts.set(name, count);
    count[direction]++;
  }
  if (counts.size === 0) return [];
  return [
    `App messages by type:${"sent".padStart(27)}${"received".padStart(10)}`,
    ...[...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => {
        const cells = [count.out, count.in].map((cell) => String(cell).padStart(10));
        return `  ${cut(name, 36)}${cells.join("")}`;
      }),
  ];
}

function cut(text: string, length: number): string {
  const letters = Array.from(text);
  return (letters.length > length ? `${letters.slice(0, length - 1).join("")}…` : text).padEnd(
    length,
  );
}
