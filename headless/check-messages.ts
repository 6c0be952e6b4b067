import { howMany } from "../core/lib/texts";
import type { Entry } from "../core/session/session-log";
import type { TimesExpectation } from "./api";
import { describeDelivery, describeFinding, describeRow, whomText } from "./describe";
import { expectationText, isOnSide, missOf, type Side } from "./expected-message";
import { deliveryLines, findingLines, rowLine, section } from "./failure-text";
import { createFindingsTest } from "./findings-test";
import type { Check, Where } from "./subject";
import { createTally } from "./tally";
import { internalsOf } from "./daily";

const MAX_SHOWN = 3;

/** That a message was sent or received, so many times. */
export function checkMessages(side: Side, where: Where, expected: TimesExpectation): Check {
  const { watched, at } = where;
  const { log, scene } = watched;
  const { times } = expected;
  const tally = createTally(log, (entry) =>
    isOnSide(entry, side) && where.isHere(entry) ? missOf(entry, expected, scene) : undefined,
  );
  const isMet = (isFinal?: boolean): boolean => {
    const { length } = tally(isFinal).fitting;
    return times === undefined ? length > 0 : length === times;
  };

  return {
    isMet,
    isExact: times !== undefined,
    isHopeless: () => times !== undefined && tally().fitting.length > times,
    explain(isNot) {
      const { fitting, nearest, seen } = tally();
      const whose = at ? `${whomText(at, scene)} to have ${side}` : `${side},`;
      const often = times === undefined ? "" : `, ${howMany(times, "time")}`;
      const not = isNot ? "not " : "";
      const parts = [
        section("Expected:", [`${not}${whose} ${expectationText(expected, scene)}${often}`]),
      ];
      if (fitting.length > 0)
        parts.push(section(`It was ${side} ${howMany(fitting.length, "time")}:`, linesOf(fitting)));
      if (isNot) return parts.join("\n\n");
      if (fitting.length === 0) {
        const rest = seen === 0 ? "no message" : `${howMany(seen, "message")}, none like it`;
        parts.push(section(side === "sent" ? "Sent:" : "Received:", [rest]));
      }
      if (nearest && fitting.length === 0)
        parts.push(
          section("Nearest:", [
            ...linesOf([nearest.entry]),
            ...nearest.misses.map((miss) => `  ${miss}`),
          ]),
        );
      if (side === "received" && fitting.length === 0) parts.push(...sentInstead());
      const found = findingsOf(nearest && fitting.length === 0 ? [nearest.entry] : fitting);
      if (found.length > 0) parts.push(section("Findings about it:", ["", ...found].slice(1)));
      return parts.join("\n\n");
    },
  };

  function linesOf(entries: readonly Entry[]): string[] {
    const lines = entries.slice(0, MAX_SHOWN).flatMap((entry) => {
      const row = describeRow(entry, scene);
      return row ? [rowLine(row)] : [];
    });
    const more = entries.length - MAX_SHOWN;
    return more > 0 ? [...lines, `and ${more} more`] : lines;
  }

  /** What of it was sent, and what became of that. */
  function sentInstead(): string[] {
    const { to, ...sent } = expected;
    const recipient = to ?? at;
    const missesOf = (entry: Entry) =>
      isOnSide(entry, "sent") ? missOf(entry, sent, scene) : undefined;
    const { fitting, nearest } = createTally(log, missesOf)();
    const entry = fitting.at(-1) ?? nearest?.entry;
    if (!entry || (fitting.length === 0 && (nearest?.misses.length ?? 0) > 1))
      return [section("Sent:", ["no message like it was sent by a page that is in view"])];
    const { receptions = [] } = watched.outcomeOf(entry) ?? {};
    const delivery = describeDelivery(entry, receptions, scene);
    if (!delivery) return [];
    const fates = fitting.length > 0 ? deliveryLines(delivery) : (nearest?.misses ?? []);
    const found = findingsOf([entry]);
    return [
      section(recipient === undefined || fitting.length === 0 ? "Sent:" : "It was sent:", [
        rowLine(delivery.message),
        ...fates.map((fate) => `  ${fate}`),
      ]),
      ...(found.length > 0 ? [section("Findings about it:", found)] : []),
    ];
  }

  function findingsOf(entries: readonly Entry[]): string[] {
    const ids = new Set(
      entries.flatMap(({ event }) => watched.judge.findingsOf(event.callId, event.seq)),
    );
    const isWanted = createFindingsTest({ level: "warning" }, internalsOf(where.daily).muted);
    return watched.judge
      .findings()
      .filter((finding) => ids.has(finding.id) && isWanted(finding))
      .flatMap((finding) => findingLines(describeFinding(finding, scene)));
  }
}
