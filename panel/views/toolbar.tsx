import type { Ref } from "preact";

import { ALL_CHANNELS } from "../store/filter";
import type { Store } from "../store/store";
import type { RowChannel } from "../store/traffic-row";
import { CallSelect } from "./call-select";
import { CHANNELS } from "./channels";
import { Icon } from "./icons";
import { SettingsMenu } from "./settings-menu";
import { OverviewToggle } from "./overview-toggle";

type Props = { store: Store; filterInput: Ref<HTMLInputElement>; onExport: () => void };

const VIEWS = [
  { name: "traffic", label: "Traffic", title: "Every message, write and event" },
  { name: "room", label: "Room", title: "What the room knows, and how it got there" },
  {
    name: "send",
    label: "Send",
    title: "Send messages and change state through the page's own call",
  },
  {
    name: "statistics",
    label: "Statistics",
    title: "Rates, sizes, latencies, and who sends what, of what passes the filter",
  },
] as const;

/** Everything that acts on the log as a whole. */
export function Toolbar({ store, filterInput, onExport }: Props) {
  const { preserveLog, counts } = store;
  const hasEvents = counts.value.events > 0;

  return (
    <div class="toolbar" role="toolbar" aria-label="Traffic">
      <div class="views" role="group" aria-label="View">
        {VIEWS.map(({ name, label, title }) => (
          <button
            key={name}
            type="button"
            aria-pressed={store.tab.value === name}
            title={title}
            onClick={() => void (store.tab.value = name)}
          >
            {label}
          </button>
        ))}
      </div>
      <button
        type="button"
        class="tool"
        aria-label="Clear"
        title="Clear the log (Ctrl+L)"
        onClick={() => store.clear()}
      >
        <Icon name="clear" />
      </button>
      <label class="check" title="Keep the events of a page that is reloaded or left">
        <input
          type="checkbox"
          checked={preserveLog.value}
          onChange={({ currentTarget }) => void (preserveLog.value = currentTarget.checked)}
        />
        Preserve log
      </label>
      <span class="toolbar__divider" />
      <CallSelect store={store} />
      {isFiltered(store.tab.value) && <Narrowing store={store} filterInput={filterInput} />}
      <span class="toolbar__gap" />
      {store.tab.value === "traffic" && <OverviewToggle store={store} />}
      <button
        type="button"
        class="tool"
        aria-label="Export recording"
        title={
          hasEvents
            ? "Export recording: save all events as JSON, e.g. to attach to a bug report"
            : "Nothing to export yet"
        }
        disabled={!hasEvents}
        onClick={onExport}
      >
        <Icon name="download" />
      </button>
      <SettingsMenu store={store} />
    </div>
  );
}

const isFiltered = (tab: string): boolean => tab === "traffic" || tab === "statistics";

/** What narrows the table and the statistics down. */
function Narrowing({ store, filterInput }: Pick<Props, "store" | "filterInput">) {
  const { filter } = store;
  return (
    <>
      <label
        class="search"
        title="Show only rows in which every word occurs: names, ids, payloads, errors (Ctrl+F)"
      >
        <Icon name="search" />
        <input
          ref={filterInput}
          type="search"
          placeholder="Filter"
          aria-label="Filter"
          value={filter.value.text}
          onInput={({ currentTarget }) =>
            void (filter.value = { ...filter.value, text: currentTarget.value })
          }
        />
      </label>
      <div class="toggles" role="group" aria-label="Channels">
        {ALL_CHANNELS.map((channel) => (
          <ChannelToggle key={channel} store={store} channel={channel} />
        ))}
      </div>
    </>
  );
}

function ChannelToggle({ store, channel }: { store: Store; channel: RowChannel }) {
  const { filter } = store;
  const isShown = filter.value.channels.has(channel);

  function toggle(): void {
    const channels = new Set(filter.value.channels);
    if (!channels.delete(channel)) channels.add(channel);
    filter.value = { ...filter.value, channels };
  }

  return (
    <button
      type="button"
      class={`toggle channel--${channel}`}
      aria-pressed={isShown}
      title={CHANNELS[channel].title}
      onClick={toggle}
    >
      {CHANNELS[channel].short}
    </button>
  );
}
