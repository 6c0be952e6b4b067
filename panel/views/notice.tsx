import type { Store } from "../store/store";
import { Icon } from "./icons";

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
        title="Put the filter back as it was"
        onClick={() => revealed.undo()}
      >
        Put it back
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

/** What happened to the call before, until it is closed. */
export function Notice({ store }: { store: Store }) {
  const text = store.notice.value;
  // It is about the page, not about a recording.
  if (text === undefined || !store.isLive.value) return null;
  return (
    <div class="notice" role="status">
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
