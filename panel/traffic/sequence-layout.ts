import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";

import { createSequence, type Sequence, type SequenceRow } from "../../core/delivery/sequence";
import {
  columnsOf,
  idsInView,
  type Stretch,
  syncWindows,
} from "../../core/delivery/sequence-columns";
import type { SceneContext } from "../../core/delivery/sequence-scene";
import type { TimeSpan } from "../../core/filter/filter";
import { nextTask } from "../../core/lib/slices";
import type { Entry } from "../../core/session/session-log";
import type { Session } from "../session/session";
import type { TrafficStore } from "./traffic-store";

/** Short enough that no one waits for it. */
const SLICE_MS = 8;

/** Writes of session data are looked for in so many rows before a row: earlier ones are in the room by then. */
const LOOK_BACK = 200;

/** The sequence of what is shown, as far as it is laid out. */
export type SequenceLayout = {
  readonly rows: readonly SequenceRow[];
  readonly context: SceneContext;
  /** False while a long log is still being gone through. */
  readonly isComplete: boolean;
  /** Where the row of an event is; -1 for none. */
  readonly placeOf: (entry: Entry) => number;
  /** The places from the first row in a time to the one after the last. */
  readonly placesIn: (span: TimeSpan) => { readonly from: number; readonly to: number };
  /** When session data was on its way to the room, about some rows. */
  readonly windowsAt: (from: number, to: number) => readonly Stretch[];
};

/** Follows what is shown, in slices, for as long as the sequence is looked at. */
export function followSequence(store: Pick<TrafficStore, "session" | "shown" | "now">): {
  readonly layout: ReadonlySignal<SequenceLayout | undefined>;
  readonly stop: () => void;
} {
  const layout = signal<SequenceLayout | undefined>(undefined);
  let followed: { readonly session: Session; readonly sequence: Sequence } | undefined;
  let inView = idsInView(store.session.peek().log);
  let isScheduled = false;
  let isStopped = false;

  function advance(): void {
    const session = store.session.peek();
    if (followed?.session !== session) {
      const { callOf, deliveries } = session;
      const sourceOf = (arrival: Entry) => deliveries.sourceOf(arrival)?.entry;
      const isInView = (id: string) => inView.has(id);
      followed = { session, sequence: createSequence({ callOf, sourceOf, isInView }) };
    }
    const { sequence } = followed;
    inView = idsInView(session.log);
    const { entries, isComplete } = store.shown.peek();
    const end = performance.now() + SLICE_MS;
    const isAll = sequence.advance(entries, () => performance.now() > end, isComplete);
    layout.value = layoutOf(session, sequence, isAll && isComplete, store.now.peek());
    if (isAll || isScheduled) return;
    isScheduled = true;
    void nextTask().then(() => {
      isScheduled = false;
      if (!isStopped) advance();
    });
  }

  const stop = effect(() => {
    void [store.shown.value, store.now.value];
    untracked(advance);
  });
  return {
    layout,
    stop() {
      isStopped = true;
      stop();
    },
  };
}

function layoutOf(
  session: Session,
  sequence: Sequence,
  isComplete: boolean,
  now: number,
): SequenceLayout {
  const { rows } = sequence;
  const { callOf, deliveries, deliveryOf, log } = session;
  return {
    rows,
    isComplete,
    context: {
      columns: columnsOf(sequence.cast, log),
      callOf,
      outcomeOf: deliveryOf,
      sourceOf: (arrival) => deliveries.sourceOf(arrival),
      now,
    },
    placeOf: (entry) => sequence.placeOf(entry),
    placesIn: ({ from, to }) => ({ from: sequence.placeAt(from), to: sequence.placeAfter(to) }),
    windowsAt(from, to) {
      const shownAt = (callId: string, seq: number) => {
        const entry = session.find(callId, seq);
        return entry && rows[sequence.placeOf(entry)]?.entry.event.at;
      };
      return syncWindows(rows.slice(Math.max(0, from - LOOK_BACK), to), callOf, shownAt, now);
    },
  };
}
