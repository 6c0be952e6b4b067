import { useState } from "preact/hooks";

import { prettyJson } from "../../core/lib/json-depth";
import { roomAhead } from "../../core/daily/room-ahead";
import type { CallState } from "../../core/session/call-state";
import { callLabels } from "../../core/session/call-list";
import { valueOf } from "../../core/session/change";
import { roomAt } from "../../core/session/room-at";
import type { RoomStore } from "./room-store";
import { hasTyped, placeOf, putBackEdit } from "./value-edit";
import { callMarks } from "../ui/call-marks";
import { CompareRooms, type OpenFile } from "./compare-rooms";
import { hasCommandKey } from "../ui/command-key";
import { EmptyState } from "../ui/empty-state";
import { KeyHistory } from "./key-history-view";
import { LateJoiner } from "./late-joiner";
import { MomentSlider, momentOf } from "./moment-slider";
import { PeopleTable } from "./people-table";
import type { OpenSource } from "../ui/stack-view";
import { StateHistory } from "./state-history";
import { SessionState } from "./session-state";
import { SplitPane } from "../ui/split-pane";
import { StrayEdit } from "./stray-edit";
import { UserDataState } from "./user-data-state";
import "./room.css";
import "./state.css";

/** What the state history is about: the room's data, or one participant's. */
export type Subject = "session" | { readonly sessionId: string };

/** What the room knows, now or at any moment before. */
export function RoomView({
  store,
  onReload,
  onOpenSource,
  onCompareFile,
}: {
  store: RoomStore;
  onReload: () => void;
  onOpenSource: OpenSource;
  onCompareFile: OpenFile;
}) {
  const [chosen, setSubject] = useState<Subject>("session");
  const call = store.shownCall();
  if (!call)
    return (
      <div class="room">
        <StrayEdit store={store} callId={undefined} />
        <EmptyState store={store} onReload={onReload} />
      </div>
    );
  const { history, callId } = call;
  // Somebody of another call, or of a page that was left, is nobody here.
  const subject =
    chosen !== "session" && history.people.people.has(chosen.sessionId) ? chosen : "session";
  const moment = momentOf(store, callId) ?? Infinity;
  const room = roomAt(history, moment);
  const show = (seq: number) => store.showEvent(callId, seq);

  const someone =
    subject === "session"
      ? undefined
      : room.people.find(({ person }) => person.sessionId === subject.sessionId);
  const isNow = moment === Infinity;
  const calls = store.calls.value;
  const summary = calls.find((each) => each.callId === callId);
  // With one call there is nothing to tell apart.
  const mark = calls.length > 1 ? callMarks(calls)(callId) : undefined;
  const label = summary && callLabels(calls)(summary);
  const historyKey = store.historyKey.value;
  const key = historyKey?.callId === callId ? historyKey.key : undefined;

  return (
    <div
      class="room"
      onKeyDown={(event) => {
        if (!hasCommandKey(event) || event.shiftKey || event.key.toLowerCase() !== "z") return;
        // In a text it undoes what was typed.
        if ((event.target as Element).matches("input, textarea, select")) return;
        event.preventDefault();
        event.stopPropagation();
        undoLast(store, call);
      }}
    >
      <StrayEdit store={store} callId={callId} />
      {mark && (
        <p class="room__call" style={{ "--call": mark.color }}>
          <span class="room__mark" /> {label}
        </p>
      )}
      <MomentSlider store={store} call={call} />
      {isNow && store.isLive.value && call.status !== "joined" && room.people.length > 0 && (
        <p class="advice">
          This page is not in the meeting now: below is what it knew while it was.
        </p>
      )}
      <div class="room__split">
        <SplitPane
          id="room"
          main={
            <div class="room__column">
              <PeopleTable people={room.people} subject={subject} onChoose={setSubject} />
              <LateJoiner store={store} call={call} room={room} moment={moment} onShow={show} />
            </div>
          }
          side={
            <div class="room__column">
              {someone && (
                <UserDataState store={store} call={call} someone={someone} isNow={isNow} />
              )}
              <SessionState
                store={store}
                call={call}
                version={room.session}
                isNow={isNow}
                moment={moment}
                onChoose={() => setSubject("session")}
                onShow={show}
              />
              {key !== undefined && (
                <KeyHistory
                  store={store}
                  call={call}
                  keyName={key}
                  moment={moment}
                  onShow={show}
                  onOpenSource={onOpenSource}
                />
              )}
              <StateHistory
                history={history}
                subject={subject}
                moment={moment}
                onMoment={(seq) => void (store.moment.value = { callId, seq })}
                onShow={show}
                onPutBack={store.isLive.value ? putBackOf(store, call, subject) : undefined}
              />
              <CompareRooms store={store} call={call} moment={moment} onOpenFile={onCompareFile} />
            </div>
          }
        />
      </div>
    </div>
  );
}

/** Takes back the last change of state that was made from the panel and was not taken back yet. */
function undoLast(store: RoomStore, call: CallState): void {
  const { commands, undos } = store;
  const last = commands.sent.value.findLast(
    (command) =>
      command.callId === call.callId &&
      (command.action.kind === "set-meeting-session-data" ||
        command.action.kind === "set-user-data"),
  );
  if (!last) return;
  store.notice.value = undos.isUndo(last)
    ? "The last change was undone already."
    : undos.undo(last, call);
}

/** Shows what putting a version back would change, before it is sent; undefined for what this page cannot set. */
function putBackOf(
  store: RoomStore,
  { callId, history }: CallState,
  subject: Subject,
): ((json: string | undefined) => void) | undefined {
  const { people, session } = history;
  if (subject === "session")
    return (json = "{}") =>
      store.compose("set-meeting-session-data", {
        text: prettyJson(json),
        base: roomAhead(session),
        mergeStrategy: "shallow-merge",
      });
  if (subject.sessionId !== people.localId()) return undefined;
  const base = valueOf(people.people.get(subject.sessionId)?.versions.at(-1)?.payload);
  return (json) => {
    store.moment.value = undefined;
    const open = store.valueEdit.value;
    // What is typed elsewhere is not to be lost by this.
    if (open && hasTyped(open) && (open.path.length > 0 || open.callId !== callId)) {
      store.notice.value = `Your edit of ${placeOf(open)} is open. Finish or cancel (Esc) it first.`;
      return;
    }
    store.valueEdit.value = putBackEdit(callId, json, base);
  };
}
