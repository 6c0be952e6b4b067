import { useState } from "preact/hooks";

import { ALL_RULES } from "../domain/rules/all-rules";
import type { Finding } from "../domain/rules/finding";
import type { Rule } from "../domain/rules/rule";
import type { Store } from "../store/store";
import { CallBudgets } from "./call-budgets";
import { ChannelGuide } from "./channel-guide";
import { EmptyState } from "./empty-state";
import { formatCount, plural } from "./format";
import { RuleCard } from "./rule-card";

/** What looks wrong in the session, and which channel is for what. */
export function FindingsView({ store, onReload }: { store: Store; onReload: () => void }) {
  const { current, open, mutes } = store.findings;
  const [isMutedShown, showMuted] = useState(false);
  const { findings, events, isComplete } = current.value;
  if (events === 0 && isComplete && store.counts.value.events === 0)
    return (
      <div class="findings">
        <EmptyState store={store} onReload={onReload} />
      </div>
    );

  const muted = findings.length - open.value.length;
  const shown = isMutedShown ? findings : open.value;
  const isSeveralCalls = new Set(findings.map(({ callId }) => callId)).size > 1;
  return (
    <div class="findings">
      <p class="findings__scope" role="status">
        {isComplete
          ? `${countOf(open.value)}: ${formatCount(ALL_RULES.length)} rules checked ${plural(events, "event")}.`
          : "Going through the log…"}
        {(muted > 0 || mutes.list.value.length > 0) && (
          <label class="check" title="Show what you have muted, to unmute it">
            <input
              type="checkbox"
              checked={isMutedShown}
              onChange={({ currentTarget }) => showMuted(currentTarget.checked)}
            />
            Show {formatCount(muted)} muted
          </label>
        )}
      </p>
      {open.value.length === 0 && isComplete && (
        <p class="findings__none">
          Nothing looks wrong so far. Only what this page sends and gets is seen: reading session
          data right after writing it, for one, does not show.
        </p>
      )}
      {byRule(shown).map(([rule, ofRule]) => (
        <RuleCard
          key={rule.id}
          store={store}
          rule={rule}
          findings={ofRule}
          isSeveralCalls={isSeveralCalls}
        />
      ))}
      <CallBudgets store={store} />
      <ChannelGuide store={store} />
    </div>
  );
}

function countOf(findings: readonly Finding[]): string {
  const hints = findings.filter(({ rule }) => rule.level === "info").length;
  const wrong = plural(findings.length - hints, "finding");
  return hints === 0 ? wrong : `${wrong} and ${plural(hints, "hint")}`;
}

function byRule(findings: readonly Finding[]): [Rule, Finding[]][] {
  const groups = new Map<Rule, Finding[]>();
  for (const finding of findings)
    groups.set(finding.rule, [...(groups.get(finding.rule) ?? []), finding]);
  return [...groups];
}
