import type { Store } from "../store/store";
import { formatCount, plural } from "./format";

/** How much there is, what is missing, and whether the page is still there. */
export function StatusBar({ store }: { store: Store }) {
  const { events, dropped, folded, isConnected, hasDocuments } = store.counts.value;
  const shown = store.visible.value.entries.length;
  const { count: ignored, last } = store.problems.value;

  return (
    <footer class="status-bar">
      <span title="Rows that pass the filter, and all events in the log. Events that only settle an earlier call have no row.">
        {formatCount(shown)} shown of {plural(events, "event")}
      </span>
      <span
        class={dropped > 0 ? "is-warning" : ""}
        title="Events that the page counted but that never got here: it keeps the last 10,000 (8 million characters) until a panel opens."
      >
        {formatCount(dropped)} dropped
      </span>
      {folded > 0 && (
        <span title="Oldest events that this panel let go of to stay small. What they led to is still true.">
          {formatCount(folded)} folded
        </span>
      )}
      {ignored > 0 && (
        <span class="is-warning" role="status" title={`The last one: ${last}`}>
          {plural(ignored, "malformed message")} ignored
        </span>
      )}
      <span class="toolbar__gap" />
      <span class={`link link--${isConnected ? "on" : "off"}`}>
        {isConnected ? "connected" : hasDocuments ? "page left" : "waiting for a call"}
      </span>
    </footer>
  );
}
