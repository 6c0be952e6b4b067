import type { DataChannel } from "../../core/daily/limits";
import { prettyJson } from "../../core/lib/json";
import { roomAhead } from "../../core/daily/room-ahead";
import type { CallState } from "../../core/session/call-state";
import { ownEdit } from "../../core/session/own-user-data";
import { localPerson, tabOf } from "../../core/session/people";
import { LONGEST_EVERY_MS, MAX_TIMES, SHORTEST_EVERY_MS } from "../session/commands";
import type {
  Draft,
  DraftKind,
  MessageDraft,
  SessionDraft,
  SimulatedDraft,
} from "../session/draft";
import { formatCount } from "../ui/format";
import { LinkButton } from "../ui/controls";
import { Roving } from "../ui/roving";
import { isPristine } from "./drafts";
import { Recipients } from "./recipient-picker";
import { nameOf, othersOf } from "./recipients";

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

type Props<D extends Draft = Draft> = {
  draft: D;
  call: CallState;
  /** Changes options. */
  onChange: (part: Partial<D>) => void;
  /** Puts something in the place of the text. */
  onReplace: (part: Partial<D>) => void;
};

/** What else a command needs beside its text. */
export function SendOptions({ draft, ...others }: Props) {
  switch (draft.kind) {
    case "send-app-message":
      return (
        <>
          <Recipients draft={draft} {...others} />
          <Repeat draft={draft} {...others} />
        </>
      );
    case "receive-app-message":
      return <Sender draft={draft} {...others} />;
    case "set-meeting-session-data":
      return <Strategy draft={draft} {...others} />;
    case "set-user-data":
      return <OwnUserData {...others} />;
  }
}

function OwnUserData({ call, onReplace }: Omit<Props, "draft">) {
  const own = ownEdit(call.history);
  const whose = call.isOfSeat ? `${localPerson(call).name}’s` : "your";
  return (
    <p class="problem">
      Replaces all {whose} user data.
      {!call.isOfSeat && " You can’t set other participants’ data."}
      {call.status !== "joined" &&
        " This call is not joined: Daily keeps what is set for the next join."}{" "}
      <LinkButton
        title="Puts what is set now into the editor, so that the rest stays when you set it"
        disabled={own === undefined}
        onClick={() => own && onReplace(own)}
      >
        Edit {whose} user data
      </LinkButton>
    </p>
  );
}

function Repeat({ draft, onChange }: Pick<Props<MessageDraft>, "draft" | "onChange">) {
  const field = (name: "times" | "everyMs", min: number, max: number, step: number) => (
    <input
      class="field field--number"
      type="number"
      {...{ min, max, step }}
      title={`${formatCount(min)} to ${formatCount(max)}`}
      value={draft[name]}
      onInput={({ currentTarget }) => onChange({ [name]: Number(currentTarget.value) })}
    />
  );
  return (
    <p class="repeat">
      <label>Send {field("times", 1, MAX_TIMES, 1)} times,</label>{" "}
      <label>every {field("everyMs", SHORTEST_EVERY_MS, LONGEST_EVERY_MS, 50)} ms</label>
    </p>
  );
}

function Sender({ draft, call, onChange }: Props<SimulatedDraft>) {
  const listed = ["", "API", "someone-unknown", ...othersOf(call).map((each) => each.sessionId)];
  const isElsewhere = !listed.includes(draft.fromId);
  const isGone = call.history.people.people.has(draft.fromId);
  return (
    <p>
      <label>
        From{" "}
        <select
          class="field"
          aria-label="Sender"
          value={draft.fromId}
          onChange={({ currentTarget }) => onChange({ fromId: currentTarget.value })}
        >
          <option value="">choose…</option>
          {othersOf(call).map(({ sessionId }) => (
            <option key={sessionId} value={sessionId}>
              {nameOf(call, sessionId)}
            </option>
          ))}
          {isElsewhere && (
            <option value={draft.fromId}>
              {nameOf(call, draft.fromId)} ({isGone ? "left" : "not here"})
            </option>
          )}
          <option value="API">Server (REST API)</option>
          <option value="someone-unknown">someone unknown</option>
        </select>
      </label>{" "}
      <span class="problem">
        Only {call.isOfSeat ? tabOf(call) : "this page"} gets it; it is marked as simulated.
      </span>
    </p>
  );
}

const STRATEGIES = {
  "shallow-merge": "Replaces the given top-level keys; the others stay",
  replace: "Puts this in the place of everything that the room has",
} as const;

function Strategy({ draft, call, onChange, onReplace }: Props<SessionDraft>) {
  const { session } = call.history;
  const isKnown = session.versions.length > 0;
  /** All that the room has, as a text to start from. */
  function roomText() {
    const base = roomAhead(session);
    return { base, text: prettyJson(JSON.stringify(base)) };
  }
  function choose(mergeStrategy: SessionDraft["mergeStrategy"]): void {
    // A replace drops what it doesn't have, so it starts from what is there.
    if (mergeStrategy === "replace" && isPristine(draft) && isKnown)
      onReplace({ mergeStrategy, text: roomText().text });
    else onChange({ mergeStrategy });
  }
  return (
    <fieldset class="people-picker">
      <legend>How</legend>
      {(["shallow-merge", "replace"] as const).map((strategy) => (
        <label key={strategy} class="check" title={STRATEGIES[strategy]}>
          <input
            type="radio"
            name="strategy"
            checked={draft.mergeStrategy === strategy}
            onChange={() => choose(strategy)}
          />
          {strategy}
        </label>
      ))}
      <LinkButton
        title="Puts the room's data into the editor; only what you change in it is sent"
        disabled={!isKnown}
        onClick={() => onReplace({ ...roomText(), mergeStrategy: "shallow-merge" })}
      >
        Edit the room’s data
      </LinkButton>
      {draft.base !== undefined && (
        <LinkButton
          title="Sends all of the text as it stands, not only what you changed in it"
          onClick={() => onChange({ base: undefined })}
        >
          Write an update instead
        </LinkButton>
      )}
    </fieldset>
  );
}
