import { useState } from "preact/hooks";

import type { CallState } from "../../core/session/call-state";
import type { MessageDraft } from "../session/draft";
import {
  doubtAbout,
  idsIn,
  matchingPeople,
  MAX_IDS_TEXT,
  nameOf,
  othersOf,
  recipientsIn,
  whyNotTo,
} from "./recipients";
import { BoundedInput } from "../ui/bounded-input";
import { formatCount } from "../ui/format";
import { LinkButton } from "../ui/controls";

type Props = {
  draft: MessageDraft;
  call: CallState;
  onChange: (part: Partial<MessageDraft>) => void;
};

/** So many people or more are shown in a list that scrolls, with a search. */
const MANY = 8;
/** No name is longer. */
const MAX_SEARCH = 100;

/** To whom an app message goes. */
export function Recipients({ draft, call, onChange }: Props) {
  const others = othersOf(call);
  const here = new Set(others.map(({ sessionId }) => sessionId));
  return (
    <fieldset class="people-picker">
      <legend>To</legend>
      <label class="check" title="Everyone else in the call: the recipient *">
        <input
          type="checkbox"
          checked={recipientsIn(draft).length === 0}
          onChange={() => onChange({ to: [], toText: "" })}
        />
        Everyone
      </label>
      <People draft={draft} call={call} onChange={onChange} />
      {draft.to
        .filter((id) => !here.has(id))
        .map((id) => (
          <Stranger key={id} id={id} call={call} draft={draft} onChange={onChange} />
        ))}
      <TypedIds draft={draft} call={call} onChange={onChange} />
      <label class="check" title="Send the text as a string, without reading it as JSON">
        <input
          type="checkbox"
          checked={draft.isRaw}
          onChange={({ currentTarget }) => onChange({ isRaw: currentTarget.checked })}
        />
        As plain text
      </label>
    </fieldset>
  );
}

/** Who is in the call, to be chosen from. */
function People({ draft, call, onChange }: Props) {
  const [search, setSearch] = useState("");
  const others = othersOf(call);
  const isMany = others.length >= MANY;
  const shown = isMany ? matchingPeople(call, others, search) : others;
  const chosen = others.filter(({ sessionId }) => draft.to.includes(sessionId)).length;
  const toggle = (id: string) =>
    onChange({
      to: draft.to.includes(id) ? draft.to.filter((each) => each !== id) : [...draft.to, id],
    });
  return (
    <>
      {isMany && (
        <BoundedInput
          class="field"
          placeholder="find a person"
          aria-label="Find a person"
          title="Shows those whose name has this in it, or whose session id begins with it; who is chosen stays chosen"
          max={MAX_SEARCH}
          value={search}
          onText={setSearch}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || search === "") return;
            event.preventDefault();
            event.stopPropagation();
            setSearch("");
          }}
        />
      )}
      {isMany && (
        <span class="people-picker__count" role="status">
          {chosen > 0 && `${formatCount(chosen)} of `}
          {formatCount(others.length)} {chosen > 0 ? "chosen" : "people"}
          {shown.length < others.length && `, ${formatCount(shown.length)} found`}
        </span>
      )}
      <div class={isMany ? "people-picker__many" : "people-picker__few"}>
        {shown.map(({ sessionId }) => (
          <label key={sessionId} class="check" title={sessionId}>
            <input
              type="checkbox"
              checked={draft.to.includes(sessionId)}
              onChange={() => toggle(sessionId)}
            />
            {nameOf(call, sessionId)}
          </label>
        ))}
      </div>
    </>
  );
}

/** Ids that are typed or pasted. They count at once, and become entries of the list when the field is left. */
function TypedIds({ draft, onChange }: Props) {
  function take(): void {
    const ids = idsIn(draft.toText);
    if (ids.length > 0 && whyNotTo(draft.toText) === undefined)
      onChange({ to: recipientsIn(draft), toText: "" });
  }
  return (
    <BoundedInput
      class="field"
      placeholder="or a session id"
      aria-label="Session id"
      title="One or several session ids of people who are not in the list; * is everyone"
      max={MAX_IDS_TEXT}
      value={draft.toText}
      onText={(toText) => onChange({ toText })}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === "Enter") take();
      }}
    />
  );
}

/** Someone who is not in the call. A user id is offered the session id that was meant. */
function Stranger({ id, call, draft, onChange }: Props & { id: string }) {
  const owner = othersOf(call).find(({ participant }) => participant.user_id === id);
  const replace = (by: readonly string[]) =>
    onChange({ to: [...draft.to.filter((each) => each !== id), ...by] });
  return (
    <span class="is-warning" title={id}>
      {nameOf(call, id)}: {doubtAbout(call, id)}{" "}
      {owner && (
        <LinkButton onClick={() => replace([owner.sessionId])}>use their session id</LinkButton>
      )}{" "}
      <LinkButton onClick={() => replace([])}>remove</LinkButton>
    </span>
  );
}
