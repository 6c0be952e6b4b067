import { Splits } from "./departures";
import type { TypesStore } from "./types-store";
import "./types.css";

/** Who sends other shapes, as far as it was found: beside what rules found. */
export const SplitFindings = ({ store }: { store: TypesStore }) => (
  <Splits store={store} shown={store.types.current.value} />
);
