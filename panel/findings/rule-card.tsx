import { useEffect, useRef, useState } from "preact/hooks";

import { evidenceOf, type Finding } from "../../core/rules/finding";
import type { Rule } from "../../core/rules/rule";
import { setOpen } from "./findings-look";
import type { FindingsStore } from "./findings-store";
import { copyText, NOT_COPIED } from "../ui/copy-text";
import { FindingLine } from "./finding-line";
import { plural } from "../ui/format";
import { Icon } from "../ui/icons";
import type { OpenSource } from "../ui/stack-view";

type Props = {
  store: FindingsStore;
  rule: Rule;
  findings: readonly Finding[];
  isSeveralCalls: boolean;
  onOpenSource: OpenSource;
};

/** So many findings of one rule are read; the others are there when asked for. */
const SHOWN = 4;
const LEVELS = { error: "Error", warning: "Warning", info: "Hint" } as const;

/** One rule with what it found; why it matters and what to do when opened. */
export function RuleCard({ store, rule, findings, isSeveralCalls, onOpenSource }: Props) {
  const { look, mutes } = store.findings;
  const { openRules, wholeRules } = look;
  const isChosen = findings.some(({ id }) => id === look.chosen.value);
  const isOpen = openRules.value.has(rule.id);
  const isMuted = findings.every(({ subject }) => mutes.isMuted(rule.id, subject.type));
  const card = useRef<HTMLElement>(null);
  const bodyId = `rule-${rule.id}`;

  useEffect(() => {
    if (!isChosen || !look.isArriving) return;
    look.isArriving = false;
    card.current?.scrollIntoView({ block: "nearest" });
    card.current?.querySelector<HTMLElement>("button")?.focus();
  }, [look.chosen.value]);

  const shown = wholeRules.value.has(rule.id) ? findings : findings.slice(0, SHOWN);
  return (
    <section
      ref={card}
      class={`rule rule--${isMuted ? "muted" : rule.level}`}
      aria-label={rule.title}
    >
      <h2>
        <button
          type="button"
          class="rule__head"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          title={isOpen ? "Hide the explanation" : "Why it matters, and what to do"}
          onClick={() => setOpen(openRules, rule.id, !isOpen)}
        >
          <Icon name={isOpen ? "open" : "closed"} />
          <span class="rule__level">{isMuted ? "Muted" : LEVELS[rule.level]}</span>
          <span class="rule__title">{rule.title}</span>
        </button>
      </h2>
      <ul class="rule__findings">
        {shown.map((finding) => (
          <FindingLine
            key={finding.id}
            store={store}
            finding={finding}
            isSeveralCalls={isSeveralCalls}
            onOpenSource={onOpenSource}
          />
        ))}
      </ul>
      {findings.length > shown.length && (
        <button
          type="button"
          class="link-button rule__more"
          title="Show all findings of this rule"
          onClick={() => setOpen(wholeRules, rule.id, true)}
        >
          {plural(findings.length - shown.length, "more finding")}
        </button>
      )}
      <div id={bodyId} class="rule__body" hidden={!isOpen}>
        {isOpen && <Explanation store={store} rule={rule} findings={findings} />}
      </div>
    </section>
  );
}

function Explanation({ store, rule, findings }: Omit<Props, "isSeveralCalls" | "onOpenSource">) {
  const own = rewritten(store, rule, findings[0]);
  const { mutes } = store.findings;
  const { id, why, advice, code, docs } = rule;
  const isMuted = mutes.isMuted(id, undefined);
  return (
    <>
      <h3>Why it matters</h3>
      <p>{withCode(why)}</p>
      <h3>What to do</h3>
      <p>{withCode(advice)}</p>
      {code !== undefined && <CodeToCopy code={code} />}
      {own !== undefined && (
        <>
          <h3>Your call, rewritten</h3>
          <CodeToCopy code={own} />
        </>
      )}
      <p class="rule__foot">
        <a href={docs} target="_blank" rel="noreferrer" title={`Opens ${docs} in a new tab`}>
          Learn more
        </a>
        <button
          type="button"
          class="link-button"
          title={isMuted ? "Show findings of this rule again" : "Hide findings of this rule"}
          onClick={() => (isMuted ? mutes.unmute({ ruleId: id }) : mutes.mute({ ruleId: id }))}
        >
          {isMuted ? "Unmute rule" : "Mute rule"}
        </button>
        <code class="rule__id">{id}</code>
      </p>
    </>
  );
}

/** More is no example any more. */
const MAX_REWRITTEN = 2_000;

/** The first call that shows a finding, as the rule would have it. */
function rewritten(store: FindingsStore, { rewrite }: Rule, finding: Finding | undefined) {
  if (!rewrite || !finding) return undefined;
  for (const seq of evidenceOf(finding)) {
    const event = store.session.value.find(finding.callId, seq)?.event;
    if (event?.kind !== "method-called" || event.payload.problem) continue;
    const { json } = event.payload;
    return json.length > MAX_REWRITTEN ? undefined : rewrite(json, event.to);
  }
  return undefined;
}

/** What stands between backticks as code. */
const withCode = (text: string) =>
  text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));

function CodeToCopy({ code }: { code: string }) {
  const [said, say] = useState("");
  return (
    <div class="rule__code">
      <pre>
        <code>{code}</code>
      </pre>
      <button
        type="button"
        class="tool"
        aria-label="Copy code"
        title="Copy code"
        onClick={async () => say((await copyText(code)) ? "Copied." : NOT_COPIED)}
      >
        <Icon name="copy" />
      </button>
      <span role="status">{said}</span>
    </div>
  );
}
