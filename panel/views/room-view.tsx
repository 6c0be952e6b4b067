import { useState } from "preact/hooks";

import { roomAt } from "../store/room-at";
import type { Store } from "../store/store";
import { EmptyState } from "./empty-state";
import { LateJoiner } from "./late-joiner";
import { MomentSlider } from "./moment-slider";
import { PeopleTable } from "./people-table";
import { StateHistory } from "./state-history";
import { SessionState } from "./session-state";
import { SplitPane } from "./split-pane";

/** What the state history is about: the room's data, or one participant's. */
export type Subject = "session" | { readonly sessionId: string };

/** What the room knows, now or at any moment before. */
export function RoomView({ store, onReload }: { store: Store; onReload: () => void }) {
  const [subject, setSubject] = useState<Subject>("session");
  void store.visible.value; // The history changes in place with the log.
  const call = store.shownCall();
  if (!call) return <EmptyState store={store} onReload={onReload} />;
  const { history, callId } = call;
  const moment = store.moment.value ?? Infinity;
  const room = roomAt(history, moment);
  const show = (seq: number) => store.showEvent(callId, seq);

  return (
    <div class="room">
      <MomentSlider store={store} history={history} />
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
              />
              <StateHistory
                history={history}
                subject={subject}
                moment={moment}
                onMoment={(seq) => void (store.moment.value = seq)}
                onShow={show}
              />
            </div>
          }
        />
      </div>
    </div>
  );
}
