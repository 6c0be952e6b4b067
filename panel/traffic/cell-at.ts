import { type ColumnName, COLUMNS } from "../session/columns";
import type { Entry } from "../../core/session/session-log";
import type { TrafficStore } from "./traffic-store";

/** The cell of an entry that an event happened in, if it did in one. */
export function cellAt(
  store: TrafficStore,
  target: EventTarget | null,
): { cell: HTMLElement; entry: Entry; column: ColumnName } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[role=gridcell]") : null;
  const index = /^(?:row|pinned)-(\d+)$/.exec(cell?.parentElement?.id ?? "")?.[1];
  const entry = index === undefined ? undefined : store.session.value.entryAt(Number(index));
  const column = COLUMNS.find((name) => cell?.classList.contains(`cell--${name}`));
  return cell && entry && column ? { cell, entry, column } : undefined;
}
