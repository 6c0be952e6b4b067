import { Departures, Splits } from "./departures";
import type { TypesStore } from "./types-store";
import "./types.css";

/** What departs from the kept baseline, and who sends other shapes, as far as it was found: beside what rules found. */
export function DriftFindings({ store }: { store: TypesStore }) {
  const shown = store.types.current.value;
  const departs = (shown.drift?.departures.length ?? 0) > 0;
  return (
    <>
      {departs && <Departures store={store} shown={shown} />}
      <Splits store={store} shown={shown} />
    </>
  );
}
