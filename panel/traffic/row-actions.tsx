import { useState } from "preact/hooks";

import type { CallState } from "../../core/session/call-state";
import { actionsOf } from "./entry-actions";
import { resendOf } from "../../core/session/resend";
import type { Entry } from "../../core/session/session-log";
import type { TrafficStore } from "./traffic-store";
import { runEntryAction } from "./run-entry-action";

/** What can be done with an entry. The menu of its row has the same. */
export function EntryActions({
  store,
  entry,
  call,
}: {
  store: TrafficStore;
  entry: Entry;
  call: CallState;
}) {
  const [said, say] = useState<string | undefined>(undefined);
  const actions = actionsOf(entry, call, store.commands.whyNot);
  const resend = resendOf(entry.event);
  if (actions.length === 0) return null;

  return (
    <p class="actions">
      {actions.map((action) => (
        <button
          key={action.label}
          type="button"
          class="link-button"
          disabled={action.whyNot !== undefined}
          title={action.whyNot ?? action.title}
          onClick={() => void runEntryAction(store, call, action).then((it) => say(it?.text))}
        >
          {action.label}
        </button>
      ))}
      {resend && !resend.ok && <span class="is-warning">{resend.reason}</span>}
      {said && <span role="status"> {said}</span>}
    </p>
  );
}
