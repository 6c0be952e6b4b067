import type { CallHistory } from "../store/call-history";
import { momentsOf } from "../store/room-at";
import type { Store } from "../store/store";

/** Chooses the moment at which the room is shown. */
export function MomentSlider({ store, history }: { store: Store; history: CallHistory }) {
  const moments = momentsOf(history);
  const { moment } = store;
  const last = moments.length - 1;
  const at =
    moment.value === undefined ? last : moments.findLastIndex((seq) => seq <= (moment.value ?? 0));
  const choose = (index: number) =>
    void (moment.value = index >= last ? undefined : moments[index]);

  return (
    <div class="moment">
      <button
        type="button"
        class="toggle channel--app-message"
        aria-pressed={moment.value === undefined}
        title="Follow the room as it is now"
        onClick={() => void (moment.value = undefined)}
      >
        Now
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(0, last)}
        value={Math.max(0, at)}
        disabled={last < 1}
        aria-label="Moment"
        aria-valuetext={moment.value === undefined ? "now" : `after event ${moment.value}`}
        title="Every stop is a change of the room: session data, user data, joining or leaving"
        onInput={({ currentTarget }) => choose(Number(currentTarget.value))}
      />
      <span
        class="moment__label"
        title="Changes of the room that the log still knows: session data, user data, joining and leaving"
      >
        {moment.value === undefined
          ? `${moments.length} changes`
          : `after event #${moment.value} (${at + 1} of ${moments.length})`}
      </span>
    </div>
  );
}
