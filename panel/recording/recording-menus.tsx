import { useRef, useState } from "preact/hooks";

import { isNarrowing } from "../../core/filter/filter";
import type { ExportOptions } from "../../core/recording/write-recording";
import type { Entry } from "../../core/session/session-log";
import type { RecordingStore } from "./recording-store";
import { plural } from "../ui/format";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";
import { saveFile } from "../ui/save-file";
import { Check, ToolButton } from "../ui/controls";

type Props = {
  store: RecordingStore;
  /** Address and title of the page, which a recording is named by. */
  askPage: () => Promise<{ url: string; title: string }>;
};

const NO_SEATS: ReadonlySet<string> = new Set();
const KEPT = "Includes joins, leaves and data changes needed to rebuild state";

/** What to save as a file, and whether its values show. */
export function ExportMenu({ store, askPage }: Props) {
  const [isBusy, setIsBusy] = useState(false);
  /** Documents of the seats that go with the page, by choice. */
  const [chosenSeats, chooseSeats] = useState<ReadonlySet<string>>(NO_SEATS);
  const { maskValues } = store;
  const hasEvents = store.counts.value.events > 0;

  /** Names of those that are seen from each document beside the page. */
  const seats = new Map<string, string[]>();
  for (const { documentId, name } of store.seats.value)
    seats.set(documentId, [...(seats.get(documentId) ?? []), name]);
  const isIncluded = ({ documentId }: Entry) =>
    chosenSeats.has(documentId) || !store.session.value.log.documents.get(documentId)?.seat;

  function toggleSeat(documentId: string): void {
    const chosen = new Set(chosenSeats);
    if (!chosen.delete(documentId)) chosen.add(documentId);
    chooseSeats(chosen);
  }

  async function save(entries: readonly Entry[] | undefined): Promise<void> {
    setIsBusy(true);
    try {
      await exportRecording(store, askPage, {
        entries,
        isMasked: maskValues.value,
        seats: chosenSeats,
      });
    } catch (error) {
      store.notice.value = `Couldn't export the recording: ${String(error)}`;
    } finally {
      setIsBusy(false);
    }
  }

  function choices(): readonly Choice[] {
    const { entries: shown, isComplete } = store.shown.value;
    const entries = seats.size > 0 ? shown.filter(isIncluded) : shown;
    const chosen = store.selection.inOrder().filter(isIncluded);
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
          <div class="export-checks">
            {[...seats].map(([documentId, names]) => (
              <Check
                key={documentId}
                title="Exports the events of this seat with those of the page. The file says which event came from where"
                isOn={chosenSeats.has(documentId)}
                onChange={() => toggleSeat(documentId)}
              >
                Include {names.join(", ")}
              </Check>
            ))}
            <Check
              title="Replaces texts and numbers of payloads, names, ids, errors, stacks, addresses and titles by placeholders of the same size: the same value by the same one. Message types are masked, too. Keys, true, false, null, times, sizes and Daily’s own words stay"
              isOn={maskValues.value}
              onChange={(isOn) => void (maskValues.value = isOn)}
            >
              Mask values
            </Check>
          </div>
        </>
      )}
    </Popover>
  );
}

/** Makes a file of the session that is shown and offers it to be saved. */
async function exportRecording(
  store: RecordingStore,
  askPage: Props["askPage"],
  options: ExportOptions,
): Promise<void> {
  const { source } = store.session.value;
  const recordedAt = source ? new Date(source.recordedAt) : new Date();
  const { page, userAgent } = source ?? {
    // It only decorates the file: a page that doesn't answer (an error page, `about:blank`) has no name.
    page: await askPage().catch(() => ({ url: "", title: "" })),
    userAgent: navigator.userAgent,
  };
  const file = await store.writeRecording({ recordedAt, page, userAgent }, options);
  const kind = `${options.entries ? "-part" : ""}${options.isMasked ? "-masked" : ""}`;
  const time = recordedAt.toISOString().slice(0, 19).replaceAll(":", "-");
  saveFile(`daily-recording-${time}${kind}.json`, file);
}

type Choice = {
  readonly label: string;
  readonly title: string;
  /** Undefined for all. */
  readonly entries: readonly Entry[] | undefined;
  readonly isPossible: boolean;
};

/** Asks for a file. */
export function ImportButton({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);

  function choose({ currentTarget }: { currentTarget: HTMLInputElement }): void {
    const file = currentTarget.files?.[0];
    if (file) onFile(file);
    currentTarget.value = ""; // So that the same file can be chosen again.
  }

  return (
    <>
      <ToolButton
        label="Import recording"
        title="Import recording: look at an exported file in place of the page, which continues in the background. A file can be dropped anywhere, too"
        icon="upload"
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        hidden
        type="file"
        accept=".json,application/json"
        aria-label="Recording to import"
        onChange={choose}
      />
    </>
  );
}
