import type { CallState } from "../../core/session/call-state";
import { missedMessages, type RoomAt } from "../../core/session/room-at";
import type { RoomStore } from "./room-store";
import { chipOf, rowOf } from "../../core/session/event-view";
import { formatTime, plural } from "../ui/format";

type Props = {
  store: RoomStore;
  call: CallState;
  room: RoomAt;
  moment: number;
  onShow: (seq: number) => void;
};

const MAX_LISTED = 50;

/** What somebody who joins at this moment would have, and what they would never get. */
export function LateJoiner({ store, call, room, moment, onShow }: Props) {
  const missed = missedMessages(store.entriesOf(call.callId), moment);
  const { dropped, folded, isCleared } = store.counts.value;
  const isPartial = dropped > 0 || folded > 0 || isCleared;
  const isNow = moment === Infinity && store.isLive.value;
  const present = room.people.filter(({ isPresent }) => isPresent);
  const withData = present.filter(({ userData }) => userData !== undefined);
  return (
    <section class="card">
      <h2 title="Late joiners get session data and user data; app messages are never replayed (docs.daily.co).">
        Late joiner preview
      </h2>
      <p title="What this page knows: session data and user data are handed to whoever joins, app messages are not. Sizes are characters of JSON.">
        {moment === Infinity && call.status !== "joined"
          ? "This page isn’t in the meeting, so it can’t tell what anyone who joins would get. Move the slider to a moment when it was. "
          : `Anyone who joins ${isNow ? "now" : "at this moment"} would get the session data as shown (${
              room.session ? plural(room.session.payload.chars, "character") : "none"
            }), ${plural(present.length, "participant")} with the user data of ${withData.length}. `}
        They would never get the {plural(missed.length, "app message")} before that are in the log
        {isPartial && "; older ones are not in the log any more"}.
      </p>
      {missed.length > 0 && (
        <ul class="missed" aria-label="Messages that a late joiner never gets">
          {missed.slice(0, MAX_LISTED).map((entry) => {
            const row = rowOf(entry, call);
            return (
              row && (
                <li key={entry.event.seq}>
                  <button type="button" class="link-button" onClick={() => onShow(entry.event.seq)}>
                    {formatTime(entry.event.at)}
                  </button>{" "}
                  {row.from?.label} → {row.to.map(({ label }) => label).join(", ")}{" "}
                  {chipOf(row) !== undefined && <span class="type">{chipOf(row)}</span>}{" "}
                  <code>{row.summary}</code>
                </li>
              )
            );
          })}
        </ul>
      )}
    </section>
  );
}
