import { evidenceOf, type Finding } from "../domain/rules/finding";
import { callName } from "../store/call-list";
import { personOf } from "../store/people";
import type { Store } from "../store/store";
import { formatClock, formatTime } from "./format";

type Props = { store: Store; finding: Finding; isSeveralCalls: boolean };

/** What happened, in numbers, and the events that show it. */
export function FindingLine({ store, finding, isSeveralCalls }: Props) {
  const { callId, rule, paths, firstAt, lastAt, type } = finding;
  const call = store.freshCall(callId);
  const isMuted = store.findings.mutes.isMuted(rule.id, type);
  const told = rule.tell(finding, (id) => personOf(call, id).label);
  const isPlaceTold = paths.every((path) => told.includes(path));
  return (
    <li
      class={`finding ${store.findings.chosen.value === finding.id ? "finding--chosen" : ""}`}
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
            : `${formatTime(firstAt)} – ${formatClock(lastAt)}`}
        </time>
        {evidenceOf(finding).map((seq) => (
          <Evidence key={seq} store={store} callId={callId} seq={seq} />
        ))}
        {type !== undefined && !isMuted && (
          <button
            type="button"
            class="link-button finding__mute"
            title={`Do not tell of this again for messages of type ${type}`}
            onClick={() => store.findings.mutes.mute({ ruleId: rule.id, type })}
          >
            Mute this type
          </button>
        )}
        {isMuted && (
          <button
            type="button"
            class="link-button finding__mute"
            title="Tell of this again"
            onClick={() => store.findings.mutes.unmute(rule.id, type)}
          >
            Unmute
          </button>
        )}
      </p>
    </li>
  );
}

function Evidence({ store, callId, seq }: { store: Store; callId: string; seq: number }) {
  const isThere = store.session.value.find(callId, seq) !== undefined;
  return (
    <button
      type="button"
      class="link-button"
      disabled={!isThere}
      title={isThere ? "Show this event in Traffic" : "The log has let go of this event"}
      onClick={() => void store.showEvent(callId, seq)}
    >
      #{seq}
    </button>
  );
}
