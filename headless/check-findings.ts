import { howMany } from "../core/lib/texts";
import type { FindingsOptions } from "./api";
import { describeFinding } from "./describe";
import { findingLines, section } from "./failure-text";
import { createFindingsTest } from "./findings-test";
import type { Check, Where } from "./subject";
import { internalsOf } from "./daily";

/** That nothing was found. */
export function checkFindings(where: Where, options: FindingsOptions): Check {
  const { watched, daily } = where;
  const isWanted = createFindingsTest(options, internalsOf(daily).muted);
  const found = () =>
    watched.judge.findings().filter((finding) => isWanted(finding) && isHere(finding.callId));

  function isHere(callId: string): boolean {
    const entry = watched.log.ofCall.get(callId)?.[0];
    return entry !== undefined && where.isHere(entry);
  }

  return {
    holdsNow: true,
    canEnd: true,
    isMet: () => found().length === 0,
    explain(isNot) {
      const which = options.rules ? ` of ${options.rules.join(", ")}` : "";
      if (isNot) return section("Expected:", [`findings${which}, but there are none`]);
      const all = found();
      const lines = all.flatMap((each) => findingLines(describeFinding(each, watched.scene)));
      return [
        section("Expected:", [`no findings${which}`]),
        section(`Found: ${howMany(all.length, "finding")}`, lines),
      ].join("\n\n");
    },
  };
}
