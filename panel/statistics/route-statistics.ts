import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";

import { PATIENCE_MS } from "../../core/delivery/pairing";
import { createMatcher, isWithin, type Matcher } from "../../core/filter/filter";
import { createFollower } from "../../core/lib/slices";
import { channelOf } from "../../core/session/event-view";
import { isSameSession } from "../../core/session/seats";
import type { Entry } from "../../core/session/session-log";
import type { Session } from "../session/session";
import type { SessionStore } from "../session/session-store";
import { type Counted, createRoutes, type Route } from "./routes";

/** Grown in place: the object around it is new each time it did. */
export type ShownRoutes = {
  readonly routes: ReadonlyMap<string, Route>;
  /** Whether any two ends of a message are in view. */
  readonly hasEnds: boolean;
  /** False while a long log is still being gone through. */
  readonly isComplete: boolean;
};

export type RouteStatistics = {
  readonly current: ReadonlySignal<ShownRoutes>;
  /** Keeps them up to date until the answered function is called. At other times they cost nothing. */
  follow(): () => void;
};

/** Something sent of which more may show. */
type Open = {
  readonly entry: Entry;
  counted: Counted | undefined;
  /** When it was first looked at, and when it is next; by the panel's clock, in ms. */
  readonly since: number;
  dueAt: number;
};

const SLICE_MS = 6;
const SHOW_EVERY_MS = 250;
/** So long after it was sent, nothing that is known of a message changes any more: then it is looked at once more. */
const SETTLED_MS = 2 * PATIENCE_MS;
/**
 * So long after it was first seen, the time that a message took counts: until then an equal one may come that was sent
 * before it arrived.
 */
const TIMED_MS = 1_000;
/** What waits is looked at less and less often. */
const FIRST_LOOK_MS = 100;
const LONGEST_LOOK_MS = 5_000;
/** Time alone settles nothing faster than this. */
const NEXT_LOOK_MS = 1_000;

/**
 * What became of all that those in view sent, as far as it matches the filter: also what seats sent to each other. Each
 * message is looked at until its outcome is settled; all over again when others come into view or entries went away.
 */
export function createRouteStatistics(
  store: Pick<SessionStore, "filter" | "now" | "session" | "shown">,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
): RouteStatistics {
  let routes = createRoutes();
  let followers = new Map<string, ReturnType<typeof createFollower<Entry>>>();
  let matches: Matcher | undefined;
  /** What is about to change, and what is only looked at once more, in the order in which it was sent. */
  let open: Open[] = [];
  let aging: Open[] = [];
  let aged = 0;
  /** What all this holds for. */
  let basis:
    | { readonly session: Session; readonly filter: unknown; readonly mark: string }
    | undefined;
  const current = signal<ShownRoutes>({ routes: routes.all, hasEnds: false, isComplete: false });

  /** Another text when someone came into view, joined again, or entries went away. */
  function markOf({ log, generation }: Session): string {
    const calls = [...log.calls].map(
      ([callId, { history }]) =>
        `${callId} ${history.people.localId()} ${log.ofCall.get(callId)?.[0]?.index}`,
    );
    return [generation.peek(), ...calls].join("\n");
  }

  function review(session: Session): void {
    const now = { session, filter: store.filter.peek(), mark: markOf(session) };
    if (now.session === basis?.session && now.filter === basis.filter && now.mark === basis.mark)
      return;
    basis = now;
    routes = createRoutes();
    followers = new Map();
    open = [];
    aging = [];
    aged = 0;
    const { callOf, deliveryOf, log } = session;
    matches = createMatcher(now.filter, {
      callOf,
      now: () => store.now.peek(),
      latestAt: () => log.entries.at(-1)?.event.at ?? 0,
      outcomeOf: deliveryOf,
    });
  }

  const isMatch = (entry: Entry): boolean =>
    matches?.(entry) === true &&
    isWithin(entry.event.at, store.filter.peek().span) &&
    basis?.session.isPaused(entry) !== true;

  function take(entry: Entry): void {
    const { event } = entry;
    if (event.kind !== "method-called" || event.outcome === "threw") return;
    // What a later event tells may let it through yet.
    if (!matches?.isVolatile && !isMatch(entry)) return;
    const since = performance.now();
    const each: Open = { entry, counted: undefined, since, dueAt: 0 };
    look(each);
    open.push(each);
  }

  /** Counts one as far as it is known now. Returns whether that is still to change. */
  function look(each: Open): boolean {
    const { entry, counted, since } = each;
    const now = performance.now();
    const isTimed = now - since >= TIMED_MS;
    const { callId } = entry.event;
    const session = basis?.session;
    const outcome = session && isMatch(entry) ? session.deliveryOf(entry) : undefined;
    const from = session?.callOf(callId);
    const receptions = (outcome?.receptions ?? []).filter((reception) => {
      const to = session?.callOf(reception.callId ?? "");
      return from && to && isSameSession(from, to);
    });
    const channel = channelOf(entry);
    if (channel === "app-message" || channel === "user-data" || channel === "session-data") {
      const { payload } = entry.event as { readonly payload: { readonly json: string } };
      const sent = { channel, callId, content: payload.json };
      each.counted = routes.count(sent, receptions, isTimed, counted);
    }
    // A long log may not have been gone through yet.
    const isOpen = outcome?.isOpen ?? (!isOld(entry) || !store.shown.peek().isComplete);
    each.dueAt = isOpen
      ? now + Math.min(LONGEST_LOOK_MS, Math.max(FIRST_LOOK_MS, (now - since) / 2))
      : since + TIMED_MS;
    return isOpen || !isTimed;
  }

  /** Whether all that could tell of an entry must have come. */
  const isOld = ({ event }: Entry): boolean => event.at < latestAt() - SETTLED_MS;

  function latestAt(): number {
    let latest = 0;
    for (const { history } of basis?.session.log.calls.values() ?? [])
      latest = Math.max(latest, history.span?.to ?? 0);
    return latest;
  }

  /** Looks again at what is due. Returns whether time sufficed. */
  function recheck(isTimeUp: () => boolean): boolean {
    const now = performance.now();
    const left: Open[] = [];
    let place = 0;
    for (; place < open.length; place++) {
      const each = open[place] as Open;
      if (each.dueAt > now || look(each)) left.push(each);
      else aging.push(each);
      if (place % 32 === 0 && isTimeUp()) break;
    }
    const isAll = place >= open.length;
    // What was not looked at comes first the next time.
    open = isAll ? left : [...open.slice(place + 1), ...left];
    for (; aged < aging.length; aged++) {
      const each = aging[aged] as Open;
      if (!isOld(each.entry) || isTimeUp()) break;
      if (look(each)) open.push(each);
    }
    if (aged > 1_000 || aged === aging.length) {
      aging = aging.slice(aged);
      aged = 0;
    }
    return isAll;
  }

  let following = 0;
  let nextAt = Infinity;
  function schedule(delayMs: number): void {
    const at = performance.now() + delayMs;
    if (at >= nextAt) return;
    nextAt = at;
    later(() => {
      // Another one came in between.
      if (at > nextAt) return;
      nextAt = Infinity;
      if (following > 0) advance();
    }, delayMs);
  }

  function advance(): void {
    const session = store.session.peek();
    const hasEnds = session.deliveries.hasEnds();
    if (!hasEnds) return show(false, true);
    review(session);
    const end = performance.now() + SLICE_MS;
    const isTimeUp = () => performance.now() > end;
    let hasSeenAll = true;
    for (const [callId, entries] of session.log.ofCall) {
      if (callId === "") continue;
      let follower = followers.get(callId);
      if (!follower)
        followers.set(callId, (follower = createFollower<Entry>({ take, startOver() {} })));
      hasSeenAll = follower.advance(entries, isTimeUp) && hasSeenAll;
    }
    const hasRechecked = recheck(isTimeUp);
    show(true, hasSeenAll);
    if (!hasSeenAll || !hasRechecked) schedule(0);
    // A page that says nothing more may have been seen to run.
    else if (open.length > 0) schedule(NEXT_LOOK_MS);
  }

  let isShowing = false;
  let stale: (() => void) | undefined;
  function show(hasEnds: boolean, isComplete: boolean): void {
    if (!hasEnds && !current.peek().hasEnds && current.peek().isComplete) return;
    if (isShowing) {
      stale = () => show(hasEnds, isComplete);
      return;
    }
    current.value = { routes: routes.all, hasEnds, isComplete };
    isShowing = true;
    later(() => {
      isShowing = false;
      const next = stale;
      stale = undefined;
      next?.();
    }, SHOW_EVERY_MS);
  }

  return {
    current,
    follow() {
      following++;
      const stop = effect(() => {
        void store.shown.value;
        untracked(advance);
      });
      return () => {
        following--;
        stop();
      };
    },
  };
}
