import type { OverviewStore } from "./overview-store";
import { formatTime } from "../ui/format";
import { Icon } from "../ui/icons";

/** The time span that the table is narrowed down to, and how to be rid of it. */
export function SpanChip({ store: { filter } }: { store: OverviewStore }) {
  const { span } = filter.value;
  if (!span) return undefined;
  const [from, to] = [formatTime(span.from), formatTime(span.to)];
  return (
    <span
      class="chip"
      title="The table shows only what happened in this time, chosen in the overview"
    >
      <span>
        {from} – {to}
      </span>
      <button
        type="button"
        aria-label={`Show all times, not only ${from} to ${to}`}
        title="Show all times"
        onClick={() => void (filter.value = { ...filter.value, span: undefined })}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}
