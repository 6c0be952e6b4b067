import { useState } from "preact/hooks";

import { isNarrowing } from "../../core/filter/filter";
import type { Entry } from "../../core/session/session-log";
import type { RecordingStore } from "./recording-store";
import type { ExportOptions } from "../../core/recording/write-recording";
import { plural } from "../ui/format";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";

type Props = { store: RecordingStore; onExport: (options: ExportOptions) => Promise<void> };

const KEPT = "Includes joins, leaves and data changes needed to rebuild state";

/** What to save as a file, and whether its values show. */
export function ExportMenu({ store, onExport }: Props) {
  const [isBusy, setIsBusy] = useState(false);
  const { maskValues } = store;
  const hasEvents = store.counts.value.events > 0;

  async function save(entries: readonly Entry[] | undefined): Promise<void> {
    setIsBusy(true);
    try {
      await onExport({ entries, isMasked: maskValues.value });
    } catch (error) {
      store.notice.value = `Couldn't export the recording: ${String(error)}`;
    } finally {
      setIsBusy(false);
    }
  }

  function choices(): readonly Choice[] {
    const { entries, isComplete } = store.shown.value;
    const chosen = store.selection.inOrder();
    return [
      {
        label: "All events",
        title: "Everything in the log, whatever the filter shows",
        entries: undefined,
        isPossible: true,
      },
      {
        label: `Filtered: ${plural(entries.length, "row")}`,
        title: isComplete ? `The rows that the filter shows. ${KEPT}` : "Still filtering…",
        entries,
        isPossible: isComplete && isNarrowing(store.filter.value),
      },
      {
        label: `Selected: ${plural(chosen.length, "row")}`,
        title: `The rows that are selected. ${KEPT}`,
        entries: chosen,
        isPossible: chosen.length > 0,
      },
    ];
  }

  return (
    <Popover
      label="Export recording"
      title={
        isBusy
          ? "Exporting…"
          : hasEvents
            ? "Export recording: save events as JSON, e.g. to attach to a bug report"
            : "Nothing to export yet"
      }
      face={<Icon name="download" />}
      isDisabled={!hasEvents || isBusy}
    >
      {(close) => (
        <>
          {choices().map(({ label, title, entries, isPossible }) => (
            <button
              key={label}
              type="button"
              class="popover__item"
              title={title}
              disabled={!isPossible}
              onClick={() => {
                close();
                void save(entries);
              }}
            >
              {label}
            </button>
          ))}
          <label
            class="check"
            title="Replaces texts and numbers of payloads, names, ids, errors, stacks, addresses and titles by placeholders of the same size: the same value by the same one. Message types are masked, too. Keys, true, false, null, times, sizes and Daily’s own words stay"
          >
            <input
              type="checkbox"
              checked={maskValues.value}
              onChange={({ currentTarget }) => void (maskValues.value = currentTarget.checked)}
            />
            Mask values
          </label>
        </>
      )}
    </Popover>
  );
}

type Choice = {
  readonly label: string;
  readonly title: string;
  /** Undefined for all. */
  readonly entries: readonly Entry[] | undefined;
  readonly isPossible: boolean;
};
