import type { RefObject } from "preact";

import { ALL_CHANNELS } from "../../core/filter/filter";
import type { RecordingImport } from "../recording/recording-import";
import type { SavedFilters } from "../filter/saved-filters";
import type { Store } from "./store";
import type { RowChannel } from "../../core/session/event-view";
import { CHANNELS } from "../ui/channels";
import { ExportMenu, ImportButton } from "../recording/recording-menus";
import { FindingsCount } from "../findings/finding-marks";
import { callLabels } from "../../core/session/call-list";
import { FilterInput } from "../filter/filter-input";
import { OverviewToggle } from "../overview/overview";
import { SeatsMenu } from "../seats/seats-menu";
import { DeparturesCount } from "../types/departures-count";
import { ViewSwitch } from "../traffic/table-options";
import { SettingsMenu } from "./settings-menu";
import { Popover } from "../ui/popover";
import { Roving } from "../ui/roving";
import { NARROW, useMatches } from "../ui/use-narrow";
import { Check, ToolButton } from "../ui/controls";
import "./toolbar.css";

type Props = {
  store: Store;
  savedFilters: SavedFilters;
  filterInput: RefObject<HTMLInputElement | null>;
  imports: RecordingImport;
  askPage: () => Promise<{ url: string; title: string }>;
  /** Brings a tab to the front. */
  onShowTab: (tabId: number) => void;
  onShortcuts: () => void;
  onSwitchOff: () => void;
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
    name: "types",
    label: "Types",
    title: "The types of messages and data that this app has, field by field, and what changed",
  },
  {
    name: "findings",
    label: "Findings",
    title: "What looks wrong in this session, why it matters and what to do about it",
  },
] as const;

/** Everything that acts on the log as a whole. */
export function Toolbar(props: Props) {
  const { store, savedFilters, filterInput, imports, askPage, onShowTab } = props;
  const { preserveLog } = store;
  const isLive = store.isLive.value;
  const isOff = store.outOfReach.value?.kind === "off";
  const isRecording = !store.isPaused.value && !isOff;

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
            {name === "types" && <DeparturesCount store={store} />}
          </button>
        ))}
      </Roving>
      <ToolButton
        class={`tool--record ${isRecording ? "tool--recording" : ""}`}
        label="Record"
        isPressed={isRecording}
        title={
          !isLive
            ? "A recording isn't recorded"
            : isOff
              ? "Off on this page: reload it to record"
              : `${store.isPaused.value ? "Record new events" : "Pause: new events aren't shown. State stays up to date"} (Ctrl+E)`
        }
        icon="record"
        isDisabled={!isLive || isOff}
        onClick={() => store.togglePause()}
      />
      <ToolButton
        label="Clear"
        title={
          isLive
            ? "Clear the log (Ctrl+L)"
            : "A recording stays as it is: there is nothing to clear"
        }
        icon="clear"
        isDisabled={!isLive}
        onClick={() => store.clear()}
      />
      <Check
        title={`Keep the events of a page that is reloaded or left${isLive ? "" : " (in the live session, which continues)"}`}
        isOn={preserveLog.value}
        onChange={(isOn) => void (preserveLog.value = isOn)}
      >
        Preserve log
      </Check>
      <span class="toolbar__divider" />
      <CallSelect store={store} />
      <SeatsMenu
        store={store}
        onShowTab={onShowTab}
        onAddFile={(file) => void imports.open(file, "add")}
      />
      {store.tab.value === "traffic" && (
        <ViewSwitch
          trafficView={store.trafficView}
          shown={store.shownTrafficView.value}
          hasConversation={store.hasConversation.value}
        />
      )}
      {isFiltered(store) && (
        <Narrowing store={store} savedFilters={savedFilters} filterInput={filterInput} />
      )}
      <span class="toolbar__gap" />
      <Roving class="tools" role="toolbar" label="Log">
        {store.tab.value === "traffic" && <OverviewToggle store={store} />}
        <ImportButton onFile={(file) => void imports.open(file)} />
        <ExportMenu store={store} askPage={askPage} />
        <SettingsMenu
          store={store}
          onShortcuts={props.onShortcuts}
          onSwitchOff={props.onSwitchOff}
        />
      </Roving>
    </div>
  );
}

/** Whether the filter narrows what is shown. A conversation is shown in full. */
const isFiltered = ({ tab, shownTrafficView }: Store): boolean =>
  tab.value === "statistics" ||
  (tab.value === "traffic" && shownTrafficView.value !== "conversation");

/** Where a button for each channel would take the room of the filter; as in the style sheet. */
const CROWDED = `(max-width: ${NARROW}px), (max-height: 450px) and (min-width: 1141px) and (max-width: 1400px)`;

/** What narrows the table and the statistics down. */
function Narrowing({
  store,
  savedFilters,
  filterInput,
}: Pick<Props, "store" | "savedFilters" | "filterInput">) {
  const isCrowded = useMatches(CROWDED);
  return (
    <>
      <FilterInput store={store} savedFilters={savedFilters} inputRef={filterInput} />
      {isCrowded ? (
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
          <Check
            key={channel}
            title={CHANNELS[channel].title}
            isOn={channels.has(channel)}
            onChange={() => toggle(store, channel)}
          >
            {CHANNELS[channel].short}
          </Check>
        ))
      }
    </Popover>
  );
}

/** No one looks through more than this: the latest are listed. */
const MAX_LISTED = 200;

/** Chooses whose traffic is shown: one call of the tab, or all. */
function CallSelect({ store }: { store: Store }) {
  const { calls, filter } = store;
  const choose = (callId: string) =>
    void (filter.value = { ...filter.value, callId: callId === "" ? undefined : callId });
  const [first] = calls.value;
  const isLive = store.isLive.value;
  const text = callLabels(calls.value, isLive ? "label" : "name");
  const listed = calls.value.slice(-MAX_LISTED);
  const chosen = calls.value.find(({ callId }) => callId === filter.value.callId);

  // One call needs no choice, only its name.
  if (calls.value.length < 2) {
    const state = isLive && first?.isLive ? first.status : "left";
    return (
      <span class="call cut" title={first ? text(first) : "No Daily call seen on this page"}>
        {first && <span class={`call__state call__state--${state}`} />}
        {first ? text(first) : "No call"}
      </span>
    );
  }
  return (
    <select
      class="call cut"
      aria-label="Call"
      title="Show the traffic of one call, or of all"
      value={filter.value.callId ?? ""}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      <option value="">All {calls.value.length} calls</option>
      {chosen && !listed.includes(chosen) && <option value={chosen.callId}>{text(chosen)}</option>}
      {listed.map((call) => (
        <option key={call.callId} value={call.callId}>
          {text(call)}
        </option>
      ))}
      {calls.value.length > MAX_LISTED && (
        <option disabled>and {calls.value.length - MAX_LISTED} earlier calls</option>
      )}
    </select>
  );
}
