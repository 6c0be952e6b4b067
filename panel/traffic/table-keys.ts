import { isGroup, type RowGroup, type TableRow } from "../session/table-rows";
import { type Entry, hasEntry } from "../../core/session/session-log";
import type { TrafficStore } from "./traffic-store";
import { rowOf } from "../../core/session/event-view";
import { hasCommandKey } from "../ui/command-key";
import { copyOr } from "../ui/copy-text";
import { toTsv } from "./copy-rows";

/** Letters typed within this time belong together. */
const TYPE_AHEAD_MS = 800;
/** Rows that are looked at for what was typed: more would make typing slow. */
const TYPE_AHEAD_ROWS = 2_000;

/** What the keys do in the table: arrows and the like move, letters jump to a type, Enter goes into the details. `rowHeight` is in CSS pixels. */
export function createTableKeys(store: TrafficStore, rowHeight: number, goIntoDetails: () => void) {
  const { selection } = store;
  let typed = "";
  let typedAt = 0;

  function goTo(place: number, isExtending: boolean): void {
    const { rows } = store.shown.value;
    const row = rows[Math.max(0, Math.min(place, rows.length - 1))];
    if (!row) return;
    if (isGroup(row)) selection.chooseHead(row);
    else if (isExtending) selection.extendTo(row, rows);
    else selection.move(row);
  }

  /** Opens a group and goes into it, or closes it and goes to its head. Returns whether there was one. */
  function fold(isOpening: boolean): boolean {
    const { rows } = store.shown.value;
    const { selected } = store;
    const head = selection.head.value ?? (selected.value && headOf(rows, selected.value));
    if (!head) return false;
    if (head.isOpen !== isOpening) store.session.value.toggleGroup(head);
    else if (isOpening) selection.move(head.entries[0] as Entry);
    if (!isOpening) selection.chooseHead(head);
    return true;
  }

  /** Opens the details, or goes into them when they are open. */
  function enterDetails(): void {
    if (selection.isOpen.value) goIntoDetails();
    else selection.setOpen(true);
  }

  function jumpTo(letter: string, from: number, at: number): void {
    const isNew = at - typedAt > TYPE_AHEAD_MS;
    typed = isNew ? letter : typed + letter;
    typedAt = at;
    const { rows } = store.shown.value;
    for (let step = isNew ? 1 : 0; step < Math.min(rows.length, TYPE_AHEAD_ROWS); step++) {
      const row = rows[(Math.max(0, from) + step) % rows.length];
      if (row && !isGroup(row) && beginsWith(store, row, typed)) return selection.move(row);
    }
  }

  return function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const { key, shiftKey, altKey } = event;
    const hasCommand = hasCommandKey(event);
    const { rows, entries } = store.shown.value;
    const selected = store.selected.value;
    const head = selection.head.value;
    const at = head ? rows.indexOf(head) : selected ? store.session.value.placeOfRow(selected) : -1;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 2);

    if (hasCommand && key === "a") selection.chooseAll(entries);
    else if (hasCommand && key === "c" && !String(getSelection() ?? "")) {
      const text = toTsv(selection.inOrder(), store.callOf, store.now.peek());
      void copyOr(text, (problem) => (store.notice.value = problem));
    } else if (hasCommand || altKey) return;
    else if (key === "ArrowDown") goTo(at + 1, shiftKey);
    else if (key === "ArrowUp") goTo(at < 0 ? rows.length - 1 : at - 1, shiftKey);
    else if (key === "ArrowRight" && fold(true)) typed = "";
    else if (key === "ArrowLeft" && fold(false)) typed = "";
    else if (key === "Enter" && head) store.session.value.toggleGroup(head);
    // With nothing chosen the paging keys scroll, as they do everywhere.
    else if (key === "PageDown" && at >= 0) goTo(at + page, shiftKey);
    else if (key === "PageUp" && at >= 0) goTo(at - page, shiftKey);
    else if (key === "Home" && at >= 0) goTo(0, shiftKey);
    else if (key === "End" && at >= 0) goTo(rows.length - 1, shiftKey);
    else if (key === "Enter" && selected) enterDetails();
    else if (key.length === 1 && /[\p{L}\p{N}_-]/u.test(key)) {
      jumpTo(key.toLowerCase(), at, event.timeStamp);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** The head of the open group that an entry is shown in. */
const headOf = (rows: readonly TableRow[], entry: Entry): RowGroup | undefined =>
  rows.filter(isGroup).find(({ isOpen, entries }) => isOpen && hasEntry(entries, entry));

/** Whether what tells rows apart begins so: the type, the method or event, or who it is from. */
function beginsWith(store: TrafficStore, entry: Entry, text: string): boolean {
  const row = rowOf(entry, store.callOf(entry.event.callId));
  return [row?.type?.label, row?.name, row?.from?.label].some((label) =>
    label?.toLowerCase().startsWith(text),
  );
}
