import { foundInRows } from "../session/table-rows";
import { placeOf } from "../../core/session/session-log";
import type { TrafficStore } from "./traffic-store";
import { FindField } from "../ui/find-field";
import { formatCount } from "../ui/format";

/** Looks for a text in the rows that are shown and in their payloads, and steps from one to the next. */
export function FindBar({ store, onClose }: { store: TrafficStore; onClose: () => void }) {
  const { find, isFinding, selection } = store;
  const { found, rows, isComplete } = store.shown.value;
  const { group, sort } = store.arrangement.value;
  const isInOrder = !sort && group !== "types";
  const selected = store.selected.value;

  if (isFinding.value === 0) return null;

  /** Where the selection is among what was found: between two of them when it is none. */
  const before = selected ? placeOf(found, selected.index) : 0;
  const isOnOne = selected !== undefined && found[before] === selected;

  function step(by: 1 | -1): void {
    if (found.length === 0) return;
    if (isInOrder) {
      const at = by === 1 ? before + (isOnOne ? 1 : 0) : before - 1;
      return selection.choose(found.at(at % found.length));
    }
    const list = foundInRows(rows, found);
    const now = selected ? list.indexOf(selected) : -1;
    selection.choose(list.at((now < 0 && by === -1 ? -1 : now + by) % list.length));
  }

  const all = `${formatCount(found.length)}${isComplete ? "" : "+"}`;
  return (
    <FindField
      find={find}
      isFinding={isFinding}
      label="Find in rows and payloads"
      count={isOnOne && isInOrder ? `${formatCount(before + 1)} of ${all}` : `${all} found`}
      onStep={step}
      onClose={onClose}
    />
  );
}
