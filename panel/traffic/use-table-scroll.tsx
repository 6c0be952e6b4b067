import { useSignalEffect } from "@preact/signals";
import { useVirtualizer, type VirtualItem, type Virtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Entry } from "../../core/session/session-log";
import { isGroup } from "../session/table-rows";
import type { TrafficStore } from "./traffic-store";

/** Height of the head in CSS pixels; the same as in traffic.css. */
const HEAD_HEIGHT = 24;
/** As many rows are in sight at the end of the smallest table. */
const LAST_ROWS = 3;

type TableScroll = {
  /** The rows in sight, with their distance from the first one in CSS pixels. */
  readonly items: readonly {
    readonly index: number;
    readonly top: number;
    readonly slot: number;
  }[];
  /** Height of all rows, in CSS pixels. */
  readonly height: number;
  /** How to follow the latest again; undefined while it is followed, or there is none. */
  readonly followLatest: (() => void) | undefined;
  readonly onScroll: (event: { currentTarget: HTMLDivElement }) => void;
};

/** Rows that are scrolled in the place of the table's. */
export type OtherRows = {
  readonly count: number;
  readonly isComplete: boolean;
  /** Height of what lies over the rows that scroll under it, in CSS pixels. */
  readonly above: number;
  /** Where the row of an entry is; -1 for none. */
  readonly placeOf: (entry: Entry) => number;
};

/**
 * Which rows are in sight. Keeps to the end of the table until
 * you look back, and shows what is chosen. `rowHeight` is in CSS pixels.
 */
export function useTableScroll(
  store: TrafficStore,
  scroller: RefObject<HTMLDivElement | null>,
  hasEnd: boolean,
  rowHeight: number,
  other?: OtherRows,
): TableScroll {
  const shown = store.shown.value;
  const count = other?.count ?? shown.rows.length;
  const isComplete = other?.isComplete ?? shown.isComplete;
  const shownSession = store.session.value;
  const [isAtEnd, setAtEnd] = useState(true);
  // Nothing more comes in a recording.
  const hasLatest = hasEnd && store.isLive.value;
  const followsEnd = hasLatest && isAtEnd;
  const lastScrollTop = useRef(0);
  // The head and the pinned rows lie over the rows that scroll under them.
  const above = other?.above ?? HEAD_HEIGHT + store.pinned.value.length * rowHeight;
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollMargin: above,
    scrollPaddingStart: above,
    observeElementOffset,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  // Known before it is drawn, the end is drawn once: scrolling there first would draw what was there before.
  const end = above + count * rowHeight - (virtualizer.scrollRect?.height ?? 0);
  if (followsEnd && end > 0) virtualizer.scrollOffset = end;

  useLayoutEffect(() => {
    if (followsEnd && scroller.current && end > 0) scroller.current.scrollTop = end;
  }, [end, followsEnd]);

  // A recording opens at its top, the page's session where things happen.
  const scrolledSession = useRef(shownSession);
  useLayoutEffect(() => {
    if (scrolledSession.current === shownSession) return;
    scrolledSession.current = shownSession;
    setAtEnd(true);
    lastScrollTop.current = 0;
    if (scroller.current && shownSession.source) scroller.current.scrollTop = 0;
  }, [shownSession]);

  function reveal(entry: Entry): void {
    const session = store.session.peek();
    const { rows } = session.shown.peek();
    const place = other ? other.placeOf(entry) : session.placeOfRow(entry);
    const row = other ? undefined : rows[place];
    if (row && isGroup(row)) {
      // Its rows are there only when they have been drawn.
      revealLater.current = entry;
      return session.toggleGroup(row);
    }
    if (place < 0) return;
    // The user looks at it, so it must not run away: only the last rows are at the end anyway.
    if (place < (other?.count ?? rows.length) - LAST_ROWS) setAtEnd(false);
    show(place);
  }

  /** Brings a row into sight: to the edge that it is near, into the middle when it is far. */
  function show(place: number): void {
    const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
    const page = endIndex - startIndex;
    const isFar = place < startIndex - page || place > endIndex + page;
    virtualizer.scrollToIndex(place, { align: isFar ? "center" : "auto" });
  }

  const revealLater = useRef<Entry | undefined>(undefined);
  useLayoutEffect(() => {
    const entry = revealLater.current;
    revealLater.current = undefined;
    if (entry) reveal(entry);
  }, [count]);

  // Whatever chose it, it comes into sight.
  useSignalEffect(() => {
    const entry = store.selected.value;
    if (entry) reveal(entry);
  });
  useSignalEffect(() => {
    const head = store.selection.head.value;
    const place = head ? store.session.peek().shown.peek().rows.indexOf(head) : -1;
    if (place >= 0) show(place);
  });

  // Another filter or order, or the details opened, closed or were resized: what was looked at stays in sight.
  useEffect(() => {
    const entry = store.selected.peek();
    if (entry && isComplete) reveal(entry);
  }, [store.filter.value, store.arrangement.value, isComplete]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const entry = store.selected.peek();
      if (followsEnd) element.scrollTop = element.scrollHeight;
      else if (entry) reveal(entry);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [store, virtualizer, followsEnd]);

  return {
    items: inSlots(virtualizer.getVirtualItems(), useRef(1), above),
    height: virtualizer.getTotalSize(),
    followLatest: hasLatest && !isAtEnd && end > 0 ? () => setAtEnd(true) : undefined,
    onScroll({ currentTarget }) {
      const { scrollTop, clientHeight, scrollHeight } = currentTarget;
      const isEnd = scrollHeight - scrollTop - clientHeight < rowHeight;
      // Only looking back leaves the end. This event comes late: by now the table may have grown below it.
      if (isEnd || scrollTop < lastScrollTop.current) setAtEnd(isEnd);
      lastScrollTop.current = scrollTop;
    },
  };
}

/**
 * A row that comes into sight takes over the elements of one that went out of it: its slot. In the order of the slots
 * nothing ever moves in the document. Chromium forgets what a change of class means for an element that moves as well,
 * and the rows are placed by their tops anyway.
 */
function inSlots(
  items: readonly VirtualItem[],
  most: { current: number },
  above: number,
): TableScroll["items"] {
  const slots = (most.current = Math.max(most.current, items.length));
  return items
    .map(({ index, start }) => ({ index, top: start - above, slot: index % slots }))
    .sort((a, b) => a.slot - b.slot);
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

/** The width of an element in CSS pixels, now and whenever it changes. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => setWidth(element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
