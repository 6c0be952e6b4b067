import { useEffect, useRef, useState } from "preact/hooks";

import { isNarrowing } from "../store/filter";
import type { Entry } from "../store/session-log";
import type { Store } from "../store/store";
import type { ExportOptions } from "../store/write-recording";
import { plural } from "./format";
import { Icon } from "./icons";

type Props = { store: Store; onExport: (options: ExportOptions) => Promise<void> };

const KEPT =
  "With them goes what their state derives from: joins and leaves, user data and session data of their calls. App messages that were not chosen are left out";

/** What to save as a file, and whether its values show. */
export function ExportMenu({ store, onExport }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const hasEvents = store.counts.value.events > 0;

  function close(): void {
    setIsOpen(false);
    button.current?.focus();
  }

  async function save(entries: readonly Entry[] | undefined): Promise<void> {
    close();
    setIsBusy(true);
    try {
      await onExport({ entries, isMasked: store.maskValues.value });
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <div
      class="export"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setIsOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class="tool"
        aria-label="Export recording"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-busy={isBusy}
        title={
          isBusy
            ? "Exporting…"
            : hasEvents
              ? "Export recording: save events as JSON, e.g. to attach to a bug report"
              : "Nothing to export yet"
        }
        disabled={!hasEvents || isBusy}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="download" />
      </button>
      {isOpen && <Menu store={store} onSave={(entries) => void save(entries)} onClose={close} />}
    </div>
  );
}

function Menu({
  store,
  onSave,
  onClose,
}: {
  store: Store;
  onSave: (entries: readonly Entry[] | undefined) => void;
  onClose: () => void;
}) {
  const { maskValues } = store;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { entries: shown, isComplete } = store.shown.value;
  const chosen = store.selected.value ? [store.selected.value] : [];

  function onKeyDown(event: KeyboardEvent): void {
    const { currentTarget, key } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (key === "Escape") onClose();
    else if (step !== undefined) {
      const items = [...(currentTarget as Element).querySelectorAll<HTMLElement>("button:enabled")];
      const at = items.indexOf(document.activeElement as HTMLElement);
      items[(at + step + items.length) % items.length]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="menu" role="menu" aria-label="Export recording" onKeyDown={onKeyDown}>
      <button
        ref={first}
        type="button"
        role="menuitem"
        title="Everything in the log, whatever the filter shows"
        onClick={() => onSave(undefined)}
      >
        All events
      </button>
      <button
        type="button"
        role="menuitem"
        title={isComplete ? `The rows that the filter shows. ${KEPT}` : "Still filtering…"}
        disabled={!isNarrowing(store.filter.value) || !isComplete}
        onClick={() => onSave(shown)}
      >
        Filtered: {plural(shown.length, "row")}
      </button>
      <button
        type="button"
        role="menuitem"
        title={`The rows that are selected. ${KEPT}`}
        disabled={chosen.length === 0}
        onClick={() => onSave(chosen)}
      >
        Selected: {plural(chosen.length, "row")}
      </button>
      <button
        type="button"
        role="menuitemcheckbox"
        aria-checked={maskValues.value}
        title="Replaces texts and numbers of payloads, names, ids, errors, stacks, addresses and titles by placeholders of the same size: the same value by the same one. Message types are masked, too. Keys, true, false, null, times, sizes and Daily’s own words stay"
        onClick={() => void (maskValues.value = !maskValues.value)}
      >
        Mask values
      </button>
    </div>
  );
}
