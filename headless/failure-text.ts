import { shortText, visibleText } from "../core/lib/texts";
import type { DailyDelivery, DailyFinding, DailyRow } from "./api";

/**
 * A message in a line: `Ada, to everyone: hand {raised: true}, at main.js:12:7 (sent)`. It never ends with a place, for
 * Playwright would take the line for one of the stack.
 */
export function rowLine(row: DailyRow): string {
  const { from, to, type, status, error, location, direction, of, summary } = row;
  const ends =
    direction === "received" ? `${of}, from ${from ?? "?"}` : `${from ?? of}, to ${toText(to)}`;
  const what = [type, summary === "{}" ? "" : shortText(summary, 120)].filter(Boolean).join(" ");
  const where = location === undefined ? "" : `, at ${location}`;
  const fate = error === undefined ? (status ?? direction) : `${status}: ${error}`;
  return visibleText(`${ends}: ${what}${where} (${fate})`);
}

const toText = (to: readonly string[]): string =>
  to.map((name) => (name === "Everyone" ? "everyone" : name)).join(", ") || "no one";

/** What became of a message at the other ends, a line each. */
export const deliveryLines = ({ receptions }: DailyDelivery): string[] =>
  receptions.length === 0
    ? ["no other end of its room was in view"]
    : receptions.map(({ to, text }) => visibleText(`${to}: ${text}`));

/** A finding in a few lines: what happened, where, and what to do. */
export function findingLines(finding: DailyFinding): string[] {
  const { rule, level, of, text, rows, location, advice, docs } = finding;
  const first = rows[0];
  return [
    `${level} ${rule}, on the page of ${of}: ${text}`,
    ...(first ? [`    First: ${first.name} ${rowLine(first)}`] : []),
    ...(location !== undefined && first?.location === undefined
      ? [`    At ${location} (thrown)`]
      : []),
    `    To do: ${advice}`,
    `    More: ${docs}`,
  ].map(visibleText);
}

/** A part of a failure: its title, and lines under it. */
export const section = (title: string, lines: readonly string[]): string =>
  lines.length === 1
    ? `${title} ${lines[0]}`
    : [title, ...lines.map((line) => `  ${line}`)].join("\n");
