import type { ImportState, RecordingImport } from "./recording-import";
import type { SessionSource } from "../session/session";
import type { RecordingStore } from "./recording-store";
import { formatCount, formatDate, plural } from "../ui/format";
import { Icon } from "../ui/icons";

type Props = { store: RecordingStore; imports: RecordingImport };

/** That a recording is shown and not the page, how far one is being read, and why one could not be. */
export function RecordingBar({ store, imports }: Props) {
  const { source } = store.session.value;
  const state = imports.state.value;
  return (
    <>
      {source && <Banner store={store} source={source} />}
      {state?.kind === "failed" && (
        <div class="notice" role="alert">
          <span>
            {state.name} was not opened. {state.reason}
          </span>
          <button
            type="button"
            class="tool"
            aria-label="Close this note"
            onClick={() => imports.cancel()}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      {state && state.kind !== "failed" && (
        <Progress state={state} onCancel={() => imports.cancel()} />
      )}
    </>
  );
}

function Banner({ store, source }: { store: RecordingStore; source: SessionSource }) {
  const { name, recordedAt, page, isMasked, leftOut } = source;
  const facts = [
    "read-only",
    isMasked && "values masked",
    `made ${formatDate(recordedAt)}${page.url && ` on ${withoutScheme(page.url)}`}`,
  ];
  const meanwhile = store.liveMeanwhile.value;
  return (
    <div class="recording" role="region" aria-label="Recording">
      <span class="recording__what" title={`${name}\n${page.title}\n${page.url}`}>
        <strong>Recording {name}</strong> · {facts.filter(Boolean).join(" · ")}
      </span>
      {leftOut > 0 && (
        <span
          class="recording__part"
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
      <button
        type="button"
        class="link-button"
        title="Closes the recording and shows the page's session, where nothing was lost"
        onClick={() => store.backToLive()}
      >
        Back to live
      </button>
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
      <span class="recording__what">{text}</span>
      <progress aria-label="Import" max={total || 1} value={isRead ? undefined : done} />
      <button
        type="button"
        class="link-button"
        title="Stops reading; what is shown stays as it is"
        onClick={onCancel}
      >
        Cancel
      </button>
    </div>
  );
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
const withoutScheme = (url: string): string =>
  url.replace(/^https?:\/\//, "").replace(/[?#].*/, "");
