import { isolated } from "../../core/lib/visible-text";
import { budgetOf } from "../../core/daily/limits";
import type { CallState } from "../../core/session/call-state";
import type { PersonAt } from "../../core/session/room-at";
import type { RoomStore } from "./room-store";
import { BudgetView } from "../ui/size-meter";
import { EditableState } from "./editable-state";
import { valueOf } from "../../core/session/change";

type Props = {
  store: RoomStore;
  call: CallState;
  someone: PersonAt;
  /** Whether this is the room as it is. */
  isNow: boolean;
};

/** One participant's user data. One's own can be edited; Daily has no way to set another's. */
export function UserDataState({ store, call, someone, isNow }: Props) {
  const { person, userData } = someone;
  const isOwn = person.sessionId === call.history.people.localId();
  const name = isolated(person.participant.user_name || person.sessionId);
  const readOnly = !isOwn
    ? `only ${name}’s own page can set it; Daily has no call for it.`
    : isNow
      ? undefined
      : "this is a moment in the past. Press Now to edit.";
  return (
    <section class="card" aria-label={`User data of ${name}`}>
      <h2>
        {name}’s user data
        {isOwn && <span class="badge">you</span>}
      </h2>
      {userData && (
        <BudgetView
          channel="user-data"
          payload={userData}
          budget={budgetOf("user-data", userData)}
          value={valueOf(userData)}
        />
      )}
      {!userData && <p class="problem">None has been set.</p>}
      {(userData || isOwn) && (
        <EditableState
          key={person.sessionId}
          store={store}
          call={call}
          subject="user-data"
          payload={userData}
          readOnly={readOnly}
        />
      )}
    </section>
  );
}
