import { useEffect, useState } from "preact/hooks";

import { isNarrowing } from "../../core/filter/filter";
import { parseFilter } from "../../core/filter/language/parse-filter";
import { SpanChip } from "../overview/overview";
import type { Store } from "./store";
import { formatCount, plural } from "../ui/format";
import { LinkButton, Note } from "../ui/controls";
import { reachWords } from "../ui/out-of-reach";

/** How much there is, what is missing, and whether the page is still there. */
export function StatusBar({ store, isStorageKept }: { store: Store; isStorageKept: boolean }) {
  const { filter } = store;
  const { events, dropped, folded, isConnected, hasDocuments } = store.counts.value;
  const shown = store.shown.value.entries.length;
  const { source } = store.session.value;
  const { count: ignored, last } = source
    ? { count: source.skipped.count, last: source.skipped.first }
    : store.problems.value;
  const filterProblems = parseFilter(filter.value.text).problems.filter(
    ({ isGuessed }) => !isGuessed,
  );
  const lostValues = store.shownCall()?.history.session.lostValues() ?? 0;
  const repeating = store.commands.repeating.value;

  return (
    <footer class="status-bar">
      {repeating && (
        <LinkButton
          title={`Sends no more of: ${repeating.what}`}
          onClick={() => store.commands.stop()}
        >
          Sending {repeating.done} of {repeating.times} · Stop
        </LinkButton>
      )}
      {store.isPaused.value && !source && (
        <LinkButton
          class="is-warning"
          title="New events aren't shown. Record them again"
          onClick={() => store.togglePause()}
        >
          Paused · Resume
        </LinkButton>
      )}
      <SpanChip store={store} />
      {isNarrowing(filter.value) && <span role="status">{plural(shown, "row")} shown</span>}
      {filterProblems.length > 0 && (
        <span
          class="is-warning"
          title={`Not understood in the filter:\n${filterProblems.map(({ message }) => message).join("\n")}`}
        >
          {plural(filterProblems.length, "term")} ignored
        </span>
      )}
      <span title="Everything in the log and in a recording. Some events have no row of their own, such as the settling of a promise.">
        {plural(events, "event")}
      </span>
      {dropped > 0 && (
        <span
          class="is-warning"
          title="Events that the page counted but that never got here: it keeps the last 10,000 (8 million characters) until a panel opens."
        >
          {formatCount(dropped)} dropped
        </span>
      )}
      {lostValues > 0 && (
        <LinkButton
          class="is-warning"
          title="Session data syncs about once a second (documented). These values were replaced by a later write first, so they were never sent. Show the room."
          onClick={() => void (store.tab.value = "room")}
        >
          {plural(lostValues, "value")} replaced before sync
        </LinkButton>
      )}
      {folded > 0 && (
        <span title="Oldest events removed to save memory. What they led to is still true.">
          {formatCount(folded)} removed
        </span>
      )}
      {ignored > 0 && (
        <span
          class="is-warning"
          role="status"
          title={`${source ? "The first" : "The last"} one: ${last}`}
        >
          {plural(ignored, source ? "malformed event" : "malformed message")} ignored
        </span>
      )}
      {!isStorageKept && (
        <span title="The browser's storage is blocked or full. Settings, filters and drafts hold until you close DevTools">
          settings not kept
        </span>
      )}
      {source ? (
        <span class="link link--off" title="Read from a file: nothing here comes from the page">
          recording
        </span>
      ) : (
        <span class={`link link--${isConnected ? "on" : "off"}`}>
          {isConnected
            ? "connected"
            : store.outOfReach.value?.kind === "off"
              ? "off until reload"
              : hasDocuments
                ? "page left"
                : store.outOfReach.value
                  ? "not capturing"
                  : "waiting for a call"}
        </span>
      )}
    </footer>
  );
}

/** What was taken out of the filter to show an event, with a way back. */
export function FilterNote({ store: { revealed } }: { store: Store }) {
  const text = revealed.note.value;
  if (text === undefined) return null;
  return (
    <Note role="status" onClose={() => revealed.dismiss()}>
      <span>{text}</span>
      <LinkButton class="notice__undo" title="Restore the filter" onClick={() => revealed.undo()}>
        Restore
      </LinkButton>
    </Note>
  );
}

/** Why nothing more comes from the page, beside what was recorded. Without events the view itself says so. */
export function ReachNote({ store, onReload }: { store: Store; onReload: () => void }) {
  const reach = store.outOfReach.value;
  // It is about the page, not about a recording.
  if (!reach || !store.isLive.value || !store.counts.value.hasDocuments) return null;
  const { title, text, isReloadOffered } = reachWords(reach);
  return (
    <div class="notice" role="status">
      <span>
        <strong>{title}.</strong> {text}
      </span>
      {isReloadOffered && (
        <LinkButton class="notice__undo" onClick={onReload}>
          Reload page
        </LinkButton>
      )}
    </div>
  );
}

/** Long enough to be read and acted upon, short enough not to be in the way. */
const SHOWN_MS = 20_000;

/** What has just happened, for a while or until it is closed. */
export function Notice({ store }: { store: Store }) {
  const text = store.notice.value;
  const [isPointedAt, setPointedAt] = useState(false);
  useEffect(() => {
    if (text === undefined || isPointedAt) return undefined;
    const timer = setTimeout(() => void (store.notice.value = undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [store, text, isPointedAt]);
  // It is about the page, not about a recording.
  if (text === undefined || !store.isLive.value) return null;
  return (
    <Note
      role="status"
      onClose={() => void (store.notice.value = undefined)}
      onPointed={setPointedAt}
    >
      <span>{text}</span>
    </Note>
  );
}
