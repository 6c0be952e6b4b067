import { withoutIsolates } from "../../lib/texts";
import { NO_TYPE } from "../../daily/message-type";
import type { RowChannel } from "../../session/event-view";
import { channelWord } from "../term-matcher";
import { doubtAbout } from "./parse-filter";
import { quote, splitFilter } from "./split-filter";
import type { Comparison, Condition, Moment, PathTest, Term } from "./filter-keys";
import { printPath } from "../../lib/paths";

/** What to write into the filter to see only what one sender sent. */
export const senderFilter = (name: string): string => term("from", withoutIsolates(name));

/** What to write into the filter to see only one type of message. */
export function typeFilter({ channel, type }: { channel: RowChannel; type: string }): string {
  const inChannel = term("channel", channelWord(channel));
  // What names no type is counted under the method or event that carried it.
  if (channel !== "app-message") return `${inChannel} ${term("name", type)}`;
  return type === NO_TYPE ? `${inChannel} ${term("type", "*", true)}` : term("type", type);
}

const term = (key: "from" | "type" | "name" | "channel", word: string, isNegated = false): string =>
  printFilter([{ isNegated, condition: { key, values: [word] } }]);

type Printed = Pick<Term, "isNegated" | "condition">;

/** The text of terms: reading it gives the same ones. */
export function printFilter(terms: readonly Printed[]): string {
  return terms
    .map(({ isNegated, condition }) => `${isNegated ? "-" : ""}${printCondition(condition)}`)
    .join(" ");
}

function printCondition(condition: Condition): string {
  switch (condition.key) {
    case "text":
      return isPlainWord(condition.text) ? condition.text : quote(condition.text);
    case "regex":
      return `/${condition.source}/${condition.flags}`;
    case "since":
    case "until":
      return `${condition.key}:${condition.values.map(printMoment).join(",")}`;
    case "delivered":
      return `delivered:${condition.values
        .map((value) => (typeof value === "string" ? value : printComparison(value)))
        .join(",")}`;
    case "path":
      return `path:${condition.values.map(printPathTest).join(",")}`;
    case "size":
    case "bytes":
    case "late":
    case "handler":
    case "listeners":
    case "seq":
      return `${condition.key}:${condition.values.map(printComparison).join(",")}`;
    default:
      return `${condition.key}:${condition.values.map(printWord).join(",")}`;
  }
}

/** Whether it would be read as this very word, whatever comes after it: a slash could begin a regular expression. */
function isPlainWord(text: string): boolean {
  if (text.startsWith("/") || doubtAbout(text) !== undefined) return false;
  const [piece, ...others] = splitFilter(text);
  return others.length === 0 && piece?.kind === "text" && !piece.isNegated && piece.text === text;
}

/** A value that begins with a slash would look like an address or a regular expression. */
const printWord = (word: string): string => (/^\/|[\s,"]/.test(word) ? quote(word) : word);

function printComparison(comparison: Comparison): string {
  if (comparison.comparator === "..") return `${comparison.value}..${comparison.end}`;
  return `${comparison.comparator}${comparison.value}`;
}

function printMoment(moment: Moment): string {
  switch (moment.kind) {
    case "join":
    case "leave":
      return moment.kind;
    case "ago":
      return `${moment.ms}ms`;
    case "after-start":
      return `+${moment.ms}ms`;
    case "clock":
      return new Date(moment.ms).toISOString().slice(11, 23);
  }
}

function printPathTest({ path, comparison }: PathTest): string {
  if (!comparison) return printPath(path);
  const { comparator, value, isQuoted } = comparison;
  if (isQuoted) return `${printPath(path)}${comparator}${quote(value)}`;
  // Only a quote at its start makes a value a string.
  const [first, rest] = [value.slice(0, 1), value.slice(1)];
  return `${printPath(path)}${comparator}${first}${/[\s,"]/.test(rest) ? quote(rest) : rest}`;
}
