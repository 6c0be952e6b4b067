import {
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";

import { type Contract, createContract } from "../../core/contract/contract";
import { createDrift, type Drift } from "../../core/contract/drift";
import { createSenderShapes, type SenderSplit } from "../../core/contract/sender-shapes";
import type { TypePath } from "../../core/daily/message-type";
import { createFollower } from "../../core/lib/slices";
import { webOrigin } from "../../core/lib/web-origin";
import { viewOf } from "../../core/session/event-view";
import type { Entry } from "../../core/session/session-log";
import type { Session } from "../session/session";
import type { Baselines, KeptBaseline } from "./baselines";
import { toldBy } from "../../core/contract/told-values";

/** Grown in place: the object around it is new each time it did. */
export type ShownTypes = {
  readonly contract: Contract;
  /** How many values were learned. */
  readonly values: number;
  /** How what came departs from the baseline of the page's origin, if it has one. */
  readonly drift: Drift | undefined;
  /** Senders who send one type in different shapes. */
  readonly splits: readonly SenderSplit[];
  /** False while a long log is still being gone through. */
  readonly isComplete: boolean;
};

/** What the list of types can be sorted by, the largest or latest first. */
export type TypeOrder = "count" | "size" | "last";

/** What of the view stays while another one is looked at. */
type TypesLook = {
  readonly order: Signal<TypeOrder>;
  /** Types whose fields are shown, by their ids. */
  readonly opened: Signal<ReadonlySet<string>>;
};

export type SessionTypes = {
  readonly look: TypesLook;
  readonly current: ReadonlySignal<ShownTypes>;
  /** Of the page that is shown: `https://app.example`; undefined where there is none, or it was masked. */
  readonly origin: ReadonlySignal<string | undefined>;
  readonly baseline: ReadonlySignal<KeptBaseline | undefined>;
  readonly baselines: Baselines;
  /** Keeps them up to date until the returned function is called. Without a baseline they cost nothing at other times. */
  follow(): () => void;
};

/** Short enough that no one waits for it. */
const SLICE_MS = 8;
/** A list that changes more often than this can only be seen to flicker. */
const SHOW_EVERY_MS = 400;

/** Goes through the log of a session once, and once more for each baseline. */
function readerOf(session: Session) {
  const { log } = session;
  const generation = session.generation.peek();
  const contract = createContract();
  const shapes = createSenderShapes();
  /** Where each call had the type of its messages when they were learned. */
  const typePaths = new Map<string, TypePath | undefined>();
  let values = 0;
  let baseline: KeptBaseline | undefined;
  let drift: Drift | undefined;

  function eachOf(entry: Entry, take: (told: ReturnType<typeof toldBy>[number]) => void): void {
    const call = session.callOf(entry.event.callId);
    toldBy(viewOf(entry, call)).forEach(take);
  }
  // What was seen in events that are gone by now stays known; another list is read by another reader.
  const kept = { startOver() {}, dropBefore() {} };
  const learning = createFollower<Entry>({
    ...kept,
    take(entry) {
      const { seq, callId, at } = entry.event;
      if (!typePaths.has(callId)) typePaths.set(callId, session.callOf(callId)?.typePath);
      eachOf(entry, ({ key, value, sender, chars, limit }) => {
        contract.learn(key, value, { at, sender, chars, limit });
        shapes.take(key, value, { seq, callId, at, sender });
        values++;
      });
    },
  });
  const comparing = createFollower<Entry>({
    ...kept,
    take(entry) {
      const { seq, callId, at } = entry.event;
      eachOf(entry, ({ key, value, sender }) =>
        drift?.take(key, value, { seq, callId, at, sender }),
      );
    },
  });

  return {
    /** Whether this is still the log to read, with types at the same places. */
    isOf: (latest: Session) =>
      latest === session &&
      latest.generation.peek() === generation &&
      [...typePaths].every(([callId, path]) => session.callOf(callId)?.typePath === path),
    /** Reads on for some milliseconds. Returns whether it came through. */
    read(latest: KeptBaseline | undefined): boolean {
      if (latest !== baseline) {
        baseline = latest;
        drift = latest && createDrift(latest.contract);
        comparing.startOver();
      }
      const end = performance.now() + SLICE_MS;
      const isTimeUp = () => performance.now() > end;
      const hasLearned = learning.advance(log.entries, isTimeUp);
      return hasLearned && (!drift || comparing.advance(log.entries, isTimeUp));
    },
    shown: (isComplete: boolean): ShownTypes => ({
      contract,
      values,
      drift,
      splits: shapes.splits(),
      isComplete,
    }),
  };
}

/** The origin of the page of a session; undefined where it has no page, or only the placeholder of one. */
function originOf({ source, log }: Session): string | undefined {
  if (source) return webOrigin(source.page.url) ?? webOrigin(pageOf(log.documents.values()));
  return webOrigin(pageOf(log.documents.values()));
}

type Page = { readonly url: string; readonly frameId: number; readonly seat: unknown };

/** The address of the latest page; where only frames in it have calls, of the latest one of them. */
function pageOf(documents: Iterable<Page>): string | undefined {
  const own = [...documents].filter(({ seat }) => seat === undefined);
  return (own.findLast(({ frameId }) => frameId === 0) ?? own.at(-1))?.url;
}

/**
 * The types of what a session brought, kept up to date. Each event is looked at once; all over again only when another
 * session is shown, events were cut out of it, or its types are found in another place. Long work is done in slices,
 * `later` being how the next one is asked for.
 */
export function createSessionTypes(
  session: ReadonlySignal<Session>,
  baselines: Baselines,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
): SessionTypes {
  let reader = readerOf(session.peek());
  const current = signal<ShownTypes>(reader.shown(true));
  const followers = signal(0);
  const origin = computed(() => (void session.value.counts.value, originOf(session.value)));
  const baseline = computed(() => {
    void baselines.list.value;
    // A masked recording has placeholders in place of its types.
    if (session.value.source?.isMasked || origin.value === undefined) return undefined;
    return baselines.of(origin.value);
  });
  const isWanted = computed(() => followers.value > 0 || baseline.value !== undefined);

  let isScheduled = false;
  let isComplete = true;
  let isShowing = false;
  let isStale = false;

  function goOn(): void {
    if (isScheduled) return;
    isScheduled = true;
    later(() => {
      isScheduled = false;
      if (isWanted.peek()) advance();
    }, 0);
  }

  function advance(): void {
    const latest = session.peek();
    if (!reader.isOf(latest)) {
      reader = readerOf(latest);
      // What was shown of another log must not stay any longer.
      isShowing = false;
    }
    isComplete = reader.read(baseline.peek());
    show();
    if (!isComplete) goOn();
  }

  function show(): void {
    if (isShowing) {
      isStale = true;
      return;
    }
    current.value = reader.shown(isComplete);
    isShowing = true;
    isStale = false;
    later(() => {
      isShowing = false;
      if (isStale) show();
    }, SHOW_EVERY_MS);
  }

  effect(() => {
    void [session.value.counts.value, session.value.generation.value, baseline.value];
    if (!isWanted.value) return;
    // In a task of its own: those who draw the same events are busy in this one.
    untracked(goOn);
  });

  return {
    look: { order: signal<TypeOrder>("count"), opened: signal<ReadonlySet<string>>(new Set()) },
    current,
    origin,
    baseline,
    baselines,
    follow() {
      // What came since the tab was last open hasn't been read yet.
      if (!isWanted.peek() && session.peek().log.entries.length > 0)
        current.value = reader.shown(false);
      followers.value++;
      return () => void followers.value--;
    },
  };
}
