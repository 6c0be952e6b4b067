import { batch } from "@preact/signals";

import { evidenceOf, type Finding, tellOf } from "../../core/rules/finding";
import type { StackFrame } from "../../core/lib/stack";
import { callName } from "../../core/session/call-list";
import { personOf } from "../../core/session/people";
import type { FindingsStore } from "./findings-store";
import { formatTime } from "../ui/format";
import { initiatorPlace, type OpenSource, SourceLink } from "../ui/stack-view";

type Props = {
  store: FindingsStore;
  finding: Finding;
  isSeveralCalls: boolean;
  onOpenSource: OpenSource;
};

/** What happened, in numbers, and the events that show it. */
export function FindingLine({ store, finding, isSeveralCalls, onOpenSource }: Props) {
  const { callId, rule, paths, firstAt, lastAt, type } = finding;
  const call = store.freshCall(callId);
  const { mutes, look } = store.findings;
  const isMuted = mutes.isMuted(rule.id, type);
  const isRuleMuted = mutes.isMuted(rule.id, undefined);
  const told = tellOf(finding, (id) => personOf(call, id).label);
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
        {type !== undefined && !isMuted && (
          <button
            type="button"
            class="link-button finding__mute"
            title={`Hide this for messages of type ${type}`}
            onClick={() => mutes.mute({ ruleId: rule.id, type })}
          >
            Mute this type
          </button>
        )}
        {type !== undefined && isMuted && !isRuleMuted && (
          <button
            type="button"
            class="link-button finding__mute"
            title={`Show this again for messages of type ${type}`}
            onClick={() => mutes.unmute({ ruleId: rule.id, type })}
          >
            Unmute this type
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
    <button
      type="button"
      class="link-button"
      disabled={!isThere}
      title={isThere ? "Show this event in Traffic" : "This event was removed from the log"}
      onClick={show}
    >
      #{seq}
    </button>
  );
}
