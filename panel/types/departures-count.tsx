import { formatCount, plural } from "../ui/format";
import type { TypesStore } from "./types-store";
import "./departures-count.css";

/** How many departures from the baseline there are, beside the name of the tab. */
export function DeparturesCount({ store }: { store: TypesStore }) {
  const count = store.types.current.value.drift?.departures.length ?? 0;
  if (count === 0) return null;
  return (
    <span class="departures-count">
      <span aria-hidden="true">{formatCount(count)}</span>
      <span class="visually-hidden">, {plural(count, "departure")} from the baseline</span>
    </span>
  );
}
