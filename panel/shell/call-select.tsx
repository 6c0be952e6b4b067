import { callLabels } from "../../core/session/call-list";
import type { Store } from "./store";

/** More than this nobody looks through: the latest are listed. */
const MAX_LISTED = 200;

/** Chooses whose traffic is shown: one call of the tab, or all. */
export function CallSelect({ store }: { store: Store }) {
  const { calls, filter } = store;
  const choose = (callId: string) =>
    void (filter.value = { ...filter.value, callId: callId === "" ? undefined : callId });
  const [first] = calls.value;
  const isLive = store.isLive.value;
  const text = callLabels(calls.value, isLive ? "label" : "name");
  const listed = calls.value.slice(-MAX_LISTED);
  const chosen = calls.value.find(({ callId }) => callId === filter.value.callId);

  // One call needs no choice, only its name.
  if (calls.value.length < 2) {
    const state = isLive && first?.isLive ? first.status : "left";
    return (
      <span class="call" title={first ? text(first) : "No Daily call seen on this page"}>
        {first && <span class={`call__state call__state--${state}`} />}
        {first ? text(first) : "No call"}
      </span>
    );
  }
  return (
    <select
      class="call"
      aria-label="Call"
      title="Show the traffic of one call, or of all"
      value={filter.value.callId ?? ""}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      <option value="">All {calls.value.length} calls</option>
      {chosen && !listed.includes(chosen) && <option value={chosen.callId}>{text(chosen)}</option>}
      {listed.map((call) => (
        <option key={call.callId} value={call.callId}>
          {text(call)}
        </option>
      ))}
      {calls.value.length > MAX_LISTED && (
        <option disabled>and {calls.value.length - MAX_LISTED} earlier calls</option>
      )}
    </select>
  );
}
