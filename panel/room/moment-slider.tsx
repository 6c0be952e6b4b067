import type { CallState } from "../../core/session/call-state";
import { momentsOf } from "../../core/session/room-at";
import type { RoomStore } from "./room-store";

/** Chooses the moment at which the room is shown. */
export function MomentSlider({ store, call }: { store: RoomStore; call: CallState }) {
  const { history, callId } = call;
  const moments = momentsOf(history);
  const { moment } = store;
  const chosen = momentOf(store, callId);
  const last = moments.length - 1;
  const at = chosen === undefined ? last : moments.findLastIndex((seq) => seq <= chosen);
  const choose = (index: number) => {
    const seq = index >= last ? undefined : moments[index];
    moment.value = seq === undefined ? undefined : { callId, seq };
  };

  return (
    <div class="moment">
      <button
        type="button"
        class="toggle channel--app-message"
        aria-pressed={chosen === undefined}
        title={
          store.isLive.value ? "Follow the room as it is now" : "Show the end of the recording"
        }
        onClick={() => void (moment.value = undefined)}
      >
        {store.isLive.value ? "Now" : "End"}
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(0, last)}
        value={Math.max(0, at)}
        disabled={last < 1}
        aria-label="Moment"
        aria-valuetext={
          chosen === undefined ? (store.isLive.value ? "now" : "end") : `after event ${chosen}`
        }
        title="Every stop is a change of the room: session data, user data, joining or leaving"
        onInput={({ currentTarget }) => choose(Number(currentTarget.value))}
      />
      <span
        class="moment__label"
        title="Changes of the room that the log still knows: session data, user data, joining and leaving"
      >
        {chosen === undefined
          ? `${moments.length} changes`
          : `after event #${chosen} (${at + 1} of ${moments.length})`}
      </span>
    </div>
  );
}

/** The event at which a call is looked at; undefined for now, and for a moment of another call. */
export function momentOf({ moment }: RoomStore, callId: string): number | undefined {
  return moment.value?.callId === callId ? moment.value.seq : undefined;
}
