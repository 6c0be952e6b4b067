import { createContract } from "../core/contract/contract";
import { createEnds } from "../core/delivery/ends";
import { howMany, visibleText } from "../core/lib/texts";
import { placeOf } from "../core/lib/slices";
import { baselineRules } from "../core/rules/baseline-rules";
import { createRuleEngine } from "../core/rules/rule-engine";
import { viewOf } from "../core/session/event-view";
import { internalsOf } from "./daily";
import { describeFinding } from "./describe";
import { findingLines, section } from "./failure-text";
import { createFindingsTest } from "./findings-test";
import type { ContractFile } from "./open-contract";
import type { Check, Where } from "./subject";

/** That what was sent and received is as a baseline has it, and that there was something. */
export function checkContract(where: Where, file: ContractFile, isNot: boolean): Check {
  const { log, scene, judge } = where.watched;
  const baseline = file.baseline?.contract ?? createContract();
  // A page by itself is asked about what it received, too, wherever it was sent.
  const ends = where.at ? undefined : createEnds(log, judge.deliveries);
  const engine = createRuleEngine(
    (callId) => log.calls.get(callId)?.history,
    baselineRules(baseline),
    ends,
  );
  const isWanted = createFindingsTest({}, internalsOf(where.daily).muted);
  let next = 0;
  let values = 0;

  function found() {
    const { entries } = log;
    for (const entry of entries.slice(placeOf(entries, next))) {
      next = entry.index + 1;
      if (!where.isHere(entry)) continue;
      const seen = engine.take(viewOf(entry, log.calls.get(entry.event.callId)));
      values += seen?.told().filter(({ value }) => !isEmpty(value)).length ?? 0;
    }
    return values === 0 ? [] : [...engine.findings.values()].filter(isWanted);
  }

  return {
    isExact: true,
    canEnd: true,
    isHopeless: () => found().length > 0,
    // Nothing to compare is no departure either.
    isMet: () => found().length === 0 && (isNot || values > 0),
    explain() {
      const all = found().sort((a, b) => a.firstAt - b.firstAt);
      const expected = section("Expected:", [expectedText(file, isNot)]);
      if (isNot)
        return `${expected}\n\n${section("Found:", [`none in ${howMany(values, "value")}`])}`;
      if (all.length === 0)
        return `${expected}\n\n${section("Found:", ["nothing that was sent or received"])}`;
      const lines = all.flatMap((each) => findingLines(describeFinding(each, scene)));
      return `${expected}\n\n${section(`Found: ${howMany(all.length, "departure")}`, lines)}`;
    },
  };
}

/** Whether anything of what was sent and received by now departs from a contract. */
export const departs = (where: Where, file: ContractFile): boolean =>
  !checkContract(where, file, true).isMet();

/** A room that no one has written to has `{}` as its session data, which says nothing of an app. */
const isEmpty = (value: unknown): boolean => JSON.stringify(value) === "{}";

function expectedText({ shownPath, baseline }: ContractFile, isNot: boolean): string {
  const types = baseline ? ` (${howMany(baseline.contract.types.size, "type")})` : "";
  return visibleText(isNot ? `departures from ${shownPath}` : `only what ${shownPath} has${types}`);
}
