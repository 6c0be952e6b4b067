import type { RefObject } from "preact";
import { useMemo, useState } from "preact/hooks";

import { isRoomWide } from "../../core/filter/filter";
import { initiatorPlace } from "../../core/lib/source-maps";
import type { StackFrame } from "../../core/lib/stack";
import { type ColumnName, COLUMNS, layoutOf } from "../session/columns";
import { isGroup, type RowGroup, type TableRow } from "../session/table-rows";
import type { SeatSummary } from "../../core/session/seats";
import type { Entry } from "../../core/session/session-log";
import type { TrafficStore } from "./traffic-store";
import { callMarks } from "../ui/call-marks";
import { ROW_CELLS } from "./row-cells";
import { rowOf, viewOf } from "../../core/session/event-view";
import { FindBar } from "./find-bar";
import { GroupMenu, type MenuPlace, RowMenu } from "./row-choices";
import { createTableKeys } from "./table-keys";
import { HeadMenu, TableOptions } from "./table-options";
import { TrafficHead } from "./traffic-head";
import { GroupRowView, PinnedRows, timeText, TrafficRowView } from "./traffic-row-view";
import { useTableScroll, useWidth } from "./use-table-scroll";
import { hasCommandKey } from "../ui/command-key";
import { EmptyState } from "../ui/empty-state";
import { openSource, type OpenSource } from "../ui/stack-view";
import "./traffic.css";
import "./cells.css";

type Props = {
  store: TrafficStore;
  /** The grid, for who gives the keyboard back to it. */
  gridRef: RefObject<HTMLDivElement | null>;
  /** The keyboard goes into the details, which are open. */
  onEnterDetails: () => void;
  /** Shows a line in the Sources panel. */
  onOpenSource: OpenSource;
};

type OpenMenu = MenuPlace & { readonly of: "rows" | "head" | "group" };

/** The log as a table. Only the rows in sight exist, so its length does not matter. */
export function TrafficTable({ store, gridRef: scroller, onEnterDetails, onOpenSource }: Props) {
  const { rows } = store.shown.value;
  const { sort, group } = store.arrangement.value;
  const { selection } = store;
  const chosen = selection.chosen.value;
  const selected = store.selected.value;
  const head = selection.head.value;
  const now = store.now.value;
  const settings = store.table.value;
  const width = useWidth(scroller);
  const calls = store.calls.value;
  const { filter, seats } = store;
  const isWide = isRoomWide(filter.value, store.callOf);
  const hasEnds = seats.value.length > 0 || calls.length > 1;
  const isOneCall = (calls.length < 2 && !isWide) || filter.value.callId !== undefined;
  const marks = useMemo(
    () => callMarks(isOneCall ? [] : [...calls, ...(isWide ? seats.value.map(asMarked) : [])]),
    [calls, isOneCall, isWide, seats.value],
  );
  const layout = useMemo(
    () => layoutOf(settings, width, { hasCalls: !isOneCall, hasEnds }),
    [settings, width, isOneCall, hasEnds],
  );
  const [menu, setMenu] = useState<OpenMenu | undefined>(undefined);
  // What is sorted or grouped by type has no end where things happen.
  const { items, height, followLatest, onScroll } = useTableScroll(
    store,
    scroller,
    !sort && group !== "types",
    layout.rowHeight,
  );

  const onPick = useMemo(
    () => (event: MouseEvent, entry: Entry) => {
      // The menu asks for no details, and a link for no row.
      if (event.button === 2 && selection.chosen.peek().has(entry)) return;
      if (event.button === 2) return selection.move(entry);
      if (frameAt(store, event.target)) return;
      if (event.shiftKey) selection.extendTo(entry, store.shown.peek().rows);
      else if (hasCommandKey(event)) selection.toggle(entry);
      else selection.choose(entry);
      // A drag over rows isn't a selection of text.
      if (event.shiftKey) event.preventDefault();
    },
    [selection, store],
  );
  const onToggle = (of: RowGroup) => {
    selection.chooseHead(of);
    store.session.value.toggleGroup(of);
  };
  const onKeyDown = useMemo(
    () => createTableKeys(store, layout.rowHeight, onEnterDetails),
    [store, layout.rowHeight, onEnterDetails],
  );

  /** The group whose head was pointed at; which chooses it. */
  function groupAt(target: Element): boolean {
    const place = Number(target.closest(".row--group")?.getAttribute("aria-rowindex")) - 2;
    const group = rows[place];
    if (!group || !isGroup(group)) return false;
    selection.chooseHead(group);
    return true;
  }

  function onContextMenu(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest(".row--head")) {
      event.preventDefault();
      setMenu({ of: "head", x: event.clientX, y: event.clientY });
    } else if (groupAt(target)) {
      event.preventDefault();
      setMenu({ of: "group", x: event.clientX, y: event.clientY });
    } else if (selected && (cellAt(store, target) || target === scroller.current)) {
      event.preventDefault();
      setMenu({ of: "rows", x: event.clientX, y: event.clientY });
    }
  }

  /** Tooltips are made for the one cell that is pointed at. */
  function onMouseOver({ target }: MouseEvent): void {
    const at = cellAt(store, target);
    if (!at) return;
    const call = store.callOf(at.entry.event.callId);
    const row = rowOf(at.entry, call);
    const { sources, now: time } = store;
    const outcome = store.deliveryOf(at.entry);
    if (row) at.cell.title = ROW_CELLS[at.column].title(row, sources, time.value, outcome) ?? "";
  }

  function onClick({ target }: MouseEvent): void {
    const frame = frameAt(store, target);
    if (frame) void openSource(store, frame, onOpenSource);
  }

  function rowView(row: TableRow, index: number, top: number, slot: number) {
    const first = isGroup(row) ? (row.entries[0] as Entry) : row;
    const call = store.callOf(first.event.callId);
    const time = timeText(settings.time, first.event.at, call, previousAt(row, rows[index - 1]));
    const shared = { id: rowId(row), index, top, call, time };
    if (isGroup(row)) {
      return (
        <GroupRowView
          key={`group ${slot}`}
          {...shared}
          group={row}
          isSelected={row === head}
          onToggle={onToggle}
        />
      );
    }
    return (
      <TrafficRowView
        key={slot}
        {...shared}
        entry={row}
        status={viewOf(row, call).status(now)}
        outcome={hasEnds ? store.deliveryOf(row) : undefined}
        layout={layout}
        callMark={marks(call?.callId)}
        sources={store.sources}
        sourcesVersion={store.sources.version.value}
        isSelected={chosen.has(row)}
        isInGroup={group === "types"}
        findings={store.findings}
        onPick={onPick}
      />
    );
  }

  const closeMenu = () => setMenu(undefined);
  const chosenId = head ? rowId(head) : selected && rowId(selected);
  // Of a row that isn't in sight there is no element to name.
  const isInSight = items.some(({ index }) => rows[index] && rowId(rows[index]) === chosenId);
  return (
    <div
      class={`traffic ${layout.isNarrow ? "traffic--narrow" : ""} ${layout.isTwoLine ? "traffic--two-line" : ""}`}
      style={{ "--row-height": `${layout.rowHeight}px` }}
    >
      <div class="traffic__body">
        <div
          class="traffic__grid"
          role="grid"
          aria-label="Traffic"
          aria-rowcount={rows.length + 1}
          aria-multiselectable="true"
          tabIndex={0}
          aria-activedescendant={isInSight ? chosenId : undefined}
          ref={scroller}
          style={{ "--columns": layout.template }}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onContextMenu={onContextMenu}
          onMouseOver={onMouseOver}
        >
          <TrafficHead store={store} layout={layout} />
          <PinnedRows store={store} layout={layout} marks={marks} onPick={onPick} />
          <div class="traffic__rows" data-findable role="rowgroup" style={{ height }}>
            {items.map(({ index, top, slot }) => {
              const row = rows[index];
              return row && rowView(row, index, top, slot);
            })}
          </div>
        </div>
        <TableOptions store={store} layout={layout} />
        {followLatest && (
          <button
            type="button"
            class="button traffic__latest"
            title="Scroll to the end, and stay there as more comes"
            onClick={followLatest}
          >
            Follow the latest
          </button>
        )}
        {rows.length === 0 && <EmptyState store={store} />}
      </div>
      <FindBar store={store} onClose={() => scroller.current?.focus()} />
      {menu?.of === "rows" && <RowMenu store={store} at={menu} onClose={closeMenu} />}
      {menu?.of === "head" && (
        <HeadMenu store={store} layout={layout} at={menu} onClose={closeMenu} />
      )}
      {menu?.of === "group" && head && (
        <GroupMenu store={store} group={head} at={menu} onClose={closeMenu} />
      )}
    </div>
  );
}

const asMarked = ({ callId, name, url }: SeatSummary) => ({ callId, person: name, place: url });

/** The line of the app that a cell links to. */
function frameAt(store: TrafficStore, target: EventTarget | null): StackFrame | undefined {
  const at = cellAt(store, target);
  if (at?.column !== "initiator" || !("stack" in at.entry.event)) return undefined;
  return initiatorPlace(store.sources, at.entry.event.stack ?? "")?.frame;
}

const rowId = (row: TableRow): string =>
  isGroup(row) ? `group-${(row.entries[0] as Entry).index}` : `row-${row.index}`;

/** When the row above happened; undefined where that isn't a row before this one, but the head of its own group. */
function previousAt(row: TableRow, above: TableRow | undefined): number | undefined {
  if (!above || !isGroup(above)) return above?.event.at;
  if (isGroup(row) ? row.key === above.key : above.isOpen) return undefined;
  return (above.entries.at(-1) as Entry).event.at;
}

/** The cell of an entry that an event happened in, if it did in one. */
function cellAt(
  store: TrafficStore,
  target: EventTarget | null,
): { cell: HTMLElement; entry: Entry; column: ColumnName } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[role=gridcell]") : null;
  const index = /^(?:row|pinned)-(\d+)$/.exec(cell?.parentElement?.id ?? "")?.[1];
  const entry = index === undefined ? undefined : store.session.value.entryAt(Number(index));
  const column = COLUMNS.find((name) => cell?.classList.contains(`cell--${name}`));
  return cell && entry && column ? { cell, entry, column } : undefined;
}
