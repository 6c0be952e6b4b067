import type { FindingsStore } from "./findings-store";
import { formatCount, plural } from "../ui/format";
import "./marks.css";

/** How many findings are not muted, beside the name of their tab; where nothing is wrong, how many hints. */
export function FindingsCount({ store }: { store: FindingsStore }) {
  const open = store.findings.open.value;
  const wrong = open.filter(({ rule }) => rule.level !== "info");
  const hints = open.length - wrong.length;
  if (open.length === 0) return null;
  const isError = wrong.some(({ rule }) => rule.level === "error");
  const said = [
    wrong.length > 0 && plural(wrong.length, "finding"),
    hints > 0 && plural(hints, "hint"),
  ];
  return (
    <span class={`findings-count ${isError ? "findings-count--error" : ""}`}>
      <span aria-hidden="true">
        {wrong.length > 0 && <span class="findings-count__sign">⚠ </span>}
        {wrong.length > 0 && formatCount(wrong.length)}
        {wrong.length === 0 && <span class="findings-count__hints">{formatCount(hints)}</span>}
      </span>
      <span class="visually-hidden">, {said.filter(Boolean).join(" and ")}</span>
    </span>
  );
}
