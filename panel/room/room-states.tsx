import type { RefObject } from "preact";

import { toPayload } from "../../extension/protocol/payload";
import { budgetOf, describeLimit } from "../../core/daily/limits";
import { applyUpdate } from "../../core/daily/merge";
import { dataOf } from "../../core/daily/session-tracker";
import { lostKeysOf, type SessionVersion } from "../../core/daily/session-write";
import { isolated } from "../../core/lib/texts";
import type { CallHistory } from "../../core/session/call-history";
import type { CallState } from "../../core/session/call-state";
import { valueOf } from "../../core/session/change";
import type { PersonAt } from "../../core/session/room-at";
import { BudgetView } from "../ui/size-meter";
import { plural } from "../ui/format";
import { LinkButton } from "../ui/controls";
import { SizeAfter } from "../ui/before-sending";
import type { RoomStore } from "./room-store";
import { EditableState } from "./editable-state";
import { EventLink } from "./event-link";
import { AUTHORS } from "./state-history";

/** Why what is shown can't be edited while the slider is at an earlier moment. */
const PAST = "This is a moment in the past. Press Now to edit.";
/** More writes than this at once are not listed one by one; the last ones tell the total. */
const MAX_WAITING = 5;

type Props = {
  store: RoomStore;
  call: CallState;
  version: SessionVersion | undefined;
  /** Whether this is the room as it is, so that what waits matters. */
  isNow: boolean;
  /** The event up to which things are shown; infinite for now. */
  moment: number;
  openField: RefObject<HTMLInputElement | null>;
  onChoose: () => void;
};

/** The room's session data, how full it is, and what is about to change it. */
export function SessionState(props: Props) {
  const { store, call, version, isNow, moment, openField, onChoose } = props;
  const { history } = call;
  return (
    <section class="card">
      <h2>
        <LinkButton title="Show the history of the session data" onClick={onChoose}>
          Session data
        </LinkButton>
        {version && <span class="badge">{AUTHORS[version.author]}</span>}
      </h2>
      {isNow && <Pending history={history} version={version} />}
      {version ? (
        <>
          <BudgetView
            channel="session-data"
            payload={version.payload}
            budget={budgetOf("session-data", version.payload)}
            value={dataOf(version)}
          />
          <EditableState
            store={store}
            call={call}
            subject="session-data"
            payload={version.payload}
            readOnly={isNow ? undefined : PAST}
            openField={openField}
          />
        </>
      ) : (
        <p class="problem">No session data has been seen yet.</p>
      )}
      <Throttle store={store} call={call} moment={moment} />
    </section>
  );
}

/** What the room will be after each write that waits. */
function Pending({
  history: { session },
  version,
}: {
  history: CallHistory;
  version: SessionVersion | undefined;
}) {
  if (session.waiting.length === 0) return null;
  return (
    <ul class="names" aria-label="Waiting writes" title={describeLimit("session-data")}>
      {session.waiting.slice(-MAX_WAITING).map(({ seq, waiting }) => {
        const total = waiting ? applyUpdate(dataOf(version), waiting) : dataOf(version);
        const budget = budgetOf("session-data", toPayload(total));
        return (
          <li key={seq} class={`meter--${budget.level}`}>
            Write #{seq} pending. <SizeAfter when="Size after sync" budget={budget} />
          </li>
        );
      })}
    </ul>
  );
}

/** More conflicts than this are not listed; the latest come first. */
const MAX_CONFLICTS = 5;

/** Says so when the page writes faster than the room syncs, and names writers who got in each other's way. */
function Throttle({ store, call, moment }: Pick<Props, "store" | "call" | "moment">) {
  const { session } = call.history;
  // At a moment before, what came after it isn't known yet.
  const synced = [...session.writes.values()].filter(
    ({ window }) => window && (window.confirmedBy ?? 0) <= moment,
  );
  const lost = synced.reduce((sum, write) => sum + lostKeysOf(write).length, 0);
  const conflicts = [...session.conflicts.values()]
    .filter(({ evidence }) => (evidence.at(-1) ?? 0) <= moment)
    .reverse();
  return (
    <>
      {lost > 0 && (
        <p
          class="advice"
          title="Daily documents about one sync a second. Writes in between are merged into one"
        >
          {plural(lost, "earlier value")} set by {plural(synced.length, "synced write")} of this
          call {lost === 1 ? "was" : "were"} replaced before sync, and never sent. Write at most
          about once a second (documented).
        </p>
      )}
      {conflicts.slice(0, MAX_CONFLICTS).map(({ kind, keys, evidence, times }) => (
        <p class="advice" key={`${kind} ${keys.join()}`}>
          {WORDS[kind]} <code>{keys.join(", ")}</code>
          {times > 1 && `, ${times} times`} (events{" "}
          {evidence.map((seq) => (
            <EventLink key={seq} store={store} callId={call.callId} seq={seq}>
              #{seq}{" "}
            </EventLink>
          ))}
          ).
        </p>
      ))}
      {conflicts.length > MAX_CONFLICTS && (
        <p class="problem">and {plural(conflicts.length - MAX_CONFLICTS, "more conflict")}</p>
      )}
    </>
  );
}

const WORDS = {
  overwritten: "Lost update: someone else wrote without what this call had just set:",
  overwrote: "Lost update: this call wrote over a change that it had not seen:",
  "flip-flop": "Flip-flop: this call and someone else undo each other at",
} as const;

type UserDataProps = {
  store: RoomStore;
  call: CallState;
  someone: PersonAt;
  /** Whether this is the room as it is. */
  isNow: boolean;
  openField: RefObject<HTMLInputElement | null>;
};

/** One participant's user data. One's own can be edited; Daily has no way to set another's. */
export function UserDataState({ store, call, someone, isNow, openField }: UserDataProps) {
  const { person, userData } = someone;
  const isOwn = person.sessionId === call.history.people.localId();
  const name = isolated(person.participant.user_name || person.sessionId);
  const readOnly = !isOwn
    ? `Only ${name}’s own page can set it; Daily has no call for it.`
    : isNow
      ? undefined
      : PAST;
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
          openField={openField}
        />
      )}
    </section>
  );
}
