import type { DataChannel } from "../../core/daily/limits";
import type { DraftKind } from "../session/draft";
import { Roving } from "../ui/roving";

type SendKind = {
  readonly kind: DraftKind;
  readonly label: string;
  readonly channel: DataChannel;
  /** What the button says. */
  readonly verb: string;
  readonly title: string;
};

const SEND_KINDS: readonly SendKind[] = [
  {
    kind: "send-app-message",
    label: "App message",
    channel: "app-message",
    verb: "Send",
    title: "call.sendAppMessage()",
  },
  {
    kind: "set-user-data",
    label: "User data",
    channel: "user-data",
    verb: "Set",
    title: "call.setUserData(): replaces all your user data",
  },
  {
    kind: "set-meeting-session-data",
    label: "Session data",
    channel: "session-data",
    verb: "Set",
    title: "call.setMeetingSessionData()",
  },
  {
    kind: "receive-app-message",
    label: "Simulate incoming",
    channel: "app-message",
    verb: "Simulate",
    title: "Hands this page a made-up message; nothing is sent",
  },
];

export const sendKindOf = (kind: DraftKind): SendKind =>
  SEND_KINDS.find((each) => each.kind === kind) as SendKind;

/** Chooses what to send. */
export function SendKinds({
  kind,
  onChoose,
}: {
  kind: DraftKind;
  onChoose: (kind: DraftKind) => void;
}) {
  return (
    <Roving class="toggles send__kinds" role="group" label="What to send">
      {SEND_KINDS.map(({ kind: each, label, title, channel }) => (
        <button
          key={each}
          type="button"
          class={`toggle channel--${channel}`}
          aria-pressed={each === kind}
          title={title}
          onClick={() => onChoose(each)}
        >
          {label}
        </button>
      ))}
    </Roving>
  );
}
