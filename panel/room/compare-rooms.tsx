import { useState } from "preact/hooks";

import type { CallState } from "../../core/session/call-state";
import { momentsOf, roomAt } from "../../core/session/room-at";
import { roomValue, type RoomValue } from "./room-value";
import type { RoomStore } from "./room-store";
import { FileLink } from "../ui/controls";
import { DiffView } from "../ui/diff-view";

/** More moments than this are not listed; the slider reaches them all. */
const MAX_LISTED = 200;

/** Reads a recording to compare with; resolves once it is there, or was refused. */
export type OpenFile = (file: File) => Promise<void>;

type Props = { store: RoomStore; call: CallState; moment: number; onOpenFile: OpenFile };

/** What differs between the room as it is shown and another one: at another moment, or at the end of a recording. */
export function CompareRooms({ store, call, moment, onOpenFile }: Props) {
  const [chosen, choose] = useState("");
  const { history } = call;
  const recording = store.compared.value;
  const moments = momentsOf(history).slice(-MAX_LISTED).reverse();
  const recorded = recording?.calls.value ?? [];

  function otherRoom(): RoomValue | undefined {
    const [kind, id] = [chosen.slice(0, 1), chosen.slice(1)];
    if (kind === "m") return roomValue(roomAt(history, Number(id)));
    const other = kind === "r" ? recording?.callOf(id) : undefined;
    return other && roomValue(roomAt(other.history, Infinity));
  }
  const other = otherRoom();

  return (
    <section class="card" aria-label="Compare rooms">
      <h2 title="Session data, and the user data of everyone present, by name">Compare rooms</h2>
      <label class="compare">
        This moment compared with{" "}
        <select
          aria-label="Compare this room with"
          value={other ? chosen : ""}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          <option value="">Choose a moment or a recording</option>
          {recorded.map(({ callId, name }) => (
            <option key={callId} value={`r${callId}`}>
              {recording?.source?.name}: end of {name}
            </option>
          ))}
          {moments.map((seq) => (
            <option key={seq} value={`m${seq}`}>
              after event #{seq}
            </option>
          ))}
        </select>
      </label>
      <FileLink
        title="Reads an exported file; what is shown stays"
        onFile={async (file) => {
          await onOpenFile(file);
          const [first] = store.compared.peek()?.calls.peek() ?? [];
          if (first) choose(`r${first.callId}`);
        }}
      >
        Compare with a recording…
      </FileLink>
      {other && <DiffView before={other} after={roomValue(roomAt(history, moment))} />}
    </section>
  );
}
