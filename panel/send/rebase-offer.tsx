import { useState } from "preact/hooks";

import { isEmptyMerge } from "../../core/daily/merge";
import { conflictsIn, type Sides, sidesIn } from "../../core/daily/three-way";
import { shortText } from "../../core/lib/texts";
import type { CallHistory } from "../../core/session/call-history";
import type { SessionDraft } from "../session/draft";
import { ChangedSince, SideValue } from "../ui/before-sending";
import { plural } from "../ui/format";
import { LinkButton } from "../ui/controls";
import { rebase, threeWayOf } from "./draft-conflicts";

type Props = {
  draft: SessionDraft;
  history: CallHistory;
  /** Top-level keys that someone else changed since the edit was started. */
  others: readonly string[];
  /** Given what the draft is compared with from now on. */
  onChange: (part: Partial<SessionDraft>) => void;
  /** Given a draft with another text. */
  onReplace: (draft: SessionDraft) => void;
};

type Side = "mine" | "theirs";
const SIDES = {
  mine: "Your value goes over theirs",
  theirs: "Their value stays, and yours is dropped",
} as const;

/** Beyond this many keys, only their count is shown, and get one choice for all. */
const MAX_KEYS = 20;
const MAX_CHOICES = 50;

/** Takes an edit over to the room as it is now. Where both changed a key, it asks whose value is to stay. */
export function RebaseOffer({ draft, history, others, onChange, onReplace }: Props) {
  const [chosen, choose] = useState<ReadonlyMap<string | undefined, Side>>(new Map());
  const edit = threeWayOf(draft, history);
  const conflicts = edit ? conflictsIn(edit) : [];
  const hasEdit = !edit?.mine || !isEmptyMerge(edit.mine);
  const [listed, unlisted] = [conflicts.slice(0, MAX_CHOICES), conflicts.slice(MAX_CHOICES)];
  const sides = edit && sidesIn(edit, listed);
  const choices = [
    ...listed.map((key) => ({ id: key, name: key, keys: [key], values: sides?.get(key) })),
    ...(unlisted.length > 0
      ? [{ id: undefined, name: `and ${plural(unlisted.length, "more key")}`, keys: unlisted }]
      : []),
  ];
  const isChosen = choices.every(({ id }) => chosen.has(id));

  function take(): void {
    const theirs = choices.filter(({ id }) => chosen.get(id) === "theirs");
    const rebased = rebase(draft, history, new Set(theirs.flatMap(({ keys }) => keys)));
    const { base, seen } = rebased;
    if (rebased.text === draft.text) onChange({ base, seen });
    else onReplace(rebased);
  }

  return (
    <div class="advice">
      <ChangedSince what="The room changed" places={others} most={MAX_KEYS} isKeys />
      {conflicts.length > 0 && "Whose value stays?"}
      {choices.map(({ id, keys: _keys, ...choice }) => (
        <Choice
          key={id}
          {...choice}
          side={chosen.get(id)}
          onChoose={(side) => choose(new Map(chosen).set(id, side))}
        />
      ))}
      <LinkButton
        disabled={!isChosen}
        title={
          isChosen
            ? hasEdit
              ? "Makes your edit to the room as it is now. Nothing is sent by that"
              : "Puts the room’s data as it is now into the editor. Nothing is sent by that"
            : "First choose whose value stays, for each key that both changed"
        }
        onClick={take}
      >
        {hasEdit ? "Apply my edit to the current data" : "Edit the current data"}
      </LinkButton>
    </div>
  );
}

function Choice({
  name,
  values,
  side,
  onChoose,
}: {
  name: string;
  /** What is chosen between, of a single key. */
  values?: Sides | undefined;
  side: Side | undefined;
  onChoose: (side: Side) => void;
}) {
  return (
    <fieldset class="sides">
      <legend class="visually-hidden">Whose {name}</legend>
      <code>{shortText(name)}</code>
      {(["mine", "theirs"] as const).map((each) => (
        <label key={each} class="check" title={SIDES[each]}>
          <input
            type="radio"
            name={`side ${name}`}
            checked={side === each}
            onChange={() => onChoose(each)}
          />
          {each} {values && <SideValue value={values[each]} />}
        </label>
      ))}
    </fieldset>
  );
}
