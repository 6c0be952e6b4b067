import { useMemo, useState } from "preact/hooks";

import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { MAX_DEPTH, placeTooDeep, prettyJson } from "../../core/lib/json-depth";
import type { SessionData } from "../../core/daily/merge";
import { roomAhead } from "../../core/daily/room-ahead";
import type { Path } from "../../core/lib/value-at";
import type { CallState } from "../../core/session/call-state";
import { ownEdit } from "../../core/session/own-user-data";
import { statusOf } from "../../core/session/row-status";
import type { RoomStore } from "./room-store";
import {
  beginEdit,
  type EditSubject,
  hasTyped,
  MAX_VALUE_TEXT,
  meanwhile,
  placeOf,
  proposalOf,
  rebaseEdit,
  sidesOf,
} from "./value-edit";
import { EditMeanwhile } from "./edit-meanwhile";
import { EditProposal } from "./edit-proposal";
import { PayloadTree } from "../ui/payload-tree";
import { StateTree } from "../ui/state-tree";
import { ValueEditor } from "./value-editor";

/** Above this many characters only the first level is open. */
const OPEN_CHARS = 8_192;

type Props = {
  store: RoomStore;
  call: CallState;
  subject: EditSubject;
  /** Undefined for user data that nobody has set. */
  payload: Payload | undefined;
  /** Why this state cannot be edited here, whatever the call is up to; undefined when it can. */
  readOnly: string | undefined;
};

const COMMANDS = {
  "session-data": "set-meeting-session-data",
  "user-data": "set-user-data",
} as const;

/** A state as a tree that is edited in place: each change is shown before it is sent, and only its button sends it. */
export function EditableState({ store, call, subject, payload, readOnly }: Props) {
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
  const change = edit && meanwhile(edit, ahead);
  const proposal = edit?.isProposed ? proposalOf(edit) : undefined;
  const isInTheWay = change !== undefined && change.how !== "beside";

  function close(): void {
    store.valueEdit.value = undefined;
    setProblem(undefined);
  }

  function begin(kind: "change" | "add" | "remove", path: Path): void {
    const open = store.valueEdit.value;
    if (open && hasTyped(open)) {
      setUnfinished(true);
      document.querySelector<HTMLElement>(".value-editor input")?.focus();
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

  /** The whole, in the editor of the Send tab. */
  function editInSend(): void {
    const text = prettyJson(JSON.stringify(ahead));
    const isRoom = subject === "session-data";
    const base = isRoom ? (ahead as SessionData) : undefined;
    const seen = isRoom ? undefined : ownEdit(call.history)?.seen;
    const draft = { text, base, seen, mergeStrategy: "shallow-merge" } as const;
    store.compose(COMMANDS[subject], draft, call.callId);
  }

  function set(): void {
    const now = store.valueEdit.value;
    const asked = now && proposalOf(now);
    if (!now || !asked?.ok) return;
    // What came from the page since this was drawn counts, too.
    const latest = subject === "session-data" ? roomAhead(session) : current;
    const news = meanwhile(now, latest);
    if (news && news.how !== "beside") return setProblem("It has changed just now.");
    const refusal = store.commands.send(call, asked.action);
    if (refusal !== undefined) return setProblem(refusal);
    setCommandId(store.commands.sent.value.at(-1)?.commandId);
    close();
  }

  const editor = edit && (
    <ValueEditor
      key={`${edit.kind} ${edit.path.join()}`}
      edit={edit}
      onChange={(next) => void (store.valueEdit.value = next)}
      onCancel={close}
    >
      {change && (
        <EditMeanwhile
          meanwhile={change}
          place={placeOf(edit) || "all of it"}
          sides={change.how === "same" ? sidesOf(edit, ahead) : undefined}
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
      <StateTree
        value={current}
        label={subject === "session-data" ? "Session data" : "User data"}
        openLevels={(payload?.chars ?? 0) > OPEN_CHARS ? 1 : 4}
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
          <button
            type="button"
            class="link-button"
            title="Opens the editor of Send with all of it; nothing is sent by that"
            onClick={editInSend}
          >
            Edit it in Send
          </button>
        </p>
      )}
      {isUnfinished && store.valueEdit.value && (
        <p class="advice" role="status">
          Your edit of <code>{placeOf(store.valueEdit.value) || "all of it"}</code> is open. Finish
          or cancel (Esc) it first.
        </p>
      )}
      {(readOnly ?? obstacle) && <p class="problem">Read-only: {readOnly ?? obstacle}</p>}
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
  onUndone: (commandId: string | undefined) => void;
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
        <button
          type="button"
          class="link-button"
          disabled={whyNot !== undefined}
          title={whyNot ?? "Restores what this changed (Ctrl+Z)"}
          onClick={() => {
            if (store.undos.undo(command, call) === undefined)
              onUndone(store.commands.sent.value.at(-1)?.commandId);
          }}
        >
          Undo
        </button>
      )}
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
