import type { Store } from "../store/store";
import { Icon } from "./icons";

/** What happened to the call before, until it is closed. */
export function Notice({ store }: { store: Store }) {
  const text = store.notice.value;
  if (text === undefined) return null;
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
