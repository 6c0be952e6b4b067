import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { statusOf } from "../store/row-status";
import type { Store } from "../store/store";
import { EmptyState } from "./empty-state";
import { TrafficRowView } from "./traffic-row-view";

/** Heights of a row and of the head in CSS pixels; the same as in traffic.css. */
const ROW_HEIGHT = 21;
const HEAD_HEIGHT = 24;

type Props = { store: Store; onReload: () => void };

/** The log as a table. Only the rows in sight exist, so its length does not matter. */
export function TrafficTable({ store, onReload }: Props) {
  const { entries } = store.shown.value;
  const selected = store.selected.value;
  const now = store.now.value;
  const scroller = useRef<HTMLDivElement>(null);
  const [followsEnd, setFollowsEnd] = useState(true);
  const lastScrollTop = useRef(0);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    // The head lies over the rows that scroll under it.
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });

  useLayoutEffect(() => {
    if (followsEnd && scroller.current) {
      scroller.current.scrollTop = scroller.current.scrollHeight;
    }
  }, [entries.length, followsEnd]);

  // The details opened, closed or were resized: what was looked at stays in sight.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const { entries: shown } = store.shown.peek();
      const chosen = store.selected.peek();
      if (chosen) virtualizer.scrollToIndex(shown.indexOf(chosen));
      else if (followsEnd) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [store, virtualizer, followsEnd]);

  function onScroll({ currentTarget }: { currentTarget: HTMLDivElement }): void {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < ROW_HEIGHT;
    // Only looking back lets go of the end. This event comes late: by now the table may have grown below it.
    if (isAtEnd || scrollTop < lastScrollTop.current) setFollowsEnd(isAtEnd);
    lastScrollTop.current = scrollTop;
  }

  function select(index: number): void {
    const entry = entries[Math.max(0, Math.min(index, entries.length - 1))];
    if (!entry) return;
    store.selected.value = entry;
    virtualizer.scrollToIndex(entries.indexOf(entry));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = selected ? entries.indexOf(selected) : -1;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const target: Partial<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? entries.length - 1 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: entries.length - 1,
    };
    const index = target[event.key];
    // With nothing chosen the paging keys scroll, as they do everywhere.
    if (
      index === undefined ||
      (at < 0 && !event.key.startsWith("Arrow")) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    select(index);
  }

  return (
    <div class="traffic">
      <div
        class="traffic__grid"
        role="grid"
        aria-label="Traffic"
        aria-rowcount={entries.length + 1}
        tabIndex={0}
        aria-activedescendant={selected ? rowId(entries.indexOf(selected)) : undefined}
        ref={scroller}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div class="row row--head" role="row" aria-rowindex={1}>
          {["Time", "", "Channel", "From → to", "Summary", "Size", "Status"].map((label, index) => (
            <span key={label} class={`cell cell--${COLUMNS[index]}`} role="columnheader">
              {label || <span class="visually-hidden">Direction</span>}
            </span>
          ))}
        </div>
        <div class="traffic__rows" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const entry = entries[index];
            return (
              entry && (
                <TrafficRowView
                  key={`${entry.documentId} ${entry.event.seq}`}
                  id={rowId(index)}
                  index={index}
                  top={start - HEAD_HEIGHT}
                  entry={entry}
                  call={store.callOf(entry.event.callId)}
                  status={statusOf(entry, store.callOf(entry.event.callId)?.history, now)}
                  isSelected={entry === selected}
                  onSelect={() => void (store.selected.value = entry)}
                />
              )
            );
          })}
        </div>
      </div>
      {!followsEnd && entries.length > 0 && (
        <button type="button" class="button traffic__latest" onClick={() => setFollowsEnd(true)}>
          Follow the latest
        </button>
      )}
      {entries.length === 0 && <EmptyState store={store} onReload={onReload} />}
    </div>
  );
}

const COLUMNS = ["time", "direction", "channel", "people", "summary", "size", "status"] as const;

const rowId = (index: number) => `traffic-row-${index}`;
