import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { toPayload } from "../../extension/protocol/payload";
import { budgetOf } from "../../core/daily/limits";
import { touchedKeys } from "../../core/daily/merge";
import { roomAfter, whyTooFull } from "../../core/daily/room-ahead";
import type { Sides } from "../../core/daily/three-way";
import { valueAt } from "../../core/lib/paths";
import type { CallHistory } from "../../core/session/call-history";
import { BoundedInput } from "../ui/bounded-input";
import { ChangedSince, SideValue, SizeAfter, WaitingNote } from "../ui/before-sending";
import { DiffView } from "../ui/diff-view";
import { plural } from "../ui/format";
import { LinkButton } from "../ui/controls";
import {
  type EditNews as News,
  MAX_VALUE_TEXT,
  placeOf,
  type Proposal,
  proposalOf,
  type ValueEdit,
} from "./value-edit";

const MAX_KEY = 1_000;
/** No limit of Daily's has room for a longer text as one value that was typed without quotes. */
const MAX_AS_TEXT = 4_096;

type EditorProps = {
  edit: ValueEdit;
  onChange: (edit: ValueEdit) => void;
  onCancel: () => void;
  /** Where the field that the user types in is found while it is there. */
  openField: RefObject<HTMLInputElement | null>;
  /** What others did to the state in the meantime, and what the edit will send; under the fields. */
  children: ComponentChildren;
};

/** The fields of an edit, over the value that it is about. Enter shows what it will send, Escape discards it. */
export function ValueEditor({ edit, onChange, onCancel, children, openField }: EditorProps) {
  const fields = useRef<HTMLDivElement>(null);
  const { kind, key, text, isProposed } = edit;
  const proposal = proposalOf(edit);
  const needsKey = kind === "add" && !Array.isArray(valueAt(edit.base, edit.path));
  const problem = proposal.ok ? undefined : proposal;
  const place = placeOf(edit) || "all of it";
  const change = (part: Partial<ValueEdit>) => onChange({ ...edit, ...part, isProposed: false });
  // A problem while it is still being typed would only be in the way; Enter asks for it.
  const isProblemShown = isProposed && problem !== undefined;

  useEffect(() => {
    const first = fields.current?.querySelector("input");
    first?.focus();
    first?.select();
    openField.current = first ?? null;
    return () => void (openField.current = null);
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    // The tree's own keys mean something else in here, and DevTools would open its drawer on Escape.
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      onCancel();
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      onChange({ ...edit, isProposed: true });
    }
  }

  return (
    <div
      ref={fields}
      class="value-editor"
      role="group"
      aria-label={`Edit of ${place}`}
      onKeyDown={onKeyDown}
    >
      {needsKey && (
        <BoundedInput
          max={MAX_KEY}
          class="field"
          aria-label="New key"
          placeholder="key"
          title="The name of the key, as it is: no quotes"
          value={key}
          isInvalid={isProblemShown && problem.field === "key"}
          onText={(typed) => change({ key: typed })}
        />
      )}
      {kind !== "remove" && (
        <BoundedInput
          max={MAX_VALUE_TEXT}
          instead="Send has an editor for long texts."
          class="field value-editor__value"
          aria-label={kind === "add" ? "New value" : `Value of ${place}`}
          title="JSON: texts need their quotes. Enter shows what will be sent, Escape cancels"
          value={text}
          isInvalid={isProblemShown && problem.field === "value"}
          onText={(typed) => change({ text: typed })}
        />
      )}
      {!isProposed && (
        <LinkButton
          title="Shows what will be sent (Enter)"
          onClick={() => onChange({ ...edit, isProposed: true })}
        >
          Preview
        </LinkButton>
      )}
      {(!isProposed || isProblemShown) && <Cancel onClick={onCancel} />}
      {isProblemShown && (
        <p class="is-warning" role="alert">
          {problem.reason}
          {problem.field === "value" && looksLikeText(text) && (
            <>
              {" "}
              <LinkButton
                title="Puts quotes around it"
                onClick={() => onChange({ ...edit, text: JSON.stringify(text) })}
              >
                Use it as text: {JSON.stringify(text.slice(0, 30))}
              </LinkButton>
            </>
          )}
        </p>
      )}
      {children}
    </div>
  );
}

const Cancel = ({ onClick }: { onClick: () => void }) => (
  <LinkButton title="Discards the edit (Escape). Nothing has been sent" onClick={onClick}>
    Cancel
  </LinkButton>
);

/** Whether the user may have left out the quotes. */
const looksLikeText = (text: string): boolean =>
  text.trim() !== "" && text.length <= MAX_AS_TEXT && !/^\s*["[{\d-]/.test(text);

const MAX_PLACES = 5;

/** Says that the state changed under an edit, what that means for it, and offers what can be done. */
export function EditNews({
  news: { changed, how },
  place,
  sides,
  onKeep,
  onTheirs,
}: {
  news: News;
  /** What the edit is about, as in code. */
  place: string;
  /** What is chosen between. */
  sides: Sides | undefined;
  onKeep: () => void;
  onTheirs: () => void;
}) {
  return (
    <p class="advice" role="status">
      <ChangedSince what="Changed" places={changed} most={MAX_PLACES} />
      {how === "beside" && "Your edit doesn’t touch it."}
      {how === "gone" && `There is no ${place} any more: copy what you need, then cancel.`}
      {how === "around" && (
        <>
          As it is, your edit would undo that.{" "}
          <LinkButton
            title="Makes your edit to the state as it is now: their change stays, and so does yours"
            onClick={onKeep}
          >
            Rebase
          </LinkButton>
        </>
      )}
      {how === "same" && (
        <>
          Someone else changed <code>{place}</code> itself.{" "}
          <LinkButton title="Goes on with your value, to be set over theirs" onClick={onKeep}>
            Keep mine
          </LinkButton>{" "}
          {sides && <SideValue value={sides.mine} />}
          {" · "}
          <LinkButton title="Discards your edit. Nothing has been sent" onClick={onTheirs}>
            Take theirs
          </LinkButton>{" "}
          {sides && <SideValue value={sides.theirs} />}
        </>
      )}
    </p>
  );
}

type ProposalProps = {
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
export function EditProposal(props: ProposalProps) {
  const { proposal, history, obstacle, refusal, onSet, onCancel } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const { action, update } = proposal;
  const { before, after, budget } = outcomeOf(props);
  const warning = obstacle ?? refusal ?? (update && whyTooFull(budget));

  return (
    <div class="proposal">
      <p>
        {action.json === null ? (
          "Will clear your user data: setUserData(undefined)."
        ) : (
          <>
            Will send <code title={action.json}>{textOf(action.json, update?.keysToDelete)}</code>{" "}
            {update
              ? `as shallow-merge · ${plural(touchedKeys(update, {}).length, "key")}`
              : "as your user data"}
          </>
        )}
      </p>
      <DiffView before={before} after={after} />
      {update && <WaitingNote session={history.session} strategy="shallow-merge" />}
      <p
        class="problem"
        title="Characters of JSON of the state after it, as daily-js counts them, against its limit"
      >
        <SizeAfter budget={budget} />
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
      <Cancel onClick={onCancel} />
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
function outcomeOf({ edit, proposal: { update, after }, history, current }: ProposalProps) {
  return update
    ? roomAfter(history.session, update)
    : { before: current, after, budget: budgetOf(edit.subject, toPayload(after)) };
}

const MAX_SHOWN = 120;

/** The data as one would write it in code: keys to delete are `undefined` there. */
function textOf(json: string, keysToDelete: readonly string[] = []): string {
  const deleted = keysToDelete.map((key) => `${JSON.stringify(key)}: undefined`).join(", ");
  if (deleted !== "") return json === "{}" ? `{ ${deleted} }` : `${json.slice(0, -1)}, ${deleted}}`;
  return json.length > MAX_SHOWN ? `${json.slice(0, MAX_SHOWN)}…` : json;
}
