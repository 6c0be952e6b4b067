import { isolated } from "../../core/lib/visible-text";
import type { TimeSpan } from "../../core/filter/filter";
import { layOut, type OverviewRoom } from "./overview-layout";
import { choosePresent, type Crowd } from "./presence";
import type { OverviewStore } from "./overview-store";
import { timeScale } from "./time-scale";
import { timeOf } from "./timeline";
import { LANE_NAMES } from "./timeline";
import { visibleSpan, wholeSpan } from "./viewport";
import type { OverviewModel } from "./overview-model";
import type { OverviewMark, OverviewScene } from "./overview-scene";

type Frame = {
  readonly width: number;
  readonly room: OverviewRoom;
  readonly marks: readonly OverviewMark[];
};

/** Pixels after the last moment, so that what happened then is not cut off. */
const MARGIN = 6;

/** Whether a call goes on, so that time passes without an event. */
export function isCallLive(store: OverviewStore): boolean {
  const isIn = (status: string) => status === "joining" || status === "joined";
  return store.isLive.value && store.calls.value.some((call) => call.isLive && isIn(call.status));
}

/** What is to be drawn now. Costs the same however long the log is. */
export function setTheScene(
  store: OverviewStore,
  model: OverviewModel,
  frame: Frame,
): OverviewScene {
  const { timeline, view, draft, pointer } = model;
  const isLive = isCallLive(store);
  const whole = wholeOf(store, model, isLive);
  model.whole.value = whole;
  const crowds = store.filter.value.channels.has("people") ? crowdsOf(store) : [];
  // For everyone, whoever is seen: moving along the time must not change the height.
  const everyone = crowds.reduce((sum, { people }) => sum + people.size, 0);
  const layout = layOut(timeline.known, everyone, frame.room);
  const scale = timeScale(
    visibleSpan(view.value, whole),
    layout.gutter,
    Math.max(layout.gutter + 1, frame.width - MARGIN),
  );
  const present = choosePresent(crowds, scale.span, layout.people.rows);
  const selected = store.selected.value;
  const at = pointer.value && pointer.value.x >= layout.gutter && scale.at(pointer.value.x);
  return {
    width: frame.width,
    timeline,
    layout,
    scale,
    origin: whole.from,
    span: draft.value ?? store.filter.value.span,
    selectedAt: selected && timeOf(selected),
    pointedAt: at === false ? undefined : at,
    phases: timeline.phases.map(({ callId, state, from, to }) => {
      return { title: state, state, from, to: to ?? goneAt(store, callId) };
    }),
    people: present.shown.map(({ person: { participant, sessionId }, stays }) => {
      const title = isolated(participant.user_name || sessionId);
      return stays.map((stay) => ({ title, ...stay }));
    }),
    morePeople: present.count - present.shown.length,
    marks: frame.marks,
    now: isLive ? whole.to : undefined,
  };
}

/** Everyone seen in the chosen call, or in all of them, as their calls came. */
function crowdsOf(store: OverviewStore): Crowd[] {
  const { callId: chosen } = store.filter.value;
  return store.calls.value.flatMap(({ callId }) => {
    const people = store.callOf(callId)?.history.people.people;
    if (!people || (chosen ?? callId) !== callId) return [];
    return [{ people, goneAt: goneAt(store, callId) }];
  });
}

/** When a call was last heard of, if its page is gone: what was open then does not go on. */
function goneAt(store: OverviewStore, callId: string): number | undefined {
  if (store.calls.value.find((call) => call.callId === callId)?.isLive) return undefined;
  const last = store.session.value.log.ofCall.get(callId)?.at(-1);
  return last && timeOf(last);
}

/** From the first event to the last, or to now; the log's, so that a filter does not change it. */
function wholeOf(store: OverviewStore, { timeline }: OverviewModel, isLive: boolean): TimeSpan {
  const { entries } = store.session.value.log;
  const [oldest, newest] = [entries[0], entries.at(-1)];
  let from = oldest ? timeOf(oldest) : Date.now();
  let to = newest ? timeOf(newest) : from;
  for (const name of LANE_NAMES) {
    const { times } = timeline.lanes[name].all;
    from = Math.min(from, times[0] ?? from);
    to = Math.max(to, times.at(-1) ?? to);
  }
  return wholeSpan(from, isLive ? Math.max(to, Date.now()) : to);
}
