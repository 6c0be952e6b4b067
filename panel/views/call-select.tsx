import type { Store } from "../store/store";

/** Chooses whose traffic is shown: one call of the tab, or all. */
export function CallSelect({ store }: { store: Store }) {
  const { calls, filter } = store;
  const choose = (callId: string) =>
    void (filter.value = { ...filter.value, callId: callId === "" ? undefined : callId });
  const [first] = calls.value;

  // One call needs no choice, only its name.
  if (calls.value.length < 2) {
    return (
      <span class="call" title={first?.label ?? "No Daily call seen on this page"}>
        {first && (
          <span class={`call__state call__state--${first.isLive ? first.status : "left"}`} />
        )}
        {first?.label ?? "No call"}
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
      {calls.value.map(({ callId, label }) => (
        <option key={callId} value={callId}>
          {label}
        </option>
      ))}
    </select>
  );
}
