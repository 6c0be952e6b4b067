import { useEffect, useState } from "preact/hooks";

import type { Store } from "./store";
import { Icon } from "../ui/icons";

/** What was taken out of the filter to show an event, with a way back. */
export function FilterNote({ store: { revealed } }: { store: Store }) {
  const text = revealed.note.value;
  if (text === undefined) return null;
  return (
    <div class="notice" role="status">
      <span>{text}</span>
      <button
        type="button"
        class="link-button notice__undo"
        title="Restore the filter"
        onClick={() => revealed.undo()}
      >
        Restore
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Close this note"
        onClick={() => revealed.dismiss()}
      >
        <Icon name="close" />
      </button>
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
    <div
      class="notice"
      role="status"
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
    >
      <span>{text}</span>
      <button
        type="button"
        class="tool"
        aria-label="Close this note"
        onClick={() => void (store.notice.value = undefined)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
