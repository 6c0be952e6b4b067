import type { Moment, Term } from "./language/filter-term";
import type { CallState } from "../session/call-state";

const HALF_A_DAY = 43_200_000;

/**
 * When a moment was in a call, in epoch ms; undefined when it has not come yet. Asked once for each call and then kept,
 * so that what a filter has shown stays. `since:5m` alone slides with the log: see `slidingMs`.
 */
export function createMomentOf(
  moment: Moment,
): (call: CallState | undefined) => number | undefined {
  const known = new Map<string, number>();
  return (call) => {
    if (!call) return undefined;
    const before = known.get(call.callId);
    if (before !== undefined) return before;
    const at = momentOf(moment, call);
    if (at !== undefined) known.set(call.callId, at);
    return at;
  };
}

function momentOf(moment: Moment, { history }: CallState): number | undefined {
  const { span } = history;
  if (!span) return undefined;
  switch (moment.kind) {
    case "join":
      return firstOf(ownStays(history).map(({ fromAt }) => fromAt));
    case "leave":
      return firstOf(ownStays(history).map(({ toAt }) => toAt));
    case "ago":
      return span.to - moment.ms;
    case "after-start":
      return span.from + moment.ms;
    case "clock": {
      const at = new Date(span.from).setHours(0, 0, 0, 0) + moment.ms;
      // A call that goes on past midnight: an early time is one of the next day.
      return at < span.from - HALF_A_DAY ? at + 2 * HALF_A_DAY : at;
    }
  }
}

/** How far back a filter goes that slides with the log, in ms; undefined for one that stays where it is. */
export function slidingMs({ condition, isNegated }: Term): number | undefined {
  if (condition.key !== "since" || isNegated) return undefined;
  const spans = condition.values.map((moment) => (moment.kind === "ago" ? moment.ms : undefined));
  return spans.every((ms) => ms !== undefined) ? Math.max(...(spans as number[])) : undefined;
}

/** The page's own time in the call; each join has a session id of its own. */
const ownStays = ({ people }: CallState["history"]) =>
  [...people.people.values()]
    .filter(({ participant }) => participant.local)
    .flatMap(({ stays }) => stays);

/** The first, because a later one would change what was already shown. */
const firstOf = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};
