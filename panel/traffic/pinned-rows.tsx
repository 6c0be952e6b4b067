import { statusOf } from "../../core/session/row-status";
import type { TableLayout } from "../session/columns";
import type { Entry } from "../../core/session/session-log";
import type { TrafficStore } from "./traffic-store";
import type { CallMarks } from "../ui/call-marks";
import { Icon } from "../ui/icons";
import { timeText } from "./time-text";
import { TrafficRowView } from "./traffic-row-view";

type Props = {
  store: TrafficStore;
  layout: TableLayout;
  /** Of the calls whose rows are shown side by side. */
  marks: CallMarks;
  onPick: (event: MouseEvent, entry: Entry) => void;
};

/** Rows that stay in sight whatever is scrolled or filtered. */
export function PinnedRows({ store, layout, marks, onPick }: Props) {
  const pinned = store.pinned.value;
  if (pinned.length === 0) return null;
  return (
    <div class="traffic__pinned" role="rowgroup" aria-label="Pinned rows">
      {pinned.map((entry, index) => {
        const call = store.callOf(entry.event.callId);
        return (
          <div class="pinned" role="presentation" key={entry.index}>
            <TrafficRowView
              id={`pinned-${entry.index}`}
              index={index}
              top={0}
              entry={entry}
              call={call}
              status={statusOf(entry, call?.history, store.now.value)}
              layout={layout}
              callMark={marks(call?.callId)}
              sources={store.sources}
              sourcesVersion={store.sources.version.value}
              time={timeText(store.table.value.time, entry.event.at, call, undefined)}
              isSelected={store.selection.chosen.value.has(entry)}
              isInGroup={false}
              findings={store.findings}
              onPick={onPick}
            />
            <button
              type="button"
              class="tool pinned__off"
              aria-label="Unpin row"
              title="Unpin row"
              onClick={() => store.togglePin(entry)}
            >
              <Icon name="pin" />
            </button>
          </div>
        );
      })}
    </div>
  );
}
