import type { CallState } from "../../core/session/call-state";
import type { RowGroup } from "../session/table-rows";
import type { Entry } from "../../core/session/session-log";
import { rowOf } from "../../core/session/event-view";
import { CHANNELS } from "../ui/channels";
import { formatCount, formatMs } from "../ui/format";
import { Icon } from "../ui/icons";

type Props = {
  id: string;
  index: number;
  top: number;
  group: RowGroup;
  call: CallState | undefined;
  /** When its first entry happened, as the table tells time. */
  time: string;
  isSelected: boolean;
  onToggle: (group: RowGroup) => void;
};

/** Several entries of one kind as one row; a click shows them. */
export function GroupRowView({ id, index, top, group, call, time, isSelected, onToggle }: Props) {
  const { entries, isOpen, label } = group;
  const [first, last] = [entries[0] as Entry, entries.at(-1) as Entry];
  const row = rowOf(last, call);
  const channel = row?.channel ?? "call";
  return (
    <div
      id={id}
      class={`row row--group channel--${channel} ${index % 2 === 1 ? "row--even" : ""}`}
      role="row"
      aria-rowindex={index + 2}
      aria-expanded={isOpen}
      aria-selected={isSelected}
      style={{ top }}
      onMouseDown={({ button }) => button === 0 && onToggle(group)}
    >
      <span class="cell group" role="gridcell">
        <span class="group__time">{time}</span>
        <Icon name={isOpen ? "open" : "closed"} />
        {row && row.direction !== "none" && <Icon name={row.direction} />}
        <span class="tag">{CHANNELS[channel].short}</span>
        <span class="type">{label}</span>
        <span class="group__count">× {formatCount(entries.length)}</span>
        <span class="group__facts">
          {entries.length > 1 && `in ${formatMs(last.event.at - first.event.at)}`}
        </span>
        {!isOpen && <span class="group__last">{row?.summary}</span>}
      </span>
    </div>
  );
}
