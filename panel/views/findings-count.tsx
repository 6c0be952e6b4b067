import type { Store } from "../store/store";
import { formatCount, plural } from "./format";

/** How many findings are not muted, beside the name of their tab. Hints are not counted: nothing is wrong with them. */
export function FindingsCount({ store }: { store: Store }) {
  const wrong = store.findings.open.value.filter(({ rule }) => rule.level !== "info");
  if (wrong.length === 0) return null;
  const isError = wrong.some(({ rule }) => rule.level === "error");
  return (
    <span class={`findings-count ${isError ? "findings-count--error" : ""}`}>
      <span aria-hidden="true">
        <span class="findings-count__sign">⚠ </span>
        {formatCount(wrong.length)}
      </span>
      <span class="visually-hidden">, {plural(wrong.length, "finding")}</span>
    </span>
  );
}
