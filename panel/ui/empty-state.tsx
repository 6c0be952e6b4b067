import type { Signal } from "@preact/signals";

import { type Filter, NO_FILTER } from "../../core/filter/filter";

type Props = {
  store: {
    readonly counts: {
      readonly value: { readonly hasDocuments: boolean; readonly events: number };
    };
    readonly isLive: { readonly value: boolean };
    readonly filter: Signal<Filter>;
    backToLive(): void;
  };
  onReload: () => void;
};

/** Why the table is empty, and what to do about it. */
export function EmptyState({ store, onReload }: Props) {
  const { hasDocuments, events } = store.counts.value;
  if (!store.isLive.value && events === 0) {
    return (
      <div class="empty">
        <h2>This recording has no events</h2>
        <button type="button" class="button" onClick={() => store.backToLive()}>
          Back to live
        </button>
      </div>
    );
  }
  if (!hasDocuments) {
    return (
      <div class="empty">
        <h2>No Daily call on this page yet</h2>
        <p>
          Calls appear here as soon as the page creates a Daily call object (
          <code>Daily.createCallObject()</code>, <code>createFrame()</code>, or daily-react’s{" "}
          <code>DailyProvider</code>), in any of its frames.
        </p>
        <p>Reload to capture calls made before the extension was installed.</p>
        <p>To look at a recording, drop its file here, or open it with Import recording.</p>
        <button type="button" class="button" onClick={onReload}>
          Reload page
        </button>
      </div>
    );
  }
  if (events === 0) {
    return (
      <div class="empty">
        <h2>Nothing recorded since the log was cleared</h2>
        <p>New traffic of the call appears here as it happens.</p>
      </div>
    );
  }
  return (
    <div class="empty">
      <h2>No matching events</h2>
      <p>
        {store.filter.value.span
          ? "No matching events in the selected time range."
          : "Turn on more channels, choose another call or change the filter."}
      </p>
      <button type="button" class="button" onClick={() => void (store.filter.value = NO_FILTER)}>
        Clear filter
      </button>
    </div>
  );
}
