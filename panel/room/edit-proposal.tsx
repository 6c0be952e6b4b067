import { useEffect, useRef } from "preact/hooks";

import { toPayload } from "../../extension/protocol/payload";
import { budgetOf } from "../../core/daily/limits";
import type { SessionData } from "../../core/daily/merge";
import { roomAfter, whyTooFull } from "../../core/daily/room-ahead";
import type { CallHistory } from "../../core/session/call-history";
import type { Proposal, ValueEdit } from "./value-edit";
import { DiffView } from "../ui/diff-view";
import { formatCount, formatShare, plural } from "../ui/format";
import { WaitingNote } from "../ui/waiting-note";

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
  const { edit, proposal, history, obstacle, refusal, onSet, onCancel } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const { action, keys } = proposal;
  const isRoom = edit.subject === "session-data";
  const { before, after, budget } = outcomeOf(props);
  const warning = obstacle ?? refusal ?? (isRoom ? whyTooFull(budget) : undefined);

  return (
    <div class="proposal">
      <p>
        {action.json === null ? (
          "Will clear your user data: setUserData(undefined)."
        ) : (
          <>
            Will send <code title={action.json}>{textOf(action.json, proposal)}</code>{" "}
            {isRoom ? `as shallow-merge · ${plural(keys.length, "key")}` : "as your user data"}
          </>
        )}
      </p>
      <DiffView before={before} after={after} />
      {isRoom && <WaitingNote session={history.session} strategy="shallow-merge" />}
      <p
        class="problem"
        title="Characters of JSON of the state after it, as daily-js counts them, against its limit"
      >
        Size after:{" "}
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
      {warning && (
        <span class="is-warning" role="status">
          {" "}
          {warning}
        </span>
      )}
    </div>
  );
}

/** The state before and after it. The room's is as it will be by then. */
function outcomeOf({ edit, proposal: { action, after }, history, current }: Props) {
  if (action.kind !== "set-meeting-session-data")
    return { before: current, after, budget: budgetOf(edit.subject, toPayload(after)) };
  const { mergeStrategy: strategy, keysToDelete, json } = action;
  return roomAfter(history.session, {
    strategy,
    data: JSON.parse(json) as SessionData,
    keysToDelete,
  });
}

const MAX_SHOWN = 120;

/** The data as one would write it in code: keys to delete are `undefined` there. */
function textOf(json: string, { action }: Props["proposal"]): string {
  const keys = action.kind === "set-meeting-session-data" ? action.keysToDelete : [];
  const deleted = keys.map((key) => `${JSON.stringify(key)}: undefined`).join(", ");
  if (deleted !== "") return json === "{}" ? `{ ${deleted} }` : `${json.slice(0, -1)}, ${deleted}}`;
  return json.length > MAX_SHOWN ? `${json.slice(0, MAX_SHOWN)}…` : json;
}
