import { type ColumnName, COLUMNS } from "../session/columns";
import type { Entry } from "../../core/session/session-log";
import type { Store } from "../shell/store";

/** The cell of an entry that an event happened in, if it did in one. */
export function cellAt(
  store: Store,
  target: EventTarget | null,
): { cell: HTMLElement; entry: Entry; column: ColumnName } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[role=gridcell]") : null;
  const index = /^(?:row|pinned)-(\d+)$/.exec(cell?.parentElement?.id ?? "")?.[1];
  const entry = index === undefined ? undefined : store.session.value.entryAt(Number(index));
  const column = COLUMNS.find((name) => cell?.classList.contains(`cell--${name}`));
  return cell && entry && column ? { cell, entry, column } : undefined;
}
