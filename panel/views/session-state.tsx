import { toPayload } from "../../extension/protocol/payload";
import { budgetOf, describeLimit } from "../domain/limits";
import { applyUpdate } from "../domain/merge";
import { dataOf } from "../domain/session-tracker";
import type { SessionVersion } from "../domain/session-write";
import type { CallHistory } from "../store/call-history";
import type { CallState } from "../store/call-state";
import type { Store } from "../store/store";
import { BudgetView } from "./budget-view";
import { EditableState } from "./editable-state";
import { formatCount, formatShare, plural } from "./format";

/** More writes than this at once are not listed one by one; the last ones tell the total. */
const MAX_WAITING = 5;

type Props = {
  store: Store;
  call: CallState;
  version: SessionVersion | undefined;
  /** Whether this is the room as it is, so that what waits matters. */
  isNow: boolean;
  onChoose: () => void;
  onShow: (seq: number) => void;
};

/** Who made a version. Daily names nobody: what no write of this page explains was somebody else. */
export const AUTHORS = {
  page: "by this call",
  other: "not by this call",
  found: "as first seen",
} as const;

/** The room's session data, how full it is, and what is about to change it. */
export function SessionState(props: Props) {
  const { store, call, version, isNow, onChoose, onShow } = props;
  const { history } = call;
  return (
    <section class="card">
      <h2>
        <button
          type="button"
          class="link-button"
          title="Show the history of the session data"
          onClick={onChoose}
        >
          Session data
        </button>
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
            readOnly={isNow ? undefined : "this is a moment in the past. Press Now to edit."}
          />
        </>
      ) : (
        <p class="problem">No session data has been seen yet.</p>
      )}
      <Throttle history={history} onShow={onShow} />
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
            Write #{seq} waits; merged total with it: {formatCount(budget.chars)} of{" "}
            {formatCount(budget.maxChars)} characters ({formatShare(budget)})
          </li>
        );
      })}
    </ul>
  );
}

/** More conflicts than this are not listed; the latest come first. */
const MAX_CONFLICTS = 5;

/** Says so when the page writes faster than the room syncs, and names writers who got in each other's way. */
function Throttle({
  history: { session },
  onShow,
}: {
  history: CallHistory;
  onShow: (seq: number) => void;
}) {
  const sent = [...session.writes.values()].filter(({ window }) => window !== undefined).length;
  const conflicts = [...session.conflicts.values()].reverse();
  return (
    <>
      {session.unseen() > 0 && (
        <p
          class="advice"
          title="Daily documents about one sync a second. Writes in between go out merged into one."
        >
          {session.unseen()} of {plural(sent, "synced write")} of this call went out merged with a
          later one, which replaced what they set: nobody saw that. Write at most about once a
          second (documented).
        </p>
      )}
      {conflicts.slice(0, MAX_CONFLICTS).map(({ kind, keys, evidence, times }) => (
        <p class="advice" key={`${kind} ${keys.join()}`}>
          {WORDS[kind]} <code>{keys.join(", ")}</code>
          {times > 1 && `, ${times} times`} (events{" "}
          {evidence.map((seq) => (
            <EventLink key={seq} seq={seq} onShow={onShow} />
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

function EventLink({ seq, onShow }: { seq: number; onShow: (seq: number) => void }) {
  return (
    <button
      type="button"
      class="link-button"
      title="Show the event in Traffic"
      onClick={() => onShow(seq)}
    >
      #{seq}{" "}
    </button>
  );
}

const WORDS = {
  overwritten: "Lost update: somebody else wrote without what this call had just set:",
  overwrote: "Lost update: this call wrote over a change that it had not seen:",
  "flip-flop": "Flip-flop: this call and somebody else undo each other at",
} as const;
