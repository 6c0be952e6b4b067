import type { CallState } from "../store/call-state";
import type { SentCommand } from "../store/commands";
import { statusOf } from "../store/row-status";
import type { Store } from "../store/store";
import { undoOf } from "../store/undo";
import { useState } from "preact/hooks";

const MAX_LISTED = 20;
/** Characters of a command that are put into its line. */
const MAX_SHOWN = 300;

/** What was sent from the panel, and what became of it. */
export function SentCommands({ store, call }: { store: Store; call: CallState }) {
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const sent = store.commands.sent.value.filter(({ callId }) => callId === call.callId);
  const last = sent.at(-1);

  function undo(command: SentCommand): void {
    const asked = undoOf(command, store.outcomeOf(command.commandId), call);
    setRefusal(asked.ok ? store.commands.send(call, asked.action) : asked.reason);
  }

  return (
    <section class="card" aria-label="Sent from the panel">
      <h2>
        Sent from here
        {last && (
          <button
            type="button"
            class="link-button"
            title="Puts back what was there before the last command"
            onClick={() => undo(last)}
          >
            Undo the last
          </button>
        )}
      </h2>
      {refusal && (
        <p class="is-warning" role="status">
          {refusal}
        </p>
      )}
      {sent.length === 0 && <p class="problem">Nothing yet.</p>}
      <ol class="versions" reversed>
        {sent
          .slice(-MAX_LISTED)
          .reverse()
          .map((command) => (
            <Line key={command.commandId} store={store} call={call} command={command} />
          ))}
      </ol>
    </section>
  );
}

function Line({ store, call, command }: { store: Store; call: CallState; command: SentCommand }) {
  const outcome = store.outcomeOf(command.commandId);
  const status = outcome && statusOf(outcome, call.history, store.now.value);
  const { action } = command;
  return (
    <li class="sent">
      <span class={`status status--${status?.level ?? "waiting"}`} title={status?.detail}>
        {status?.label ?? "on its way"}
      </span>
      <code class="versions__what">{action.json?.slice(0, MAX_SHOWN) ?? "cleared"}</code>
      {outcome && (
        <button
          type="button"
          class="link-button"
          onClick={() => store.showEvent(call.callId, outcome.event.seq)}
        >
          event
        </button>
      )}
      {status?.level === "error" && <span class="sent__error">{status.detail}</span>}
    </li>
  );
}
