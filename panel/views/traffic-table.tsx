import { useSignalEffect } from "@preact/signals";
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { COLUMNS, layoutOf } from "../store/columns";
import { statusOf } from "../store/row-status";
import type { RowGroup } from "../store/grouped-rows";
import type { Entry } from "../store/session-log";
import type { Store } from "../store/store";
import { isGroup, type TableRow } from "../store/table-rows";
import { cellTitle } from "./cell-title";
import { EmptyState } from "./empty-state";
import { FindBar } from "./find-bar";
import { GroupRowView } from "./group-row-view";
import { PinnedRows } from "./pinned-rows";
import { RowMenu, type MenuPlace } from "./row-menu";
import { createTableKeys } from "./table-keys";
import { TableOptions } from "./table-options";
import { timeText } from "./time-text";
import { TrafficHead } from "./traffic-head";
import { TrafficRowView } from "./traffic-row-view";
import { useWidth } from "./use-width";

/** Heights of a row and of the head in CSS pixels; the same as in traffic.css. */
const ROW_HEIGHT = 21;
const HEAD_HEIGHT = 24;

type Props = { store: Store; onReload: () => void };

/** The log as a table. Only the rows in sight exist, so its length does not matter. */
export function TrafficTable({ store, onReload }: Props) {
  const { rows } = store.shown.value;
  const { sort, group } = store.arrangement.value;
  const chosen = store.selection.chosen.value;
  const selected = store.selected.value;
  const now = store.now.value;
  const settings = store.table.value;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const layout = useMemo(() => layoutOf(settings, width), [settings, width]);
  const [menu, setMenu] = useState<MenuPlace | undefined>(undefined);
  // What is sorted or grouped by type has no end where things happen.
  const hasEnd = !sort && group !== "types";
  const [isAtEnd, setAtEnd] = useState(true);
  const followsEnd = hasEnd && isAtEnd;
  const lastScrollTop = useRef(0);
  const above = HEAD_HEIGHT + store.pinned.value.length * ROW_HEIGHT;
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    // The head and the pinned rows lie over the rows that scroll under them.
    scrollMargin: above,
    scrollPaddingStart: above,
    observeElementOffset,
  });
  // Known before it is drawn, the end is drawn once: scrolling there first would draw what was there before.
  const end = above + rows.length * ROW_HEIGHT - (virtualizer.scrollRect?.height ?? 0);
  if (followsEnd && end > 0) virtualizer.scrollOffset = end;

  useLayoutEffect(() => {
    if (followsEnd && scroller.current && end > 0) scroller.current.scrollTop = end;
  }, [end, followsEnd]);

  const reveal = (entry: Entry): void => {
    const session = store.session.peek();
    let place = session.placeOfRow(entry);
    const row = session.shown.peek().rows[place];
    if (row && isGroup(row)) {
      session.toggleGroup(row);
      place = session.placeOfRow(entry);
    }
    if (place >= 0) virtualizer.scrollToIndex(place);
  };

  // Whatever chose it, it comes into sight.
  useSignalEffect(() => {
    const entry = store.selected.value;
    if (entry) reveal(entry);
  });

  // The details opened, closed or were resized: what was looked at stays in sight.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const entry = store.selected.peek();
      if (entry) reveal(entry);
      else if (followsEnd) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [store, virtualizer, followsEnd]);

  function onScroll({ currentTarget }: { currentTarget: HTMLDivElement }): void {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget;
    const isEnd = scrollHeight - scrollTop - clientHeight < ROW_HEIGHT;
    // Only looking back lets go of the end. This event comes late: by now the table may have grown below it.
    if (isEnd || scrollTop < lastScrollTop.current) setAtEnd(isEnd);
    lastScrollTop.current = scrollTop;
  }

  const { selection } = store;
  const onPick = useMemo(
    () => (event: MouseEvent, entry: Entry) => {
      if (event.button === 2 && selection.chosen.peek().has(entry)) return;
      if (event.shiftKey) selection.extendTo(entry, store.shown.peek().rows);
      else if (event.ctrlKey || event.metaKey) selection.toggle(entry);
      else selection.choose(entry);
      // A drag over rows is no selection of text.
      if (event.shiftKey) event.preventDefault();
    },
    [selection, store],
  );
  const onToggle = (group: RowGroup) => store.session.value.toggleGroup(group);
  const onKeyDown = useMemo(() => createTableKeys(store, ROW_HEIGHT), [store]);

  function onContextMenu(event: MouseEvent): void {
    if (!store.selected.peek()) return;
    event.preventDefault();
    setMenu({ x: event.clientX, y: event.clientY });
  }

  /** Tooltips are made for the one cell that is pointed at. */
  function onMouseOver({ target }: MouseEvent): void {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[role=gridcell]") : null;
    const index = /^(?:row|pinned)-(\d+)$/.exec(cell?.parentElement?.id ?? "")?.[1];
    const entry = index === undefined ? undefined : store.session.value.entryAt(Number(index));
    const column = COLUMNS.find((name) => cell?.classList.contains(`cell--${name}`));
    if (!cell || !entry || !column) return;
    const call = store.callOf(entry.event.callId);
    cell.title = cellTitle(column, entry, call, store.now.value);
  }

  function rowView(row: TableRow, index: number, top: number) {
    const first = isGroup(row) ? (row.entries[0] as Entry) : row;
    const previous = rows[index - 1];
    const call = store.callOf(first.event.callId);
    const time = timeText(settings.time, first.event.at, call, previous && lastAt(previous));
    const shared = { id: rowId(row), index, top, call, time };
    // A row that comes into sight takes over the elements of one that went out of it.
    const slot = index % slots;
    if (isGroup(row)) {
      return (
        <GroupRowView
          key={`group ${slot}`}
          {...shared}
          group={row}
          isSelected={false}
          onToggle={onToggle}
        />
      );
    }
    return (
      <TrafficRowView
        key={slot}
        {...shared}
        entry={row}
        status={statusOf(row, call?.history, now)}
        layout={layout}
        isSelected={chosen.has(row)}
        isInGroup={group === "types"}
        onPick={onPick}
      />
    );
  }

  const items = virtualizer.getVirtualItems();
  const mostItems = useRef(1);
  const slots = (mostItems.current = Math.max(mostItems.current, items.length));

  return (
    <div class={`traffic ${layout.isNarrow ? "traffic--narrow" : ""}`}>
      <div
        class="traffic__grid"
        role="grid"
        aria-label="Traffic"
        aria-rowcount={rows.length + 1}
        aria-multiselectable="true"
        tabIndex={0}
        aria-activedescendant={selected && rowId(selected)}
        ref={scroller}
        style={{ "--columns": layout.template }}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onMouseOver={onMouseOver}
      >
        <TrafficHead store={store} layout={layout} />
        <PinnedRows store={store} layout={layout} onPick={onPick} />
        <div class="traffic__rows" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return row && rowView(row, index, start - above);
          })}
        </div>
      </div>
      <TableOptions store={store} />
      {hasEnd && !isAtEnd && rows.length > 0 && (
        <button type="button" class="button traffic__latest" onClick={() => setAtEnd(true)}>
          Follow the latest
        </button>
      )}
      {rows.length === 0 && <EmptyState store={store} onReload={onReload} />}
      <FindBar store={store} />
      {menu && <RowMenu store={store} at={menu} onClose={() => setMenu(undefined)} />}
    </div>
  );
}

/** Tells the place that is scrolled to, and that alone: whether it is being scrolled would draw everything again. */
function observeElementOffset(
  { scrollElement }: Virtualizer<HTMLDivElement, HTMLDivElement>,
  tell: (offset: number, isScrolling: boolean) => void,
): (() => void) | undefined {
  if (!scrollElement) return undefined;
  const onScroll = () => tell(scrollElement.scrollTop, false);
  onScroll();
  scrollElement.addEventListener("scroll", onScroll, { passive: true });
  return () => scrollElement.removeEventListener("scroll", onScroll);
}

const rowId = (row: TableRow): string =>
  isGroup(row) ? `group-${(row.entries[0] as Entry).index}` : `row-${row.index}`;

const lastAt = (row: TableRow): number =>
  (isGroup(row) ? (row.entries.at(-1) as Entry) : row).event.at;
