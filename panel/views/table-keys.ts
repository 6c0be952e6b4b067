import type { Entry } from "../store/session-log";
import type { Store } from "../store/store";
import { isGroup } from "../store/table-rows";
import { rowOf } from "../store/traffic-row";
import { copyText } from "./copy-text";
import { toTsv } from "../store/copy-rows";

/** Letters typed within this time belong together. */
const TYPE_AHEAD_MS = 800;
/** Rows that are looked at for what was typed: more would make typing slow. */
const TYPE_AHEAD_ROWS = 2_000;

/** What the keys do in the table: arrows and the like move, letters jump to a type, Enter goes into the details. */
export function createTableKeys(store: Store, rowHeight: number) {
  const { selection } = store;
  let typed = "";
  let typedAt = 0;

  /** Chooses the first entry from a place on, in steps of one; the heads of groups are passed over. */
  function goTo(from: number, step: 1 | -1, isExtending: boolean): void {
    const { rows } = store.shown.value;
    for (let at = Math.max(0, Math.min(from, rows.length - 1)); rows[at]; at += step) {
      const row = rows[at];
      if (!row || isGroup(row)) continue;
      if (isExtending) selection.extendTo(row, rows);
      else selection.choose(row);
      return;
    }
  }

  function jumpTo(letter: string, from: number, at: number): void {
    const isNew = at - typedAt > TYPE_AHEAD_MS;
    typed = isNew ? letter : typed + letter;
    typedAt = at;
    const { rows } = store.shown.value;
    for (let step = isNew ? 1 : 0; step < Math.min(rows.length, TYPE_AHEAD_ROWS); step++) {
      const row = rows[(Math.max(0, from) + step) % rows.length];
      if (row && !isGroup(row) && beginsWith(store, row, typed)) return selection.choose(row);
    }
  }

  return function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const { key, shiftKey, altKey } = event;
    const hasCommand = event.ctrlKey || event.metaKey;
    const { rows, entries } = store.shown.value;
    const selected = store.selected.value;
    const at = selected ? store.session.value.placeOfRow(selected) : -1;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 2);

    if (hasCommand && key === "a") selection.chooseAll(entries);
    else if (hasCommand && key === "c" && !String(getSelection() ?? "")) {
      void copyText(toTsv([...selection.chosen.value], store.callOf));
    } else if (hasCommand || altKey) return;
    else if (key === "ArrowDown") goTo(at + 1, 1, shiftKey);
    else if (key === "ArrowUp") goTo(at < 0 ? rows.length - 1 : at - 1, -1, shiftKey);
    // With nothing chosen the paging keys scroll, as they do everywhere.
    else if (key === "PageDown" && at >= 0) goTo(at + page, 1, shiftKey);
    else if (key === "PageUp" && at >= 0) goTo(at - page, -1, shiftKey);
    else if (key === "Home" && at >= 0) goTo(0, 1, shiftKey);
    else if (key === "End" && at >= 0) goTo(rows.length - 1, -1, shiftKey);
    else if (key === "Enter" && selected) document.getElementById("details-body")?.focus();
    else if (key.length === 1 && /[\p{L}\p{N}_-]/u.test(key)) {
      jumpTo(key.toLowerCase(), at, event.timeStamp);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Whether what tells rows apart begins so: the type, the method or event, or who it is from. */
function beginsWith(store: Store, entry: Entry, text: string): boolean {
  const row = rowOf(entry, store.callOf(entry.event.callId));
  return [row?.type?.label, row?.name, row?.from?.label].some((label) =>
    label?.toLowerCase().startsWith(text),
  );
}
