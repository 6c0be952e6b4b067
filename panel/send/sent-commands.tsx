import { useState } from "preact/hooks";

import type { CommandAction } from "../../extension/protocol/command";
import { keyNames } from "../../core/lib/texts";
import type { CallState } from "../../core/session/call-state";
import type { SentCommand } from "../session/commands";
import { personOf, recipientsOf } from "../../core/session/people";
import { statusOf } from "../../core/session/row-status";
import { LinkButton } from "../ui/controls";
import { sendKindOf } from "./send-options";
import type { SendStore } from "./send-store";

const MAX_LISTED = 20;
/** Characters of a command that are put into its line. */
const MAX_SHOWN = 300;

/** What was sent from the panel, and what became of it. */
export function SentCommands({ store, call }: { store: SendStore; call: CallState }) {
  const sent = store.commands.sent.value.filter(({ callId }) => callId === call.callId);
  return (
    <section class="card" aria-label="Sent from the panel">
      <h2>Sent from this panel</h2>
      {sent.length === 0 && <p class="problem">Nothing yet.</p>}
      <ol class="log-list" reversed>
        {sent
          .slice(-MAX_LISTED)
          .reverse()
          .map((command) => (
            <Line
              key={command.run?.id ?? command.commandId}
              store={store}
              call={call}
              command={command}
            />
          ))}
      </ol>
    </section>
  );
}

function Line({
  store,
  call,
  command,
}: {
  store: SendStore;
  call: CallState;
  command: SentCommand;
}) {
  const [refusal, setRefusal] = useState<{ reason: string; standing: string } | undefined>();
  const outcome = store.outcomeOf(command.commandId);
  const statusNow = () => outcome && statusOf(outcome, call.history, store.now.value);
  const status = statusNow();
  const { action } = command;
  const isMessage = action.kind === "send-app-message" || action.kind === "receive-app-message";

  /** What a refusal holds for: once it is another, the refusal may not hold any more. */
  const standingNow = () => `${statusNow()?.label} ${store.undos.whyNot(command, call)}`;
  const isRefused = refusal !== undefined && refusal.standing === standingNow();

  const isUndone = store.undos.isUndone(command, call);

  function undo(): void {
    const result = store.undos.undo(command, call);
    setRefusal(result.ok ? undefined : { reason: result.reason, standing: standingNow() });
  }

  return (
    <li class="sent">
      <span class={`status status--${status?.level ?? "waiting"}`} title={status?.detail}>
        {status?.label ?? "on its way"}
      </span>
      <span class="log-list__what">
        {store.undos.isUndo(command) && <span class="badge sent__undo">undo</span>}
        {wordsFor(action, call)} {command.run && `× ${command.run.times} `}
        <code>{action.json?.slice(0, MAX_SHOWN) ?? "cleared"}</code>
        {deletionsOf(action)}
      </span>
      <span class="sent__actions">
        {isUndone && (
          <span class="sent__undone" title="What this changed was put back from this panel">
            Undone
          </span>
        )}
        {!isMessage && !isUndone && (
          <LinkButton
            title="Puts back what this changed, unless that has changed since. The rest stays as it is"
            onClick={undo}
          >
            Undo
          </LinkButton>
        )}
        {outcome && store.hasRow(outcome) && (
          <LinkButton
            title="Show the event in Traffic"
            onClick={() => store.showEvent(call.callId, outcome.event.seq)}
          >
            event
          </LinkButton>
        )}
      </span>
      {status?.level === "error" && <span class="sent__error">{status.detail}</span>}
      {isRefused && (
        <span class="sent__error" role="status">
          {refusal.reason}
        </span>
      )}
    </li>
  );
}

/** `deletes mine, bobs` */
function deletionsOf(action: CommandAction): string {
  if (action.kind !== "set-meeting-session-data" || action.keysToDelete.length === 0) return "";
  return ` deletes ${keyNames(action.keysToDelete)}`;
}

const MAX_NAMES = 3;

/** `App message → Bob` */
function wordsFor(action: CommandAction, call: CallState): string {
  const { label } = sendKindOf(action.kind);
  if (action.kind === "receive-app-message")
    return `${label} from ${personOf(call, action.fromId).label}`;
  if (action.kind !== "send-app-message") return label;
  const names = recipientsOf(call, action.to ?? undefined).map((each) => each.label);
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  return `${label} → ${names.slice(0, MAX_NAMES).join(", ")}${more}`;
}
