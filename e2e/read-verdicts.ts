import type { Frame } from "@playwright/test";

/** A row of a sent message, as the table shows it. */
export type SentRow = {
  /** `Ada (you) → Everyone` */
  readonly people: string;
  readonly summary: string;
  /** `2 of 2 · 38 ms` */
  readonly delivered: string;
  /** The tooltip of that, a line for each recipient: `Bob: received after 38 ms by 1 listener` */
  readonly tooltip: string;
};

/** Scrolls through the table and reads all of its rows, by pointing at each cell of the Delivered column. */
export function readSentRows(panel: Frame): Promise<readonly SentRow[]> {
  return panel.evaluate(async () => {
    const grid = document.querySelector<HTMLElement>(".traffic__grid");
    if (!grid) throw new Error("There is no table.");
    const count = Number(grid.getAttribute("aria-rowcount")) - 1;
    const found = new Map<number, SentRow>();
    const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let top = 0; found.size < count;) {
      grid.scrollTop = top;
      await drawn();
      await drawn();
      for (const row of grid.querySelectorAll(".traffic__rows .row")) {
        const cell = (name: string) => row.querySelector<HTMLElement>(`.cell--${name}`);
        const delivered = cell("delivered");
        delivered?.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        found.set(Number(row.getAttribute("aria-rowindex")) - 2, {
          people: cell("people")?.textContent ?? "",
          summary: cell("summary")?.textContent ?? "",
          delivered: delivered?.textContent ?? "",
          tooltip: delivered?.title ?? "",
        });
      }
      if (grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1) break;
      top = grid.scrollTop + grid.clientHeight * 0.8;
    }
    const rows = Array.from({ length: count }, (_, place) => found.get(place));
    if (rows.includes(undefined))
      throw new Error(`Only ${found.size} of ${count} rows were drawn.`);
    return rows as SentRow[];
  });
}

/** What a tooltip says about one recipient. */
export type ReadVerdict =
  | { readonly kind: "received"; readonly isOvertaken: boolean }
  | { readonly kind: "doubled"; readonly times: number }
  | { readonly kind: "of-equals"; readonly arrived: number; readonly sent: number }
  | { readonly kind: "lost" }
  | { readonly kind: "other"; readonly text: string };

/** Reads a tooltip of the Delivered column, by the names of the recipients. */
export const readTooltip = (tooltip: string): ReadonlyMap<string, ReadVerdict> =>
  new Map(
    tooltip.split("\n").map((line) => {
      const [, name = "", text = ""] = /^(\S+)(?: \(you\))?: (.*)$/.exec(line) ?? [];
      return [name, readVerdict(text)];
    }),
  );

function readVerdict(text: string): ReadVerdict {
  const equals = /^received ([\d,]+) of ([\d,]+) equal messages$/.exec(text);
  if (equals) {
    const [arrived, sent] = equals.slice(1).map((each) => Number(each.replace(",", "")));
    return { kind: "of-equals", arrived: arrived as number, sent: sent as number };
  }
  const times = /^received (\d+) times/.exec(text)?.[1];
  if (times !== undefined) return { kind: "doubled", times: Number(times) };
  if (text === "not received") return { kind: "lost" };
  if (/^received( after|,|$)/.test(text))
    return {
      kind: "received",
      isOvertaken: text.endsWith(", after a message that was sent later"),
    };
  return { kind: "other", text };
}
