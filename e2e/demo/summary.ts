import { summariseDelivered } from "./delivered";
import type { ShownRow } from "./shown-rows";

export type Shown = {
  readonly rows: readonly ShownRow[];
  /** The text of the status bar, one part per item. */
  readonly statusBar: readonly string[];
  /** Size of the recording that the panel exports. */
  readonly recordingBytes: number;
};

const LAST_ROWS = 8;
const CHANNELS = ["App", "User", "Session", "People", "Call"];

/** What the panel showed, as text for a terminal. */
export function summarise({ rows, statusBar, recordingBytes }: Shown): string {
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
  return [
    `The panel showed: ${statusBar.join(", ")}.`,
    `A recording of it is ${(recordingBytes / 1024).toFixed(1)} KB.`,
    "",
    ...table.map(
      ([name = "", ...cells]) =>
        `  ${name.padEnd(9)}${cells.map((cell) => cell.padStart(10)).join("")}`,
    ),
    "",
    ...(delivered.length > 0 ? [...delivered, ""] : []),
    "The last rows:",
    ...last.map((line) => `  ${line.trimEnd()}`),
  ].join("\n");
}

function cut(text: string, length: number): string {
  const letters = Array.from(text);
  return (letters.length > length ? `${letters.slice(0, length - 1).join("")}…` : text).padEnd(
    length,
  );
}
