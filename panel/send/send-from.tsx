import type { createSendTarget, SendTarget } from "./send-target";

type Props = {
  target: SendTarget;
  sendTarget: Pick<ReturnType<typeof createSendTarget>, "seats" | "sendFrom">;
};

/** Chooses whose call sends: the inspected page's, or that of another tab in the room. Nothing without such tabs. */
export function SendFrom({ target, sendTarget }: Props) {
  const seats = sendTarget.seats();
  if (seats.length === 0) return null;
  return (
    <label
      class="send__from"
      title="Whose call sends it. Another tab of this browser does it itself, as if its own page had called the method"
    >
      Send from{" "}
      <select
        class="field"
        aria-label="Send from"
        value={target.isOfSeat ? target.callId : ""}
        onChange={({ currentTarget }) => sendTarget.sendFrom(currentTarget.value || undefined)}
      >
        <option value="">This page</option>
        {seats.map(({ callId, label }) => (
          <option key={callId} value={callId}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
