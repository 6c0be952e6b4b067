import { didYouMean } from "../core/lib/near-match";
import { RULE_IDS } from "../core/rules/baseline-rules";
import type { Finding } from "../core/rules/finding";
import type { FindingsOptions, Muted } from "./api";
import { RANK } from "../core/rules/judge";
import { plainError } from "./plain-error";

export const NOTHING_MUTED: Muted = { mutedRules: [], mutedTypes: [] };

/** Throws for an id that no rule has. */
export function checkRuleIds(ids: readonly string[]): void {
  for (const id of ids)
    if (!RULE_IDS.includes(id))
      throw plainError(`There is no rule ${id}.${didYouMean(id, RULE_IDS)}`);
}

/** A test for findings that count. Throws for an id that no rule has. */
export function createFindingsTest(
  { level = "info", rules, except = [] }: FindingsOptions,
  { mutedRules, mutedTypes }: Muted = NOTHING_MUTED,
): (finding: Finding) => boolean {
  checkRuleIds([...(rules ?? []), ...except, ...mutedRules]);
  return ({ rule, subject }) =>
    RANK[rule.level] <= RANK[level] &&
    (rules?.includes(rule.id) ?? true) &&
    !except.includes(rule.id) &&
    !mutedRules.includes(rule.id) &&
    (subject.type === undefined || !mutedTypes.includes(subject.type));
}
