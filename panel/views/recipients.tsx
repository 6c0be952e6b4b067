import type { CallState } from "../store/call-state";
import type { Draft } from "../store/drafts";
import {
  doubtAbout,
  idsIn,
  MAX_IDS_TEXT,
  nameOf,
  othersOf,
  recipientsIn,
  whyNotTo,
} from "../store/recipients";
import { BoundedInput } from "./bounded-input";

type Props = {
  draft: Draft;
  call: CallState;
  onChange: (part: Partial<Draft>) => void;
};

/** More people than this are shown in a list that scrolls. */
const MANY = 8;

/** To whom an app message goes. */
export function Recipients({ draft, call, onChange }: Props) {
  const others = othersOf(call);
  const here = new Set(others.map(({ sessionId }) => sessionId));
  const toggle = (id: string) =>
    onChange({
      to: draft.to.includes(id) ? draft.to.filter((each) => each !== id) : [...draft.to, id],
    });
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
      <div class={others.length > MANY ? "people-picker__many" : "people-picker__few"}>
        {others.map(({ sessionId }) => (
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

/** Somebody who is not in the call. A user id is offered the session id that was meant. */
function Stranger({ id, call, draft, onChange }: Props & { id: string }) {
  const owner = othersOf(call).find(({ participant }) => participant.user_id === id);
  const replace = (by: readonly string[]) =>
    onChange({ to: [...draft.to.filter((each) => each !== id), ...by] });
  return (
    <span class="is-warning" title={id}>
      {nameOf(call, id)}: {doubtAbout(call, id)}{" "}
      {owner && (
        <button type="button" class="link-button" onClick={() => replace([owner.sessionId])}>
          use their session id
        </button>
      )}{" "}
      <button type="button" class="link-button" onClick={() => replace([])}>
        remove
      </button>
    </span>
  );
}
