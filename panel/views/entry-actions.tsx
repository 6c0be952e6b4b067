import { useState } from "preact/hooks";

import type { CommandAction } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { parseJson } from "../../extension/protocol/payload";
import { prettyJson } from "../domain/json-depth";
import type { CallState } from "../store/call-state";
import { copyForms } from "../store/copy-as";
import type { Draft, DraftKind } from "../store/drafts";
import { resendOf } from "../store/resend";
import type { Entry } from "../store/session-log";
import type { Store } from "../store/store";
import { copyText } from "./copy-text";

/** What can be done with an entry: send it again, change it first, take it elsewhere. */
export function EntryActions({
  store,
  entry,
  call,
}: {
  store: Store;
  entry: Entry;
  call: CallState;
}) {
  const [said, say] = useState<string | undefined>(undefined);
  const resend = resendOf(entry.event);
  const action = resend?.ok ? resend.action : undefined;
  const draft = draftFor(entry.event, action);
  const notLikeIt = differencesOf(action);
  // A replace can drop what others wrote since: it goes through the preview.
  const isReplace =
    action?.kind === "set-meeting-session-data" && action.mergeStrategy === "replace";
  const forms = copyForms(entry, call.room);
  if (!resend && !draft && forms.length === 0) return null;

  async function copy(text: string, name: string): Promise<void> {
    say((await copyText(text)) ? `Copied as ${name}.` : "The browser did not let it be copied.");
  }

  return (
    <p class="actions">
      {action && !isReplace && (
        <button
          type="button"
          class="link-button"
          disabled={store.commands.whyNot(action.kind, call) !== undefined}
          title={
            store.commands.whyNot(action.kind, call) ??
            "Makes the call again, now, with the JSON of its data: what JSON cannot hold, such as undefined or a Map, is not in it"
          }
          onClick={() => say(store.commands.send(call, action) ?? "Sent again.")}
        >
          Resend
        </button>
      )}
      {draft && (
        <button
          type="button"
          class="link-button"
          title={`Opens it in Send; nothing is sent by that.${notLikeIt}`}
          onClick={() => store.compose(...draft, call.callId)}
        >
          Edit and resend
        </button>
      )}
      {forms.map(({ name, text }) => (
        <button
          key={name}
          type="button"
          class="link-button"
          title={COPY_TITLES[name]}
          onClick={() => void copy(text, name)}
        >
          Copy as {name}
        </button>
      ))}
      {resend && !resend.ok && <span class="is-warning">{resend.reason}</span>}
      {said && <span role="status"> {said}</span>}
    </p>
  );
}

const COPY_TITLES = {
  JSON: "The payload as JSON text",
  call: "JavaScript for the console, where `call` is the call object",
  curl: "A request to Daily’s REST API. The key is not in it: $DAILY_API_KEY stands for it",
} as const;

/** What Send has no place for. */
function differencesOf(action: CommandAction | undefined): string {
  if (action?.kind === "send-app-message" && action.to === null)
    return " It was addressed to null; there it is to everyone until you choose.";
  if (action?.kind !== "set-meeting-session-data" || action.keysToDelete.length === 0) return "";
  return ` It deleted ${action.keysToDelete.join(", ")}, too; that is left out there.`;
}

function draftFor(
  event: PageEvent,
  action: CommandAction | undefined,
): [DraftKind, Partial<Draft>] | undefined {
  if (event.kind === "daily-event" && event.name === "app-message" && !event.payload.problem) {
    return [
      "receive-app-message",
      { text: prettyJson(event.payload.json), fromId: event.fromId, isRaw: false },
    ];
  }
  if (!action || action.json === null) return undefined;
  const text = prettyJson(action.json);
  if (action.kind === "send-app-message") {
    const to = action.to === "*" || action.to === null ? [] : [action.to].flat();
    const plain = parseJson(action.json);
    const isRaw = plain.ok && typeof plain.value === "string";
    return [action.kind, { text: isRaw ? (plain.value as string) : text, to, toText: "", isRaw }];
  }
  if (action.kind === "set-meeting-session-data") {
    return [action.kind, { text, mergeStrategy: action.mergeStrategy, base: undefined }];
  }
  return [action.kind, { text }];
}
