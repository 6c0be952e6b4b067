import type { Frame } from "@playwright/test";

/** A row of the panel's Traffic table, as text. */
export type ShownRow = {
  readonly id: string;
  /** Its place in the table, from 2: the head is the first row. */
  readonly rowIndex: number;
  readonly time: string;
  readonly direction: "out" | "in" | "none";
  readonly channel: string;
  readonly people: string;
  /** The chip before the summary; empty where there is none. */
  readonly type: string;
  /** The chip and what follows it. */
  readonly summary: string;
  readonly status: string;
  /** How many in view got it; empty where there is no such cell. */
  readonly delivered: string;
};

/** Reads the whole Traffic table. Only the rows in sight exist, so it is scrolled from top to bottom. */
export async function readShownRows(panel: Frame): Promise<readonly ShownRow[]> {
  const rows = await panel.evaluate(async () => {
    const grid = document.querySelector(".traffic__grid");
    const found = new Map<
      string,
      { texts: string[]; rowIndex: number; direction: string; type: string }
    >();
    for (let top = 0; grid; top += grid.clientHeight / 2) {
      grid.scrollTop = top;
      await new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      });
      for (const row of grid.querySelectorAll(".traffic__rows .row")) {
        const cells = ["time", "channel", "people", "summary", "status", "delivered"];
        found.set(row.id, {
          texts: cells.map((cell) => row.querySelector(`.cell--${cell}`)?.textContent ?? ""),
          rowIndex: Number(row.ariaRowIndex),
          direction: row.querySelector(".cell--direction")?.textContent ?? "",
          type: row.querySelector(".cell--summary .type")?.textContent ?? "",
        });
      }
      if (top + grid.clientHeight >= grid.scrollHeight) break;
    }
    // Back to where new rows appear.
    if (grid) grid.scrollTop = grid.scrollHeight;
    return [...found].map(([id, row]) => ({ id, ...row }));
  });
  return rows
    .map(({ id, rowIndex, texts, direction, type }): ShownRow => {
      const [time = "", channel = "", people = "", summary = "", status = "", delivered = ""] =
        texts;
      return {
        id,
        rowIndex,
        time,
        direction: directionOf(direction),
        channel: channel || (direction.split(" ")[0] ?? ""),
        people,
        type,
        summary,
        status,
        delivered,
      };
    })
    .toSorted((a, b) => a.rowIndex - b.rowIndex);
}

function directionOf(title: string): ShownRow["direction"] {
  if (title.endsWith("sent by this page")) return "out";
  return title.endsWith("received") ? "in" : "none";
}
