import { useEffect, useRef } from "preact/hooks";

import { toPayload } from "../../extension/protocol/payload";
import { budgetOf } from "../domain/limits";
import { applyUpdate, enqueue, type SessionData } from "../domain/merge";
import type { CallHistory } from "../store/call-history";
import type { Proposal, ValueEdit } from "../store/value-edit";
import { DiffView } from "./diff-view";
import { formatCount, formatShare, plural } from "./format";

type Props = {
  edit: ValueEdit;
  proposal: Extract<Proposal, { ok: true }>;
  history: CallHistory;
  /** The state as it is now. */
  current: unknown;
  /** Why it cannot be sent now, if so. */
  obstacle: string | undefined;
  /** Why it could not be sent the last time. */
  refusal: string | undefined;
  onSet: () => void;
  onCancel: () => void;
};

/** What an edit will send, and what the state will be then. Only its button sends it. */
export function EditProposal(props: Props) {
  const { edit, proposal, history, current, obstacle, refusal, onSet, onCancel } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const { action, keys } = proposal;
  const waiting = history.session.waiting.at(-1)?.waiting;
  const isRoom = edit.subject === "session-data";
  const after = isRoom ? roomAfter(props) : proposal.after;
  const budget = budgetOf(edit.subject, toPayload(after));

  return (
    <div class="proposal">
      <p>
        {action.json === null ? (
          "Will clear your user data: setUserData(undefined)."
        ) : (
          <>
            Will send <code title={action.json}>{textOf(action.json, proposal)}</code>{" "}
            {isRoom
              ? `as shallow-merge · ${plural(keys.length, "key")}`
              : "as your user data, whole"}
          </>
        )}
      </p>
      <DiffView before={current} after={after} />
      {isRoom && waiting && (
        <p class="advice">
          {plural(history.session.waiting.length, "write")} of this page waits in the same window;
          this goes out with it
          {waiting.strategy === "replace" ? ", as part of a replace" : ""}.
        </p>
      )}
      <p
        class="problem"
        title="Characters of JSON of the whole state after it, as daily-js counts them, against its limit"
      >
        Then{" "}
        <span class={`meter--${budget.level}`}>
          {formatCount(budget.chars)} of {formatCount(budget.maxChars)} characters (
          {formatShare(budget)})
        </span>
      </p>
      <button
        ref={button}
        type="button"
        class="button button--main"
        disabled={obstacle !== undefined}
        title={obstacle ?? "Sends it, now"}
        // A key that is held down must not show and send in one go.
        onKeyDown={(event) => event.repeat && event.preventDefault()}
        onClick={onSet}
      >
        Set
      </button>{" "}
      <button
        type="button"
        class="link-button"
        title="Lets go of the edit (Escape). Nothing has been sent"
        onClick={onCancel}
      >
        Cancel
      </button>
      {(obstacle ?? refusal) && (
        <span class="is-warning" role="status">
          {" "}
          {obstacle ?? refusal}
        </span>
      )}
    </div>
  );
}

/** The room's data once this and what waits before it went out. */
function roomAfter({ proposal: { action }, history, current }: Props): unknown {
  if (action.kind !== "set-meeting-session-data") return current;
  const update = {
    strategy: action.mergeStrategy,
    data: JSON.parse(action.json) as SessionData,
    keysToDelete: action.keysToDelete,
  };
  const together = enqueue(history.session.waiting.at(-1)?.waiting, update);
  return together ? applyUpdate(current as SessionData, together) : current;
}

const MAX_SHOWN = 120;

/** The data as one would write it in code: keys to delete are `undefined` there. */
function textOf(json: string, { action }: Props["proposal"]): string {
  const keys = action.kind === "set-meeting-session-data" ? action.keysToDelete : [];
  const deleted = keys.map((key) => `${JSON.stringify(key)}: undefined`).join(", ");
  if (deleted !== "") return json === "{}" ? `{ ${deleted} }` : `${json.slice(0, -1)}, ${deleted}}`;
  return json.length > MAX_SHOWN ? `${json.slice(0, MAX_SHOWN)}…` : json;
}
