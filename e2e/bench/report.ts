import { markdownTable } from "markdown-table";

/** A table for people, which can be put into Markdown as it is. All columns but the first lean to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([[...head], ...rows.map((row) => [...row])], {
    align: head.map((_, index) => (index === 0 ? "l" : "r")),
  });
}

/** A table of columns, each with its head and one cell for each of the rows. */
export function columns(
  corner: string,
  rows: readonly string[],
  cells: readonly (readonly [head: string, column: readonly string[]])[],
): string {
  const head = cells.map(([name]) => name);
  const body = rows.map((name, index) => [name, ...cells.map(([, column]) => column[index] ?? "")]);
  return table([corner, ...head], body);
}

/** An aim beside what was measured; both in the same unit. */
export function against(measured: number | undefined, atMost: number, format = seconds): string {
  if (measured === undefined) return `never (≤ ${format(atMost)}) ✗`;
  return `${format(measured)} (≤ ${format(atMost)}) ${measured <= atMost ? "✓" : "✗"}`;
}

export const seconds = (value: number): string => value.toFixed(2);
export const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
export const ratio = (value: number): string => `${value.toFixed(2)} ×`;

/** Wall milliseconds of the longest task; browsers tell only of those from 50 ms on. */
export const task = (ms: number): string => (ms === 0 ? "< 50" : whole(ms));

/** The value below which that share of the values lies; 0.5 is the median. Throws when there is no value. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.round((sorted.length - 1) * share)];
  if (value === undefined) throw new Error("There is nothing to take a quantile of.");
  return value;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Says what is going on, beside the tables. */
export const progress = (what: string): void => void process.stderr.write(`… ${what}\n`);
