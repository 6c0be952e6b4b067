import { useState } from "preact/hooks";

import type { PageEvent } from "../../extension/protocol/event";
import type { Entry } from "../store/session-log";
import type { Store } from "../store/store";
import { rowOf } from "../store/traffic-row";
import { Facts } from "./facts";
import { Icon } from "./icons";
import { PayloadTree, ValueTree } from "./payload-tree";
import { RawText } from "./raw-text";

const TABS = ["Payload", "Raw", "Event"] as const;
type Tab = (typeof TABS)[number];

/** Everything about the selected entry. */
export function Details({ store, entry }: { store: Store; entry: Entry }) {
  const [tab, setTab] = useState<Tab>("Payload");
  const row = rowOf(entry, store.callOf(entry.event.callId));
  if (!row) return null;

  return (
    <section class="details" aria-label="Details">
      <div class="tabs">
        <div class="tabs__list" role="tablist" aria-label="Details">
          {TABS.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls="details-body"
              onClick={() => setTab(name)}
            >
              {name}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="tool"
          aria-label="Close details"
          title="Close details (Esc)"
          onClick={() => void (store.selected.value = undefined)}
        >
          <Icon name="close" />
        </button>
      </div>
      <div
        class="details__body"
        id="details-body"
        role="tabpanel"
        aria-labelledby={`tab-${tab}`}
        tabIndex={0}
      >
        {tab === "Payload" && <Facts entry={entry} row={row} />}
        {tab === "Payload" && row.payload && <PayloadTree payload={row.payload} />}
        {tab === "Payload" && !row.payload && (
          <ValueTree value={carriedBy(entry.event)} openLevels={3} />
        )}
        {tab === "Raw" && <RawText text={row.payload?.json ?? ""} />}
        {tab === "Event" && <RawText text={JSON.stringify(entry.event, undefined, 2)} />}
      </div>
    </section>
  );
}

/** What is particular to an event: without the fields that all have and the facts above already tell. */
function carriedBy(event: PageEvent): object {
  const common = new Set([
    "seq",
    "at",
    "callId",
    "kind",
    "name",
    "listeners",
    "handlerMs",
    "handlerError",
  ]);
  return Object.fromEntries(Object.entries(event).filter(([key]) => !common.has(key)));
}
