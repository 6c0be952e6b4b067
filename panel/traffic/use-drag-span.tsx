import { useRef } from "preact/hooks";

import type { SequenceRow } from "../../core/delivery/sequence";
import type { TimeSpan } from "../../core/filter/filter";
import type { Entry } from "../../core/session/session-log";
import { ROW_HEIGHT } from "./draw-sequence";

/** The row that something happened in. */
export function rowAt(
  rows: readonly SequenceRow[],
  target: EventTarget | null,
): SequenceRow | undefined {
  const row = target instanceof Element ? target.closest(".sequence__row") : null;
  return rows[Number(row?.getAttribute("aria-rowindex")) - 2];
}

/** The time from one row to another, whichever comes first. */
export function spanOf({ entry: a }: SequenceRow, { entry: b }: SequenceRow): TimeSpan {
  return { from: Math.min(a.event.at, b.event.at), to: Math.max(a.event.at, b.event.at) };
}

/** A click chooses a row; a drag from one row to another, the time between them. */
export function useDragSpan(
  rows: readonly SequenceRow[],
  choose: (span: TimeSpan) => void,
  click: (entry: Entry) => void,
) {
  const from = useRef<SequenceRow | undefined>(undefined);
  const anchor = useRef<SequenceRow | undefined>(undefined);
  const isDragged = useRef(false);

  type Pointer = PointerEvent & { currentTarget: HTMLElement };
  const rowUnder = ({ clientY, currentTarget }: Pointer): SequenceRow | undefined => {
    const place = Math.floor((clientY - currentTarget.getBoundingClientRect().top) / ROW_HEIGHT);
    return rows[Math.max(0, Math.min(place, rows.length - 1))];
  };

  return {
    anchor,
    handlers: {
      onPointerDown(event: Pointer): void {
        if (event.button !== 0) return;
        const row = rowAt(rows, event.target);
        if (event.shiftKey && row) {
          anchor.current ??= row;
          choose(spanOf(anchor.current, row));
          event.preventDefault();
          return;
        }
        from.current = row;
        isDragged.current = false;
      },
      onPointerMove(event: Pointer): void {
        const start = from.current;
        if (!start || event.buttons !== 1) return;
        const row = rowUnder(event);
        if (!row || (row === start && !isDragged.current)) return;
        if (!isDragged.current) event.currentTarget.setPointerCapture(event.pointerId);
        isDragged.current = true;
        getSelection()?.removeAllRanges();
        choose(spanOf(start, row));
      },
      onPointerUp(): void {
        const row = from.current;
        from.current = undefined;
        if (!row) return;
        anchor.current = row;
        if (!isDragged.current) click(row.entry);
      },
      onPointerCancel(): void {
        from.current = undefined;
      },
    },
  };
}
