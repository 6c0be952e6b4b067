import { durationText, howMany } from "../core/lib/texts";
import type { Outcome, Reception } from "../core/delivery/deliveries";
import type { Entry } from "../core/session/session-log";
import type { DeliveryExpectation } from "./api";
import { describeReception, describeRow } from "./describe";
import { expectationText, isOnSide, missOf } from "./expected-message";
import { rowLine, section } from "./failure-text";
import type { Check, Where } from "./subject";
import { createTally } from "./tally";

const MAX_SHOWN = 3;

/** That messages arrived, in time if that is asked for. */
export function checkDeliveries(where: Where, expected: DeliveryExpectation): Check {
  const { log, scene, outcomeOf } = where.watched;
  const { within = Infinity } = expected;
  const tally = createTally(log, (entry) =>
    isOnSide(entry, "sent") && where.isHere(entry) ? missOf(entry, expected, scene) : undefined,
  );
  const fittingNow = (isFinal?: boolean) => tally(isFinal).fitting;
  const isDelivered = (entry: Entry): boolean => isComplete(outcomeOf(entry), within);

  return {
    isMet(isFinal) {
      const fitting = fittingNow(isFinal);
      return fitting.length > 0 && fitting.every(isDelivered);
    },
    isHopeless: () =>
      fittingNow().some((entry) =>
        outcomeOf(entry)?.receptions.some(
          (each) => each.verdict.kind === "lost" || (each.latencyMs ?? 0) > within,
        ),
      ),
    explain(isNot) {
      const { fitting, nearest } = tally();
      const inTime = within === Infinity ? "" : ` within ${durationText(within)}`;
      const what = `${isNot ? "not " : ""}delivered${inTime}: ${expectationText(expected, scene)}`;
      const parts = [section("Expected:", [what])];
      if (fitting.length === 0) {
        parts.push(section("Sent:", ["no message like it"]));
        const row = nearest && describeRow(nearest.entry, scene);
        if (row)
          parts.push(
            section("Nearest:", [rowLine(row), ...nearest.misses.map((miss) => `  ${miss}`)]),
          );
        return parts.join("\n\n");
      }
      const shown = isNot ? fitting : fitting.filter((entry) => !isDelivered(entry));
      const count = `${shown.length} of ${howMany(fitting.length, "message")}`;
      parts.push(
        section(
          isNot ? "Sent:" : `Not delivered${inTime}: ${count}`,
          ["", ...lines(shown)].slice(1),
        ),
      );
      return parts.join("\n\n");
    },
  };

  function lines(entries: readonly Entry[]): string[] {
    const more = entries.length - MAX_SHOWN;
    return [
      ...entries.slice(0, MAX_SHOWN).flatMap((entry) => {
        const row = describeRow(entry, scene);
        const call = log.calls.get(entry.event.callId);
        const ends = outcomeOf(entry)?.receptions ?? [];
        if (!row) return [];
        if (ends.length === 0)
          return [rowLine(row), "  No one else was in its room in a page that is watched."];
        return [
          rowLine(row),
          ...ends.map((end) => {
            const { to, text } = describeReception(end, call);
            return `  ${isArrived(end, within) ? "✓" : "✗"} ${to}: ${text}`;
          }),
        ];
      }),
      ...(more > 0 ? [`and ${more} more`] : []),
    ];
  }
}

/** Whether it is for an end that could have got it, and that is in view. */
const counts = ({ verdict: { kind } }: Reception): boolean =>
  kind !== "not-in-view" && kind !== "joined-later" && kind !== "left";

function isArrived({ verdict, latencyMs = 0 }: Reception, within: number): boolean {
  if (verdict.kind === "of-equals") return verdict.arrived >= verdict.sent;
  return (verdict.kind === "received" || verdict.kind === "doubled") && latencyMs <= within;
}

function isComplete(outcome: Outcome | undefined, within: number): boolean {
  const ends = outcome?.receptions.filter(counts) ?? [];
  return ends.length > 0 && ends.every((end) => isArrived(end, within));
}
