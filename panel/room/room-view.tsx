import { useRef, useState } from "preact/hooks";

import { prettyJson } from "../../core/lib/json";
import { roomAhead } from "../../core/daily/room-ahead";
import type { CallState } from "../../core/session/call-state";
import { callLabels } from "../../core/session/call-list";
import { valueOf } from "../../core/session/change";
import { missedMessages, momentsOf, type RoomAt, roomAt } from "../../core/session/room-at";
import { chipOf, rowOf } from "../../core/session/event-view";
import type { RoomStore } from "./room-store";
import { hasTyped, placeOf, putBackEdit } from "./value-edit";
import { callMarks } from "../ui/call-marks";
import { CompareRooms, type OpenFile } from "./compare-rooms";
import { hasCommandKey } from "../ui/command-key";
import { StrayEdit } from "./editable-state";
import { EmptyState } from "../ui/empty-state";
import { formatTime, plural } from "../ui/format";
import { LinkButton } from "../ui/controls";
import { PeopleTable } from "./people-table";
import type { OpenSource } from "../ui/stack-view";
import { SessionState, UserDataState } from "./room-states";
import { SeatsCard } from "./seats-card";
import { KeyHistory, StateHistory } from "./state-history";
import { SplitPane } from "../ui/split-pane";
import "./room.css";

/** What the state history is about: the room's data, or one participant's. */
export type Subject = "session" | { readonly sessionId: string };

/** What the room knows, now or at any moment before. */
export function RoomView({
  store,
  onOpenSource,
  onCompareFile,
}: {
  store: RoomStore;
  onOpenSource: OpenSource;
  onCompareFile: OpenFile;
}) {
  const [chosen, setSubject] = useState<Subject>("session");
  const openField = useRef<HTMLInputElement>(null);
  const call = store.shownCall();
  if (!call)
    return (
      <div class="columns">
        <StrayEdit store={store} callId={undefined} />
        <EmptyState store={store} />
      </div>
    );
  const { history, callId } = call;
  // A person of another call, or of a page that was left, is no one here.
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
  // Of a page that was left or switched off only what was, not what is.
  const isFollowed = store.isLive.value && summary?.isLive === true;
  const historyKey = store.historyKey.value;
  const key = historyKey?.callId === callId ? historyKey.key : undefined;

  return (
    <div
      class="columns"
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
      <MomentSlider store={store} call={call} isFollowed={isFollowed} />
      {isNow && store.isLive.value && room.people.length > 0 && (
        <Past isFollowed={isFollowed} isJoined={call.status === "joined"} />
      )}
      <div class="room__split">
        <SplitPane
          id="room"
          main={
            <div class="columns__one">
              <PeopleTable people={room.people} subject={subject} onChoose={setSubject} />
              <SeatsCard {...{ store, call, moment, isFollowed }} />
              <LateJoiner {...{ store, call, room, moment, isFollowed }} onShow={show} />
            </div>
          }
          side={
            <div class="columns__one">
              {someone && <UserDataState {...{ store, call, someone, isNow, openField }} />}
              <SessionState
                store={store}
                call={call}
                version={room.session}
                isNow={isNow}
                moment={moment}
                openField={openField}
                onChoose={() => setSubject("session")}
              />
              {key !== undefined && (
                <KeyHistory
                  store={store}
                  call={call}
                  keyName={key}
                  moment={moment}
                  onOpenSource={onOpenSource}
                />
              )}
              <StateHistory
                store={store}
                call={call}
                subject={subject}
                moment={moment}
                onMoment={(seq) => void (store.moment.value = { callId, seq })}
                onPutBack={isFollowed ? putBackOf(store, call, subject) : undefined}
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
  if (undos.isUndo(last)) {
    store.notice.value = "The last change was undone already.";
    return;
  }
  const result = undos.undo(last, call);
  store.notice.value = result.ok ? undefined : result.reason;
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

/** Says that what is shown may not be so any more; nothing where it is. */
function Past({ isFollowed, isJoined }: { isFollowed: boolean; isJoined: boolean }) {
  if (isFollowed && isJoined) return null;
  return (
    <p class="advice">
      {isFollowed
        ? "This page isn’t in the meeting now: below is what it knew while it was."
        : "This page isn’t inspected any more: below is what it knew last."}
    </p>
  );
}

type MomentProps = {
  store: RoomStore;
  call: CallState;
  /** Whether the room is seen as it is now, at the end of the slider. */
  isFollowed: boolean;
};

/** Chooses the moment at which the room is shown. */
function MomentSlider({ store, call, isFollowed }: MomentProps) {
  const { history, callId } = call;
  const moments = momentsOf(history);
  const { moment } = store;
  const chosen = momentOf(store, callId);
  const last = moments.length - 1;
  const at = chosen === undefined ? last : moments.findLastIndex((seq) => seq <= chosen);
  const choose = (index: number) => {
    const seq = index >= last ? undefined : moments[index];
    moment.value = seq === undefined ? undefined : { callId, seq };
  };

  return (
    <div class="moment">
      <button
        type="button"
        class="toggle channel--app-message"
        aria-pressed={chosen === undefined}
        title={
          isFollowed
            ? "Follow the room as it is now"
            : `Show the end of ${store.isLive.value ? "what is known" : "the recording"}`
        }
        onClick={() => void (moment.value = undefined)}
      >
        {isFollowed ? "Now" : "End"}
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(0, last)}
        value={Math.max(0, at)}
        disabled={last < 1}
        aria-label="Moment"
        aria-valuetext={
          chosen === undefined ? (isFollowed ? "now" : "end") : `after event ${chosen}`
        }
        title="Every stop is a change of the room: session data, user data, joining or leaving"
        onInput={({ currentTarget }) => choose(Number(currentTarget.value))}
      />
      <span
        class="moment__label"
        title="Changes of the room that the log still knows: session data, user data, joining and leaving"
      >
        {chosen === undefined
          ? `${moments.length} changes`
          : `after event #${chosen} (${at + 1} of ${moments.length})`}
      </span>
    </div>
  );
}

/** The event at which a call is looked at; undefined for now, and for a moment of another call. */
function momentOf({ moment }: RoomStore, callId: string): number | undefined {
  return moment.value?.callId === callId ? moment.value.seq : undefined;
}

type LateProps = {
  store: RoomStore;
  call: CallState;
  room: RoomAt;
  moment: number;
  isFollowed: boolean;
  onShow: (seq: number) => void;
};

const MAX_MISSED = 50;

/** What a person who joins at this moment would have, and what they would never get. */
function LateJoiner({ store, call, room, moment, isFollowed, onShow }: LateProps) {
  const missed = missedMessages(store.entriesOf(call.callId), moment);
  const { dropped, folded, isCleared } = store.counts.value;
  const isPartial = dropped > 0 || folded > 0 || isCleared;
  return (
    <section class="card" aria-label="Late joiner preview">
      <h2 title="Late joiners get session data and user data; app messages are never replayed (docs.daily.co).">
        Late joiner preview
      </h2>
      <p title="What this page knows: session data and user data are sent to anyone who joins, app messages aren't. Sizes are characters of JSON.">
        {gotText(call, room, moment, isFollowed)} {missedText(missed.length, isPartial)}
      </p>
      {missed.length > 0 && (
        <ul class="names missed" aria-label="Messages that a late joiner never gets">
          {missed.slice(0, MAX_MISSED).map((entry) => {
            const row = rowOf(entry, call);
            return (
              row && (
                <li key={entry.event.seq}>
                  <LinkButton onClick={() => onShow(entry.event.seq)}>
                    {formatTime(entry.event.at)}
                  </LinkButton>{" "}
                  {row.from?.label} → {row.to.map(({ label }) => label).join(", ")}{" "}
                  {chipOf(row) !== undefined && <span class="type">{chipOf(row)}</span>}{" "}
                  <code>{row.summary}</code>
                </li>
              )
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** What someone who joins would get, as far as this page can tell: it knows the room only while it is in the meeting. */
function gotText(call: CallState, room: RoomAt, moment: number, isFollowed: boolean): string {
  const isEnd = moment === Infinity;
  const present = room.people.filter(({ isPresent }) => isPresent);
  const hasJoined = room.people.some(({ person }) => person.participant.local);
  if (!hasJoined && call.status !== "joined")
    return "This page hasn’t joined yet, so it can’t tell what anyone who joins would get.";
  if (isEnd ? call.status !== "joined" : present.every(({ person }) => !person.participant.local))
    return "This page isn’t in the meeting, so it can’t tell what anyone who joins would get. Move the slider to a moment when it was.";
  const withData = present.filter(({ userData }) => userData !== undefined);
  const session = room.session
    ? `session data (${plural(room.session.payload.chars, "character")})`
    : "no session data";
  return `Anyone who joins ${isEnd && isFollowed ? "now" : "at this moment"} would get ${session} and user data of ${withData.length} of ${plural(present.length, "participant")}.`;
}

/** What they would miss; nothing where there is nothing to say. `isPartial`: the log doesn't have all messages. */
function missedText(count: number, isPartial: boolean): string {
  const older = "app messages that are no longer in the log";
  if (count === 0) return isPartial ? `They’d miss any ${older}.` : "";
  return `They’d miss ${plural(count, "app message")}${isPartial ? `, and any ${older}` : ""}.`;
}
