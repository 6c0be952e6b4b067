import { useEffect, useState } from "preact/hooks";

import type { ImportState, RecordingImport } from "./recording-import";
import type { RecordingStore } from "./recording-store";
import type { SessionSource } from "../session/session";
import { formatCount, formatDate, plural } from "../ui/format";
import { LinkButton, Note } from "../ui/controls";
import "./recording.css";

type Props = { store: RecordingStore; imports: RecordingImport };

/** That a recording is shown and not the page, how far one is being read, and why one could not be. */
export function RecordingBar({ store, imports }: Props) {
  const { source } = store.session.value;
  const state = imports.state.value;
  return (
    <>
      {source && <Banner store={store} source={source} />}
      {state?.kind === "failed" && (
        <Note role="alert" onClose={() => imports.cancel()}>
          <span>
            {state.name} was not {state.purpose === "add" ? "added" : "opened"}. {state.reason}
          </span>
        </Note>
      )}
      {state && state.kind !== "failed" && (
        <Progress state={state} onCancel={() => imports.cancel()} />
      )}
    </>
  );
}

function Banner({ store, source }: { store: RecordingStore; source: SessionSource }) {
  const { name, recordedAt, page, isMasked, isSample, leftOut } = source;
  const facts = [
    "read-only",
    isMasked && "values masked",
    `made ${formatDate(recordedAt)}${page.url && ` on ${withoutScheme(page.url)}`}`,
  ];
  const meanwhile = store.liveMeanwhile.value;
  return (
    <div class="recording" role="region" aria-label="Recording">
      <span class="recording__what cut" title={`${name}\n${page.title}\n${page.url}`}>
        <strong>
          {isSample ? "Sample recording:" : "Recording"} {name}
        </strong>{" "}
        · {facts.filter(Boolean).join(" · ")}
      </span>
      {leftOut > 0 && (
        <span
          class="is-warning"
          title="Events of the session that are not in the file: not chosen for the export, cleared, or too old to be kept. What has no effect on state is missing"
        >
          {plural(leftOut, "event")} left out
        </span>
      )}
      <span
        class="recording__live"
        title="Events that came from the page while the recording was shown. They are kept"
      >
        {plural(meanwhile, "new live event")}
      </span>
      <LinkButton
        title="Closes the recording and shows the page's session, where nothing was lost"
        onClick={() => store.backToLive()}
      >
        Back to live
      </LinkButton>
    </div>
  );
}

function Progress({
  state: { kind, name, done, total },
  onCancel,
}: {
  state: Exclude<ImportState, { kind: "failed" }>;
  onCancel: () => void;
}) {
  const isRead = kind === "reading" && done === total && total > 0;
  const text = isRead
    ? `Checking ${name}…`
    : kind === "reading"
      ? `Reading ${name}: ${megabytes(done)} of ${megabytes(total)} MB`
      : `Reading ${name}: ${formatCount(done)} of ${plural(total, "event")}`;
  return (
    <div class="recording" role="status">
      <span class="recording__what cut">{text}</span>
      <progress aria-label="Import" max={total || 1} value={isRead ? undefined : done} />
      <LinkButton title="Stops reading; what is shown stays as it is" onClick={onCancel}>
        Cancel
      </LinkButton>
    </div>
  );
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
const withoutScheme = (url: string): string =>
  url.replace(/^https?:\/\//, "").replace(/[?#].*/, "");

/** Takes a file that is dropped anywhere on the panel, and says so while one is held over it. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const holdsFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files");
    function onDragOver(event: DragEvent): void {
      if (!holdsFile(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setIsOver(true);
    }
    function onDragLeave(event: DragEvent): void {
      // Any other is from one element to the next.
      if (event.relatedTarget === null) setIsOver(false);
    }
    function onDrop(event: DragEvent): void {
      setIsOver(false);
      if (!holdsFile(event)) return;
      // Not opened by the browser in place of the panel, nor put into the editor.
      event.preventDefault();
      event.stopPropagation();
      const file = event.dataTransfer?.files[0];
      if (file) onFile(file);
    }
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    document.addEventListener("dragover", onDragOver, options);
    document.addEventListener("dragleave", onDragLeave, options);
    document.addEventListener("drop", onDrop, options);
    return () => listening.abort();
  }, [onFile]);

  if (!isOver) return null;
  return (
    <div class="file-drop" role="status">
      Drop a recording to look at it
    </div>
  );
}
