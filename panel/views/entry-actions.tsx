import { useState } from "preact/hooks";

import type { CommandAction } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { prettyJson } from "../domain/json-depth";
import type { CallState } from "../store/call-state";
import { copyForms } from "../store/copy-as";
import type { Draft, DraftKind } from "../store/drafts";
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
  const action = actionFor(entry.event);
  const draft = draftFor(entry.event);
  // A replace can drop what others wrote since: it goes through the preview.
  const isReplace =
    action?.kind === "set-meeting-session-data" && action.mergeStrategy === "replace";
  const forms = copyForms(entry, call.room);
  if (!action && !draft && forms.length === 0) return null;

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
          title={store.commands.whyNot(action.kind, call) ?? "Sends the same again, now"}
          onClick={() => say(store.commands.send(call, action) ?? "Sent again.")}
        >
          Resend
        </button>
      )}
      {draft && (
        <button
          type="button"
          class="link-button"
          title="Opens it in Send; nothing is sent by that"
          onClick={() => store.compose(...draft)}
        >
          Edit and resend
        </button>
      )}
      {forms.map(({ name, text }) => (
        <button key={name} type="button" class="link-button" onClick={() => void copy(text, name)}>
          Copy as {name}
        </button>
      ))}
      {said && <span role="status"> {said}</span>}
    </p>
  );
}

function actionFor(event: PageEvent): CommandAction | undefined {
  if (event.kind !== "method-called" || event.payload.problem) return undefined;
  const { json } = event.payload;
  switch (event.method) {
    case "sendAppMessage":
      return { kind: "send-app-message", json, to: event.to ?? "*" };
    case "setUserData":
      return { kind: "set-user-data", json };
    case "setMeetingSessionData": {
      const { mergeStrategy } = event;
      // Anything else Daily refuses; sent again as one of these two it would not be the same.
      if (mergeStrategy !== "shallow-merge" && mergeStrategy !== "replace") return undefined;
      return {
        kind: "set-meeting-session-data",
        json,
        mergeStrategy,
        keysToDelete: event.keysToDelete ?? [],
      };
    }
  }
}

function draftFor(event: PageEvent): [DraftKind, Partial<Draft>] | undefined {
  const action = actionFor(event);
  if (event.kind === "daily-event" && event.name === "app-message" && !event.payload.problem) {
    return [
      "receive-app-message",
      { text: prettyJson(event.payload.json), fromId: event.fromId, isRaw: false },
    ];
  }
  if (!action || action.json === null) return undefined;
  const text = prettyJson(action.json);
  if (action.kind === "send-app-message") {
    const to = action.to === "*" ? [] : typeof action.to === "string" ? [action.to] : action.to;
    return [action.kind, { text, to, isRaw: false }];
  }
  if (action.kind === "set-meeting-session-data") {
    return [action.kind, { text, mergeStrategy: action.mergeStrategy, base: undefined }];
  }
  return [action.kind, { text }];
}
