import type { RefObject } from "preact";
import { useMemo, useState } from "preact/hooks";

import { parsePayload, type Payload } from "../../extension/protocol/payload";
import type { SessionData } from "../../core/daily/merge";
import { roomAhead } from "../../core/daily/room-ahead";
import { MAX_DEPTH, placeTooDeep, prettyJson } from "../../core/lib/json";
import { shortText } from "../../core/lib/texts";
import type { Path } from "../../core/lib/paths";
import type { CallState } from "../../core/session/call-state";
import { ownEdit } from "../../core/session/own-user-data";
import { statusOf } from "../../core/session/row-status";
import { copyText, NOT_COPIED } from "../ui/copy-text";
import { type EditKind, JsonTree, openLevelsOf, PayloadTree } from "../ui/json-tree";
import { LinkButton } from "../ui/controls";
import type { RoomStore } from "./room-store";
import {
  beginEdit,
  type EditSubject,
  hasTyped,
  MAX_VALUE_TEXT,
  newsFor,
  placeOf,
  proposalOf,
  rebaseEdit,
  sidesOf,
} from "./value-edit";
import { EditNews, EditProposal, ValueEditor } from "./value-editor";

type Props = {
  store: RoomStore;
  call: CallState;
  subject: EditSubject;
  /** Undefined for user data that was never set. */
  payload: Payload | undefined;
  /** Why this state cannot be edited here, whatever the call is up to; undefined when it can. */
  readOnly: string | undefined;
  /** The field of the edit that is open, in whichever state of the room it is. */
  openField: RefObject<HTMLInputElement | null>;
};

const COMMANDS = {
  "session-data": "set-meeting-session-data",
  "user-data": "set-user-data",
} as const;

/** A state as a tree that is edited in place: each change is shown before it is sent, and only its button sends it. */
export function EditableState({ store, call, subject, payload, readOnly, openField }: Props) {
  const [commandId, setCommandId] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isUnfinished, setUnfinished] = useState(false);
  const [isLong, setLong] = useState(false);
  const noPlaces = payload && whyNoPlaces(payload);
  const current = useMemo(() => readState(payload), [payload]);
  const { session } = call.history;
  const queued = session.waiting.at(-1)?.waiting;
  // What waits is made part of an edit from the start: sent on its own, the edit would undo it.
  const ahead = useMemo(
    () => (subject === "session-data" && queued ? roomAhead(session) : current),
    [subject, session, queued, current],
  );
  const isMine =
    store.valueEdit.value?.callId === call.callId && store.valueEdit.value.subject === subject;
  // What is open for editing stays while others are looked at, and while the past is.
  const edit = isMine && readOnly === undefined ? store.valueEdit.value : undefined;

  if (payload && noPlaces !== undefined) {
    return (
      <>
        <PayloadTree payload={payload} />
        <p class="problem">It cannot be edited here: {noPlaces}</p>
      </>
    );
  }
  const obstacle = store.commands.whyNot(COMMANDS[subject], call);
  const news = edit && newsFor(edit, ahead);
  const proposal = edit?.isProposed ? proposalOf(edit) : undefined;
  const isInTheWay = news !== undefined && news.how !== "beside";

  function close(): void {
    store.valueEdit.value = undefined;
    setProblem(undefined);
  }

  function begin(kind: EditKind, path: Path): void {
    const open = store.valueEdit.value;
    if (open && hasTyped(open)) {
      setUnfinished(true);
      openField.current?.focus();
      return;
    }
    setUnfinished(false);
    setLong(false);
    setProblem(undefined);
    setCommandId(undefined);
    const begun = beginEdit({ callId: call.callId, subject, kind, path }, current, ahead);
    const isLong = begun.text.length > MAX_VALUE_TEXT;
    setLong(isLong);
    if (!isLong) store.valueEdit.value = begun;
  }

  /** All of it, in the editor of the Send tab. */
  function editInSend(): void {
    const text = prettyJson(JSON.stringify(ahead));
    const isRoom = subject === "session-data";
    const draft = isRoom
      ? ({ text, base: ahead as SessionData, mergeStrategy: "shallow-merge" } as const)
      : { text, seen: ownEdit(call.history)?.seen };
    store.compose(COMMANDS[subject], draft, call.callId);
  }

  function set(): void {
    const now = store.valueEdit.value;
    const asked = now && proposalOf(now);
    if (!now || !asked?.ok) return;
    // What came from the page since this was drawn counts, too.
    const latest = subject === "session-data" ? roomAhead(session) : current;
    const since = newsFor(now, latest);
    if (since && since.how !== "beside") return setProblem("It has changed just now.");
    const sent = store.commands.send(call, asked.action);
    if (!sent.ok) return setProblem(sent.reason);
    setCommandId(sent.commandId);
    close();
  }

  const editor = edit && (
    <ValueEditor
      key={`${edit.kind} ${edit.path.join()}`}
      edit={edit}
      onChange={(next) => void (store.valueEdit.value = next)}
      onCancel={close}
      openField={openField}
    >
      {news && (
        <EditNews
          news={news}
          place={placeOf(edit) || "all of it"}
          sides={news.how === "same" ? sidesOf(edit, ahead) : undefined}
          onKeep={() => void (store.valueEdit.value = rebaseEdit(edit, ahead))}
          onTheirs={close}
        />
      )}
      {proposal?.ok && !isInTheWay && (
        <EditProposal
          edit={edit}
          proposal={proposal}
          history={call.history}
          current={current}
          obstacle={obstacle}
          refusal={problem}
          onSet={set}
          onCancel={close}
        />
      )}
    </ValueEditor>
  );

  return (
    <>
      <JsonTree
        value={current}
        label={subject === "session-data" ? "Session data" : "User data"}
        openLevels={openLevelsOf(payload ?? { chars: 0 })}
        isEditable={readOnly === undefined && obstacle === undefined}
        isClearable={subject === "user-data" && current !== undefined}
        edit={edit}
        editor={editor}
        onBegin={begin}
        onHistory={
          subject === "session-data" ? (key) => store.showKeyHistory(call.callId, key) : undefined
        }
      />
      {isLong && (
        <p class="advice" role="status">
          This value is too long for one line.{" "}
          <LinkButton
            title="Opens the editor of Send with all of it; nothing is sent by that"
            onClick={editInSend}
          >
            Edit it in Send
          </LinkButton>
        </p>
      )}
      {isUnfinished && store.valueEdit.value && (
        <p class="advice" role="status">
          Your edit of <code>{placeOf(store.valueEdit.value) || "all of it"}</code> is open. Finish
          or cancel (Esc) it first.
        </p>
      )}
      {/* What the slider is at doesn't matter where nothing could be sent either way. */}
      {(obstacle ?? readOnly) && <p class="problem">Read-only. {obstacle ?? readOnly}</p>}
      {commandId !== undefined && (
        <Outcome store={store} call={call} commandId={commandId} onUndone={setCommandId} />
      )}
    </>
  );
}

/** What became of the last edit that was sent, and the way back. */
function Outcome({
  store,
  call,
  commandId,
  onUndone,
}: Pick<Props, "store" | "call"> & {
  commandId: string;
  /** Given the command that takes it back. */
  onUndone: (commandId: string) => void;
}) {
  const command = store.commands.sent.value.find((each) => each.commandId === commandId);
  const whyNot = command && store.undos.whyNot(command, call);
  const entry = store.outcomeOf(commandId);
  const status = entry && statusOf(entry, call.history, store.now.value);
  const isError = status?.level === "error";
  return (
    <p class={isError ? "is-warning" : "problem"} role="status">
      Your change: {status?.label ?? "pending"}. {isError && status.detail}
      {command && !isError && !store.undos.isUndo(command) && (
        <LinkButton
          disabled={whyNot !== undefined}
          title={whyNot ?? "Restores what this changed (Ctrl+Z)"}
          onClick={() => {
            const undo = store.undos.undo(command, call);
            if (undo.ok) onUndone(undo.commandId);
          }}
        >
          Undo
        </LinkButton>
      )}
    </p>
  );
}

const MAX_SHOWN = 300;

/** Shows an edit that was started in another call than the one that is shown, such as before the page was reloaded. */
export function StrayEdit({ store, callId }: { store: RoomStore; callId: string | undefined }) {
  const [said, say] = useState<string | undefined>(undefined);
  const edit = store.valueEdit.value;
  if (!edit || edit.callId === callId || !hasTyped(edit)) return null;
  const { text } = edit;

  async function copy(): Promise<void> {
    say((await copyText(text)) ? "Copied." : NOT_COPIED);
  }

  return (
    <p class="advice" role="status">
      Your edit of <code>{placeOf(edit) || "all of it"}</code> belongs to{" "}
      {store.freshCall(edit.callId) ? "another call or an earlier page" : "a page that was left"}.
      Nothing of it was sent: <code>{shortText(text, MAX_SHOWN)}</code>{" "}
      <LinkButton title="Copies what you typed" onClick={() => void copy()}>
        Copy
      </LinkButton>
      {" · "}
      <LinkButton
        title="Discards the edit. Nothing has been sent"
        onClick={() => void (store.valueEdit.value = undefined)}
      >
        Let go
      </LinkButton>{" "}
      {said}
    </p>
  );
}

function readState(payload: Payload | undefined): unknown {
  const parsed = payload && parsePayload(payload);
  return parsed?.ok ? parsed.value : undefined;
}

/** Why the places of a state cannot be told apart, as a sentence. */
function whyNoPlaces({ json, problem }: Payload): string | undefined {
  if (problem) return `${problem.message}.`;
  return placeTooDeep(json) === undefined
    ? undefined
    : `it is nested deeper than ${MAX_DEPTH} levels.`;
}
