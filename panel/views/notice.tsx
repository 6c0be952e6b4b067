import type { Store } from "../store/store";
import { Icon } from "./icons";

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
