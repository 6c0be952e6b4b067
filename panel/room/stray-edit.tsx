import { useState } from "preact/hooks";

import { shortText } from "../../core/lib/short-text";
import type { RoomStore } from "./room-store";
import { hasTyped, placeOf } from "./value-edit";
import { copyText, NOT_COPIED } from "../ui/copy-text";

const MAX_SHOWN = 300;

/** Tells of an edit that was begun in another call than the one that is shown, such as before the page was reloaded. */
export function StrayEdit({ store, callId }: { store: RoomStore; callId: string | undefined }) {
  const [said, say] = useState<string | undefined>(undefined);
  const edit = store.valueEdit.value;
  if (!edit || edit.callId === callId || !hasTyped(edit)) return null;
  const { text } = edit;

  async function copy(): Promise<void> {
    say((await copyText(text)) ? "Copied." : NOT_COPIED);
  }

  return (
    <p class="advice" role="status">
      Your edit of <code>{placeOf(edit) || "all of it"}</code> belongs to{" "}
      {store.freshCall(edit.callId) ? "another call or an earlier page" : "a page that was left"}.
      Nothing of it was sent: <code>{shortText(text, MAX_SHOWN)}</code>{" "}
      <button
        type="button"
        class="link-button"
        title="Copies what you typed"
        onClick={() => void copy()}
      >
        Copy
      </button>
      {" · "}
      <button
        type="button"
        class="link-button"
        title="Lets go of the edit. Nothing has been sent"
        onClick={() => void (store.valueEdit.value = undefined)}
      >
        Let go
      </button>{" "}
      {said}
    </p>
  );
}
