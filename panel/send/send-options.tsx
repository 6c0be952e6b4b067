import { prettyJson } from "../../core/lib/json-depth";
import { roomAhead } from "../../core/daily/room-ahead";
import type { CallState } from "../../core/session/call-state";
import { isPristine } from "./drafts";
import type { Draft, DraftKind } from "../session/draft";
import { LONGEST_EVERY_MS, MAX_TIMES, SHORTEST_EVERY_MS } from "../session/commands";
import { ownEdit } from "../../core/session/own-user-data";
import { nameOf, othersOf } from "./recipients";
import { formatCount } from "../ui/format";
import { Recipients } from "./recipient-picker";

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
      return <OwnUserData {...props} />;
  }
}

function OwnUserData({ draft, call, onChange }: Props) {
  const own = ownEdit(call.history);
  return (
    <p class="problem">
      Replaces all your user data. You can’t set other participants’ data.
      {call.status !== "joined" &&
        " This call is not joined: Daily keeps what is set for the next join."}{" "}
      <button
        type="button"
        class="link-button"
        title="Puts what is set now into the editor, so that the rest stays when you set it"
        disabled={own === undefined}
        onClick={() => own && onChange({ ...own, revision: draft.revision + 1 })}
      >
        Edit your user data
      </button>
    </p>
  );
}

function Repeat({ draft, onChange }: Props) {
  const isWithin =
    draft.times >= 1 &&
    draft.times <= MAX_TIMES &&
    (draft.times === 1 ||
      (draft.everyMs >= SHORTEST_EVERY_MS && draft.everyMs <= LONGEST_EVERY_MS));
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
      </label>{" "}
      <label>
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
      {!isWithin && (
        <span class="is-warning" role="status">
          {" "}
          1 to {MAX_TIMES} times, every {SHORTEST_EVERY_MS} to {formatCount(LONGEST_EVERY_MS)} ms:
          the nearest of these is used.
        </span>
      )}
    </p>
  );
}

function Sender({ draft, call, onChange }: Props) {
  const listed = ["", "API", "someone-unknown", ...othersOf(call).map((each) => each.sessionId)];
  const isElsewhere = !listed.includes(draft.fromId);
  const isGone = call.history.people.people.has(draft.fromId);
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
          {othersOf(call).map(({ sessionId }) => (
            <option key={sessionId} value={sessionId}>
              {nameOf(call, sessionId)}
            </option>
          ))}
          {isElsewhere && (
            <option value={draft.fromId}>
              {nameOf(call, draft.fromId)} ({isGone ? "left" : "not here"})
            </option>
          )}
          <option value="API">Server (REST API)</option>
          <option value="someone-unknown">someone unknown</option>
        </select>
      </label>{" "}
      <span class="problem">Only this page gets it; it is marked as simulated.</span>
    </p>
  );
}

const STRATEGIES = {
  "shallow-merge": "Replaces the given top-level keys; the others stay",
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
            onChange={() =>
              onChange(
                // A replace drops what it doesn't have, so it starts from what is there.
                strategy === "replace" && isPristine(draft) && session.versions.length > 0
                  ? {
                      mergeStrategy: strategy,
                      text: prettyJson(JSON.stringify(roomAhead(session))),
                      revision: draft.revision + 1,
                    }
                  : { mergeStrategy: strategy },
              )
            }
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
