import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { foundInRows } from "../session/table-rows";
import { placeOf } from "../../core/session/session-log";
import type { TrafficStore } from "./traffic-store";
import { formatCount } from "../ui/format";
import { highlight } from "../ui/highlight";
import { ToolButton } from "../ui/controls";

/** Looks for a text in the rows that are shown and in their payloads, and steps from one to the next. */
export function FindBar({ store, onClose }: { store: TrafficStore; onClose: () => void }) {
  const { find, isFinding, selection } = store;
  const input = useRef<HTMLInputElement>(null);
  const { found, rows, isComplete } = store.shown.value;
  const { group, sort } = store.arrangement.value;
  const isInOrder = !sort && group !== "types";
  const selected = store.selected.value;

  // Asked for again while open: what was searched for is there to be typed over.
  // Before the next key arrives, or it would be lost.
  useLayoutEffect(() => {
    if (isFinding.value === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [isFinding.value]);

  useEffect(() => (find.value === "" ? undefined : highlight(find.value)), [find.value]);

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

  function close(): void {
    isFinding.value = 0;
    find.value = "";
    onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const count = `${formatCount(found.length)}${isComplete ? "" : "+"}`;
  return (
    <div class="find" role="search" onKeyDown={onKeyDown}>
      <input
        ref={input}
        type="text"
        aria-label="Find in rows and payloads"
        placeholder="Find in rows and payloads"
        value={find.value}
        onInput={({ currentTarget }) => void (find.value = currentTarget.value)}
      />
      <span class="find__count" role="status">
        {find.value &&
          (isOnOne && isInOrder ? `${formatCount(before + 1)} of ${count}` : `${count} found`)}
      </span>
      <ToolButton
        label="Previous match"
        title="Previous match (Shift+Enter)"
        icon="out"
        onClick={() => step(-1)}
      />
      <ToolButton label="Next match" title="Next match (Enter)" icon="in" onClick={() => step(1)} />
      <ToolButton label="Close find" title="Close (Esc)" icon="close" onClick={close} />
    </div>
  );
}
