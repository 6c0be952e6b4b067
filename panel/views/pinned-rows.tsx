import { statusOf } from "../store/row-status";
import type { TableLayout } from "../store/columns";
import type { Entry } from "../store/session-log";
import type { Store } from "../store/store";
import { timeText } from "./time-text";
import { TrafficRowView } from "./traffic-row-view";

type Props = {
  store: Store;
  layout: TableLayout;
  onPick: (event: MouseEvent, entry: Entry) => void;
};

/** Rows that stay in sight whatever is scrolled or filtered. */
export function PinnedRows({ store, layout, onPick }: Props) {
  const pinned = store.pinned.value;
  if (pinned.length === 0) return null;
  return (
    <div class="traffic__pinned" role="rowgroup" aria-label="Pinned rows">
      {pinned.map((entry, index) => {
        const call = store.callOf(entry.event.callId);
        return (
          <TrafficRowView
            key={entry.index}
            id={`pinned-${entry.index}`}
            index={index}
            top={0}
            entry={entry}
            call={call}
            status={statusOf(entry, call?.history, store.now.value)}
            layout={layout}
            time={timeText(store.table.value.time, entry.event.at, call, undefined)}
            isSelected={store.selection.chosen.value.has(entry)}
            isInGroup={false}
            findings={store.findings}
            onPick={onPick}
          />
        );
      })}
    </div>
  );
}
