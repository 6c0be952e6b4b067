import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { LinkButton } from "../ui/controls";
import { ABOUT_RULES } from "../../core/rules/baseline-rules";
import type { Finding } from "../../core/rules/finding";
import type { Rule } from "../../core/rules/rule";
import type { Mutes } from "./mutes";
import type { FindingsStore } from "./findings-store";
import { CallBudgets, ChannelGuide } from "./channel-guide";
import { EmptyState } from "../ui/empty-state";
import { formatCount, plural } from "../ui/format";
import { RuleCard } from "./rule-card";
import type { OpenSource } from "../ui/stack-view";
import "./findings.css";

type Props = {
  store: FindingsStore;
  onOpenSource: OpenSource;
  /** What other features have found. */
  children?: ComponentChildren;
};

/** What looks wrong in the session, and which channel is for what. */
export function FindingsView({ store, onOpenSource, children }: Props) {
  const { current, open, mutes, look } = store.findings;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (list.current) list.current.scrollTop = look.scrollTop;
  }, []);
  const { findings, rules, events, isComplete } = current.value;
  if (events === 0 && isComplete && store.counts.value.events === 0)
    return (
      <div class="columns">
        <EmptyState store={store} />
      </div>
    );

  const isMutedShown = look.areMutedShown.value && mutes.list.value.length > 0;
  const shown = isMutedShown ? findings : open.value;
  const isSeveralCalls = new Set(findings.map(({ callId }) => callId)).size > 1;
  return (
    <div
      ref={list}
      class="findings"
      onScroll={({ currentTarget }) => void (look.scrollTop = currentTarget.scrollTop)}
    >
      <p class="findings__scope" role="status">
        {isComplete
          ? `${countOf(open.value)}: ${rulesText(rules, mutes)} checked ${plural(events, "event")}.`
          : "Going through the log…"}
        {mutes.list.value.length > 0 && (
          <label class="check" title="Show what you have muted, to unmute it">
            <input
              type="checkbox"
              checked={isMutedShown}
              onChange={({ currentTarget }) =>
                void (look.areMutedShown.value = currentTarget.checked)
              }
            />
            Show {formatCount(mutes.list.value.length)} muted
          </label>
        )}
      </p>
      {store.session.value.source?.isMasked && (
        <p class="findings__none">
          This recording is masked: rules that look for something in texts and numbers, such as
          tokens or the messages of a protocol, find nothing in placeholders.
        </p>
      )}
      {isMutedShown && <MutedList mutes={mutes} />}
      {open.value.length === 0 && isComplete && (
        <p class="findings__none">
          {findings.length > 0
            ? "No findings beyond the muted ones so far."
            : "No findings so far."}{" "}
          Only this page’s traffic is checked: reading session data right after writing it, for one,
          doesn’t show.
        </p>
      )}
      {byRule(shown).map(([rule, ofRule]) => (
        <RuleCard
          key={rule.id}
          store={store}
          onOpenSource={onOpenSource}
          rule={rule}
          findings={ofRule}
          isSeveralCalls={isSeveralCalls}
        />
      ))}
      {children}
      <CallBudgets store={store} />
      <ChannelGuide store={store} />
    </div>
  );
}

/** All that is muted, whether or not it found anything. */
function MutedList({ mutes }: { mutes: Mutes }) {
  return (
    <ul class="mutes" aria-label="Muted">
      {mutes.list.value.map((mute) => {
        const { ruleId, type } = mute;
        const title = ABOUT_RULES.find(({ id }) => id === ruleId)?.title ?? ruleId;
        const what = type === undefined ? title : `${title}, for type ${type}`;
        return (
          <li key={`${ruleId} ${type ?? ""}`}>
            {what}
            <LinkButton
              aria-label={`Unmute ${what}`}
              title="Tell of this again"
              onClick={() => mutes.unmute(mute)}
            >
              Unmute
            </LinkButton>
          </li>
        );
      })}
    </ul>
  );
}

function rulesText(rules: readonly Rule[], { isMuted }: Mutes): string {
  const muted = rules.filter(({ id }) => isMuted(id, undefined)).length;
  const all = plural(rules.length, "rule");
  return muted === 0 ? all : `${all} (${formatCount(muted)} muted)`;
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
