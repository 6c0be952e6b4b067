import type { RefObject } from "preact";

import { ALL_CHANNELS } from "../../core/filter/filter";
import type { RecordingImport } from "../recording/recording-import";
import type { SavedFilters } from "../filter/saved-filters";
import type { Store } from "./store";
import type { RowChannel } from "../../core/session/event-view";
import type { ExportOptions } from "../../core/recording/write-recording";
import { CallSelect } from "./call-select";
import { CHANNELS } from "../ui/channels";
import { ExportMenu } from "../recording/export-menu";
import { FindingsCount } from "../findings/finding-marks";
import { FilterInput } from "../filter/filter-input";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";
import { Roving } from "../ui/roving";
import { useNarrow } from "../ui/use-narrow";
import { SettingsMenu } from "./settings-menu";
import { OverviewToggle } from "../overview/overview";
import { ImportButton } from "../recording/import-button";

type Props = {
  store: Store;
  savedFilters: SavedFilters;
  filterInput: RefObject<HTMLInputElement | null>;
  imports: RecordingImport;
  onExport: (options: ExportOptions) => Promise<void>;
};

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
    title: "Rates, sizes, latencies, and who sends what, of the events that match the filter",
  },
  {
    name: "findings",
    label: "Findings",
    title: "What looks wrong in this session, why it matters and what to do about it",
  },
] as const;

/** Everything that acts on the log as a whole. */
export function Toolbar({ store, savedFilters, filterInput, imports, onExport }: Props) {
  const { preserveLog } = store;
  const isLive = store.isLive.value;

  return (
    <div class="toolbar" role="group" aria-label="Toolbar">
      <Roving class="views" role="tablist" label="View">
        {VIEWS.map(({ name, label, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`view-${name}`}
            aria-selected={store.tab.value === name}
            aria-controls="view"
            title={title}
            onClick={() => void (store.tab.value = name)}
          >
            {label}
            {name === "findings" && <FindingsCount store={store} />}
          </button>
        ))}
      </Roving>
      <button
        type="button"
        class={`tool tool--record ${store.isPaused.value ? "" : "tool--recording"}`}
        aria-label="Record"
        aria-pressed={!store.isPaused.value}
        title={
          isLive
            ? `${store.isPaused.value ? "Record new events" : "Pause: new events aren't shown. State stays up to date"} (Ctrl+E)`
            : "A recording isn't recorded"
        }
        disabled={!isLive}
        onClick={() => store.togglePause()}
      >
        <Icon name="record" />
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Clear"
        title={
          isLive
            ? "Clear the log (Ctrl+L)"
            : "A recording stays as it is: there is nothing to clear"
        }
        disabled={!isLive}
        onClick={() => store.clear()}
      >
        <Icon name="clear" />
      </button>
      <label
        class="check"
        title={`Keep the events of a page that is reloaded or left${isLive ? "" : " (in the live session, which continues)"}`}
      >
        <input
          type="checkbox"
          checked={preserveLog.value}
          onChange={({ currentTarget }) => void (preserveLog.value = currentTarget.checked)}
        />
        Preserve log
      </label>
      <span class="toolbar__divider" />
      <CallSelect store={store} />
      {isFiltered(store.tab.value) && (
        <Narrowing store={store} savedFilters={savedFilters} filterInput={filterInput} />
      )}
      <span class="toolbar__gap" />
      <Roving class="tools" role="toolbar" label="Log">
        {store.tab.value === "traffic" && <OverviewToggle store={store} />}
        <ImportButton onFile={(file) => void imports.open(file)} />
        <ExportMenu store={store} onExport={onExport} />
        <SettingsMenu store={store} />
      </Roving>
    </div>
  );
}

const isFiltered = (tab: string): boolean => tab === "traffic" || tab === "statistics";

/** What narrows the table and the statistics down. */
function Narrowing({
  store,
  savedFilters,
  filterInput,
}: Pick<Props, "store" | "savedFilters" | "filterInput">) {
  const isNarrow = useNarrow();
  return (
    <>
      <FilterInput store={store} savedFilters={savedFilters} inputRef={filterInput} />
      {isNarrow ? (
        <ChannelMenu store={store} />
      ) : (
        <Roving class="toggles" role="group" label="Channels">
          {ALL_CHANNELS.map((channel) => (
            <ChannelToggle key={channel} store={store} channel={channel} />
          ))}
        </Roving>
      )}
    </>
  );
}

/** Shows a channel, or hides it. */
function toggle({ filter }: Store, channel: RowChannel): void {
  const channels = new Set(filter.value.channels);
  if (!channels.delete(channel)) channels.add(channel);
  filter.value = { ...filter.value, channels };
}

function ChannelToggle({ store, channel }: { store: Store; channel: RowChannel }) {
  return (
    <button
      type="button"
      class={`toggle channel--${channel}`}
      aria-pressed={store.filter.value.channels.has(channel)}
      title={CHANNELS[channel].title}
      onClick={() => toggle(store, channel)}
    >
      {CHANNELS[channel].short}
    </button>
  );
}

/** The channels where there is no room for a button each. */
function ChannelMenu({ store }: { store: Store }) {
  const { channels } = store.filter.value;
  const isAll = channels.size === ALL_CHANNELS.length;
  return (
    <Popover
      label="Channels"
      title="Choose the channels to show"
      class="tool tool--text"
      face={isAll ? "Channels" : `Channels ${channels.size}/${ALL_CHANNELS.length}`}
    >
      {() =>
        ALL_CHANNELS.map((channel) => (
          <label key={channel} class="check" title={CHANNELS[channel].title}>
            <input
              type="checkbox"
              checked={channels.has(channel)}
              onChange={() => toggle(store, channel)}
            />
            {CHANNELS[channel].short}
          </label>
        ))
      }
    </Popover>
  );
}
