import { batch } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";

import { LinkButton } from "../ui/controls";
import { initiatorPlace } from "../../core/lib/source-maps";
import type { StackFrame } from "../../core/lib/stack";
import { evidenceOf, type Finding } from "../../core/rules/finding";
import type { Rule } from "../../core/rules/rule";
import { findingAsTest } from "../../core/session/as-test";
import { callName } from "../../core/session/call-list";
import { personOf } from "../../core/session/people";
import { copyText, NOT_COPIED } from "../ui/copy-text";
import { formatTime, plural } from "../ui/format";
import { Icon } from "../ui/icons";
import { type OpenSource, SourceLink } from "../ui/stack-view";
import { setOpen } from "./findings-look";
import type { FindingsStore } from "./findings-store";

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

/** What happened, in numbers, and the events that show it. */
function FindingLine({
  store,
  finding,
  isSeveralCalls,
  onOpenSource,
}: Omit<Props, "rule" | "findings"> & { finding: Finding }) {
  const { callId, rule, paths, firstAt, lastAt, subject } = finding;
  const { type } = subject;
  const call = store.freshCall(callId);
  const { mutes, look } = store.findings;
  const isMuted = mutes.isMuted(rule.id, type);
  const isRuleMuted = mutes.isMuted(rule.id, undefined);
  const told = rule.tell(finding, (id) => personOf(call, id).label);
  const frame = lineOf(store, finding);
  const isPlaceTold = paths.every((path) => told.includes(path));
  return (
    <li
      class={`finding ${look.chosen.value === finding.id ? "finding--chosen" : ""} ${isMuted ? "finding--muted" : ""}`}
      data-finding={finding.id}
    >
      <p>
        {isSeveralCalls && (
          <span class="finding__call">{callName(store.calls.value, callId)}: </span>
        )}
        {told}
      </p>
      {!isPlaceTold && (
        <p class="finding__paths">
          At {paths.map((path, index) => [index > 0 && ", ", <code key={path}>{path}</code>])}
        </p>
      )}
      <p class="finding__evidence">
        <time title="When it was first and last seen">
          {firstAt === lastAt
            ? formatTime(firstAt)
            : `${formatTime(firstAt)} – ${formatTime(lastAt)}`}
        </time>
        {evidenceOf(finding).map((seq) => (
          <Evidence key={seq} store={store} finding={finding} seq={seq} />
        ))}
        {frame && <SourceLink store={store} frame={frame} onOpenSource={onOpenSource} />}
        {type !== undefined && !isRuleMuted && (
          <button
            type="button"
            class="link-button finding__mute"
            title={`${isMuted ? "Show this again" : "Hide this"} for messages of type ${type}`}
            onClick={() => (isMuted ? mutes.unmute : mutes.mute)({ ruleId: rule.id, type })}
          >
            {isMuted ? "Unmute this type" : "Mute this type"}
          </button>
        )}
      </p>
    </li>
  );
}

/** The line of the app that the first of its evidence came from, where one is known. */
function lineOf(store: FindingsStore, finding: Finding): StackFrame | undefined {
  for (const seq of evidenceOf(finding)) {
    const event = store.session.value.find(finding.callId, seq)?.event;
    const own = event && "stack" in event ? event.stack : undefined;
    const thrown = event?.kind === "daily-event" ? event.handlerError?.stack : undefined;
    const frame = initiatorPlace(store.sources, own ?? thrown ?? "")?.frame;
    if (frame) return frame;
  }
  return undefined;
}

function Evidence({
  store,
  finding,
  seq,
}: {
  store: FindingsStore;
  finding: Finding;
  seq: number;
}) {
  const { callId, id } = finding;
  const isThere = store.session.value.find(callId, seq) !== undefined;

  function show(): void {
    batch(() => {
      store.findings.look.chosen.value = id;
      store.showEvent(callId, seq);
    });
  }

  return (
    <LinkButton
      disabled={!isThere}
      title={isThere ? "Show this event in Traffic" : "This event was removed from the log"}
      onClick={show}
    >
      #{seq}
    </LinkButton>
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
        <LinkButton
          title={isMuted ? "Show findings of this rule again" : "Hide findings of this rule"}
          onClick={() => (isMuted ? mutes.unmute : mutes.mute)({ ruleId: id })}
        >
          {isMuted ? "Unmute rule" : "Mute rule"}
        </LinkButton>
        <CopyAsTest store={store} rule={rule} finding={findings[0]} />
        <code class="rule__id">{id}</code>
      </p>
    </>
  );
}

/** A test that fails for as long as the rule finds something. */
function CopyAsTest({
  store,
  rule: { id, title },
  finding,
}: {
  store: FindingsStore;
  rule: Rule;
  finding: Finding | undefined;
}) {
  const [said, say] = useState("");
  const call = store.session.value.callOf(finding?.callId ?? "");
  return (
    <>
      <LinkButton
        title="Copies a Playwright test that fails while this is found, with the package for CI"
        onClick={() =>
          void copyText(findingAsTest(id, title, call)).then((isDone) =>
            say(isDone ? "Copied." : NOT_COPIED),
          )
        }
      >
        Copy as test
      </LinkButton>
      <span role="status">{said}</span>
    </>
  );
}

/** More isn't an example. */
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
