import { isPresent } from "../domain/people-tracker";
import { prettyJson } from "../domain/json-depth";
import { roomAhead } from "../domain/room-ahead";
import { shortId } from "../domain/sender";
import type { CallState } from "../store/call-state";
import type { Draft, DraftKind } from "../store/drafts";
import { LONGEST_EVERY_MS, MAX_TIMES, SHORTEST_EVERY_MS } from "../store/commands";
import { personOf } from "../store/people";

type Props = {
  kind: DraftKind;
  draft: Draft;
  call: CallState;
  onChange: (part: Partial<Draft>) => void;
};

/** What else a command needs beside its text. */
export function SendOptions(props: Props) {
  switch (props.kind) {
    case "send-app-message":
      return (
        <>
          <Recipients {...props} />
          <Repeat {...props} />
        </>
      );
    case "receive-app-message":
      return <Sender {...props} />;
    case "set-meeting-session-data":
      return <Strategy {...props} />;
    case "set-user-data":
      return (
        <p class="problem">
          Your own user data, replaced whole. Nobody can set another participant’s: Daily has no
          such call.
        </p>
      );
  }
}

const othersOf = ({ history }: CallState) =>
  [...history.people.people.values()].filter(
    (person) => !person.participant.local && isPresent(person, Infinity),
  );

function Recipients({ draft, call, onChange }: Props) {
  const others = othersOf(call);
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
          checked={draft.to.length === 0}
          onChange={() => onChange({ to: [] })}
        />
        Everyone
      </label>
      {others.map(({ sessionId, participant }) => (
        <label key={sessionId} class="check" title={sessionId}>
          <input
            type="checkbox"
            checked={draft.to.includes(sessionId)}
            onChange={() => toggle(sessionId)}
          />
          {participant.user_name || shortId(sessionId)}
        </label>
      ))}
      {draft.to
        .filter((id) => !others.some(({ sessionId }) => sessionId === id))
        .map((id) => (
          <Stranger key={id} id={id} call={call} draft={draft} onChange={onChange} />
        ))}
      <input
        class="field"
        placeholder="or a session id"
        aria-label="Session id"
        title="Enter adds somebody who is not in the list, by session id"
        onKeyDown={(event) => {
          const id = event.currentTarget.value.trim();
          if (event.key !== "Enter" || id === "") return;
          onChange({ to: [...draft.to.filter((each) => each !== id), id] });
          event.currentTarget.value = "";
        }}
      />
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

/** An id that nobody in the call has. A user id is offered the session id that was meant. */
function Stranger({ id, call, draft, onChange }: Omit<Props, "kind"> & { id: string }) {
  const owner = othersOf(call).find(({ participant }) => participant.user_id === id);
  const replace = (by: readonly string[]) =>
    onChange({ to: [...draft.to.filter((each) => each !== id), ...by] });
  return (
    <span class="is-warning">
      {shortId(id)}:{" "}
      {owner
        ? `a user id of ${personOf(call, owner.sessionId).label}`
        : "nobody has this session id"}{" "}
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

function Repeat({ draft, onChange }: Props) {
  return (
    <p class="repeat">
      <label>
        Send{" "}
        <input
          class="field field--number"
          type="number"
          min={1}
          max={MAX_TIMES}
          value={draft.times}
          onInput={({ currentTarget }) => onChange({ times: Number(currentTarget.value) })}
        />{" "}
        times,
      </label>
      <label>
        {" "}
        every{" "}
        <input
          class="field field--number"
          type="number"
          min={SHORTEST_EVERY_MS}
          max={LONGEST_EVERY_MS}
          step={50}
          value={draft.everyMs}
          onInput={({ currentTarget }) => onChange({ everyMs: Number(currentTarget.value) })}
        />{" "}
        ms
      </label>
    </p>
  );
}

function Sender({ draft, call, onChange }: Props) {
  return (
    <p>
      <label>
        From{" "}
        <select
          class="field"
          aria-label="Sender"
          value={draft.fromId}
          onChange={({ currentTarget }) => onChange({ fromId: currentTarget.value })}
        >
          <option value="">choose…</option>
          {othersOf(call).map(({ sessionId, participant }) => (
            <option key={sessionId} value={sessionId}>
              {participant.user_name || shortId(sessionId)}
            </option>
          ))}
          <option value="API">Server (REST API)</option>
          <option value="somebody-unknown">somebody unknown</option>
        </select>
      </label>{" "}
      <span class="problem">Only this page gets it; it is marked as simulated.</span>
    </p>
  );
}

const STRATEGIES = {
  "shallow-merge": "Sets the top-level keys that are given, each whole; the others stay",
  replace: "Puts this in the place of everything that the room has",
} as const;

function Strategy({ draft, call, onChange }: Props) {
  const { session } = call.history;
  function editAll(): void {
    const base = roomAhead(session);
    const text = prettyJson(JSON.stringify(base));
    onChange({
      text,
      base,
      revision: draft.revision + 1,
      mergeStrategy: "shallow-merge",
    });
  }
  return (
    <fieldset class="people-picker">
      <legend>How</legend>
      {(["shallow-merge", "replace"] as const).map((strategy) => (
        <label key={strategy} class="check" title={STRATEGIES[strategy]}>
          <input
            type="radio"
            name="strategy"
            checked={draft.mergeStrategy === strategy}
            onChange={() => onChange({ mergeStrategy: strategy })}
          />
          {strategy}
        </label>
      ))}
      <button
        type="button"
        class="link-button"
        title="Puts the room's data into the editor; only what you change in it is sent"
        disabled={session.versions.length === 0}
        onClick={editAll}
      >
        Edit the room’s data
      </button>
      {draft.base !== undefined && (
        <button
          type="button"
          class="link-button"
          title="Sends all of the text as it stands, not only what you changed in it"
          onClick={() => onChange({ base: undefined })}
        >
          Write an update instead
        </button>
      )}
    </fieldset>
  );
}
