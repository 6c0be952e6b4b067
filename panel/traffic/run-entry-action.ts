import type { EntryAction } from "./entry-actions";
import type { CallState } from "../../core/session/call-state";
import type { TrafficStore } from "./traffic-store";
import { copyText, NOT_COPIED } from "../ui/copy-text";

/** Answers what to say of it, and whether it went wrong; undefined where it shows by itself. */
export async function runEntryAction(
  store: TrafficStore,
  call: CallState | undefined,
  action: EntryAction,
): Promise<{ readonly text: string; readonly isProblem: boolean } | undefined> {
  switch (action.kind) {
    case "resend": {
      if (!action.command) return undefined;
      const sent = store.commands.send(call, action.command);
      return { text: sent.ok ? "Sent again." : sent.reason, isProblem: !sent.ok };
    }
    case "compose":
      store.compose(...action.draft, call?.callId);
      return undefined;
    case "copy":
      return (await copyText(action.text))
        ? { text: `Copied as ${action.name}.`, isProblem: false }
        : { text: NOT_COPIED, isProblem: true };
  }
}
