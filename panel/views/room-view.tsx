import { useState } from "preact/hooks";

import { toPayload } from "../../extension/protocol/payload";
import { prettyJson } from "../domain/json-depth";
import { dataOf } from "../domain/session-tracker";
import { roomAt } from "../store/room-at";
import type { Store } from "../store/store";
import { EmptyState } from "./empty-state";
import { LateJoiner } from "./late-joiner";
import { MomentSlider, momentOf } from "./moment-slider";
import { PeopleTable } from "./people-table";
import { StateHistory } from "./state-history";
import { SessionState } from "./session-state";
import { SplitPane } from "./split-pane";

/** What the state history is about: the room's data, or one participant's. */
export type Subject = "session" | { readonly sessionId: string };

/** What the room knows, now or at any moment before. */
export function RoomView({ store, onReload }: { store: Store; onReload: () => void }) {
  const [chosen, setSubject] = useState<Subject>("session");
  const call = store.shownCall();
  if (!call) return <EmptyState store={store} onReload={onReload} />;
  const { history, callId } = call;
  // Somebody of another call, or of a page that was left, is nobody here.
  const subject =
    chosen !== "session" && history.people.people.has(chosen.sessionId) ? chosen : "session";
  const moment = momentOf(store, callId) ?? Infinity;
  const room = roomAt(history, moment);
  const show = (seq: number) => store.showEvent(callId, seq);

  const current = history.session.versions.at(-1);
  const isOwn = subject !== "session" && subject.sessionId === history.people.localId();
  const editSession = (data: unknown) =>
    store.compose("set-meeting-session-data", {
      text: prettyJson(toPayload(data).json),
      base: dataOf(current),
      mergeStrategy: "shallow-merge",
    });
  const setOwn = (data: unknown) =>
    store.compose("set-user-data", { text: prettyJson(toPayload(data).json) });
  const edit = subject === "session" ? editSession : isOwn ? setOwn : undefined;

  return (
    <div class="room">
      <MomentSlider store={store} call={call} />
      {call.status !== "joined" && room.people.length > 0 && (
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
              <SessionState
                history={history}
                version={room.session}
                isNow={moment === Infinity}
                onChoose={() => setSubject("session")}
                onShow={show}
                onEdit={editSession}
              />
              <StateHistory
                history={history}
                subject={subject}
                moment={moment}
                onMoment={(seq) => void (store.moment.value = { callId, seq })}
                onShow={show}
                onPutBack={edit && ((json) => edit(JSON.parse(json)))}
              />
            </div>
          }
        />
      </div>
    </div>
  );
}
