import { callLabel, type CallSummary } from "../store/call-list";
import type { Store } from "../store/store";

/** Chooses whose traffic is shown: one call of the tab, or all. */
export function CallSelect({ store }: { store: Store }) {
  const { calls, filter } = store;
  const choose = (callId: string) =>
    void (filter.value = { ...filter.value, callId: callId === "" ? undefined : callId });
  const [first] = calls.value;
  const isLive = store.isLive.value;
  const text = (call: CallSummary) => callLabel(calls.value, call, isLive ? "label" : "name");

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
      {calls.value.map((call) => (
        <option key={call.callId} value={call.callId}>
          {text(call)}
        </option>
      ))}
    </select>
  );
}
