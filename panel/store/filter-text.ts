import { printFilter } from "../domain/filter-language/print-filter";
import { NO_TYPE } from "../domain/message-type";

/** What to write into the filter to see only what one sender sent, or only one type of message. */
export function filterText(key: "from" | "type", value: string): string {
  const term = (
    name: "from" | "type" | "name" | "channel" | "has",
    word: string,
    isNegated = false,
  ) => printFilter([{ isNegated, condition: { key: name, values: [word] } }]);
  if (key === "from") return term("from", value.replace(/ \(you\)$/, ""));
  if (value === NO_TYPE) return `${term("channel", "app")} ${term("type", "*", true)}`;
  // What names no type is counted under the method or event that carried it.
  return value.endsWith("()") || NAMED_BY_EVENT.has(value)
    ? term("name", value)
    : term("type", value);
}

const NAMED_BY_EVENT: ReadonlySet<string> = new Set([
  "participant-updated",
  "participant-joined",
  "meeting-session-state-updated",
]);
