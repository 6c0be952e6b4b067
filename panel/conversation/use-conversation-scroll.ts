import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Item } from "../../core/conversation/shown-turn";

/** Until a row is measured, in CSS pixels: a line, and a turn of one line with its times. */
const LINE_HEIGHT = 21;
const TURN_HEIGHT = 40;
/** So near to the end, in CSS pixels, is at the end. */
const NEAR_END = 24;

/** Which rows are in sight, each as high as it is. Keeps to the end until you look back. */
export function useConversationScroll(
  scroller: RefObject<HTMLDivElement | null>,
  items: readonly Item[],
  /** Whether more may come. */
  hasLatest: boolean,
) {
  const [isAtEnd, setAtEnd] = useState(true);
  const followsEnd = hasLatest && isAtEnd;
  const lastScrollTop = useRef(0);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === "turn" ? TURN_HEIGHT : LINE_HEIGHT),
    getItemKey: (index) => items[index]?.id ?? index,
    measureElement: (element) => Math.max(1, element.getBoundingClientRect().height),
    overscan: 6,
  });
  const height = virtualizer.getTotalSize();

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && followsEnd) element.scrollTop = element.scrollHeight;
  }, [scroller, height, followsEnd]);

  // Opened or closed details beside it change how rows break.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      if (followsEnd) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, followsEnd]);

  return {
    rows: virtualizer.getVirtualItems(),
    height,
    measure: virtualizer.measureElement,
    show: (index: number): void => {
      // The user looks at it, so it must not run away.
      if (index < items.length - 1) setAtEnd(false);
      virtualizer.scrollToIndex(index, { align: "auto" });
    },
    followLatest: hasLatest && !isAtEnd ? () => setAtEnd(true) : undefined,
    onScroll: ({ currentTarget }: { currentTarget: HTMLDivElement }): void => {
      const { scrollTop, clientHeight, scrollHeight } = currentTarget;
      const isEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
      // Only looking back leaves the end: a row that grows moves the end away.
      if (isEnd || scrollTop < lastScrollTop.current) setAtEnd(isEnd);
      lastScrollTop.current = scrollTop;
    },
  };
}
