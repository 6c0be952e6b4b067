import { lazy, Suspense } from "preact/compat";
import { useState } from "preact/hooks";

import { toPayload } from "../../extension/protocol/payload";
import { prettyJson } from "../domain/json-depth";
import { budgetOf, type DataChannel } from "../domain/limits";
import { actionOf } from "../store/draft-action";
import type { Draft, DraftKind } from "../store/drafts";
import type { Snippets } from "../store/snippets";
import type { Store } from "../store/store";
import { EmptyState } from "./empty-state";
import { formatCount } from "./format";
import { SendOptions } from "./send-options";
import { SentCommands } from "./sent-commands";
import { SessionPreview } from "./session-preview";
import { SizeMeter } from "./size-meter";
import { SnippetBar } from "./snippet-bar";
import { SplitPane } from "./split-pane";

const JsonEditor = lazy(() => import("./json-editor"));

const KINDS: readonly {
  kind: DraftKind;
  label: string;
  channel: DataChannel;
  verb: string;
  title: string;
}[] = [
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
    title: "call.setUserData(): your own, nobody else's",
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
    label: "Receive as if",
    channel: "app-message",
    verb: "Simulate",
    title: "Hands the app a message that nobody sent; it stays in this page",
  },
];

/** Where something is written for the call to send. Only the button, or Ctrl+Enter, sends it. */
export function SendView({
  store,
  snippets,
  onReload,
}: {
  store: Store;
  snippets: Snippets;
  onReload: () => void;
}) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const call = store.shownCall();
  if (!call) return <EmptyState store={store} onReload={onReload} />;
  const kind = store.draftKind.value;
  const { channel, verb } = KINDS.find((each) => each.kind === kind) as (typeof KINDS)[number];
  const draft = store.drafts[kind].value;
  const change = (part: Partial<Draft>) => {
    setProblem(undefined);
    store.drafts[kind].value = { ...store.drafts[kind].value, ...part };
  };
  const replaceText = (text: string, part: Partial<Draft> = {}) =>
    change({ ...part, text, revision: draft.revision + 1 });
  const ready = actionOf(kind, draft, call.history);
  const blocked = store.commands.whyNot(kind, call);
  const payload = ready.ok ? toPayload(JSON.parse(ready.json)) : undefined;
  const maxChars = channel === "app-message" ? call.maxAppMessageSize : undefined;
  const repeating = store.commands.repeating.value;
  const ended = store.commands.ended.value;

  function submit(): void {
    const now = store.shownCall();
    const latest = store.drafts[kind].value;
    const asked = actionOf(kind, latest, now?.history);
    if (!asked.ok) setProblem(asked.reason);
    else setProblem(store.commands.repeat(now, asked.action, latest.times, latest.everyMs));
  }

  return (
    <SplitPane
      id="send"
      main={
        <div class="send">
          <div class="toggles" role="group" aria-label="What to send">
            {KINDS.map(({ kind: each, label, title, channel: of }) => (
              <button
                key={each}
                type="button"
                class={`toggle channel--${of}`}
                aria-pressed={each === kind}
                title={title}
                onClick={() => {
                  setProblem(undefined);
                  store.draftKind.value = each;
                }}
              >
                {label}
              </button>
            ))}
          </div>
          <SendOptions kind={kind} draft={draft} call={call} onChange={change} />
          <SnippetBar
            snippets={snippets}
            kind={kind}
            text={draft.text}
            onChoose={(text) => replaceText(text, { base: undefined, isRaw: false })}
          />
          <Suspense fallback={<p class="problem">Loading the editor…</p>}>
            <JsonEditor
              label={`${kind} payload`}
              value={draft.text}
              revision={draft.revision}
              isJson={!draft.isRaw}
              onChange={(text) => change({ text })}
              onSubmit={submit}
              onTooLong={(length) =>
                setProblem(
                  `That would be ${formatCount(length)} characters: too long to send, so it was left out. Your text is as it was.`,
                )
              }
            />
          </Suspense>
          <div class="send__foot">
            {payload && (
              <SizeMeter
                channel={channel}
                payload={payload}
                budget={budgetOf(channel, payload, maxChars)}
              />
            )}
            {!draft.isRaw && (
              <button
                type="button"
                class="link-button"
                disabled={!ready.ok}
                onClick={() => replaceText(prettyJson(draft.text))}
              >
                Format
              </button>
            )}
            {kind === "set-user-data" && (
              <button
                type="button"
                class="link-button"
                title="call.setUserData(undefined)"
                disabled={blocked !== undefined}
                onClick={() => setProblem(store.commands.send(call, { kind, json: null }))}
              >
                Clear user data
              </button>
            )}
            <span class="toolbar__gap" />
            {repeating ? (
              <button type="button" class="button" onClick={() => store.commands.stop()}>
                Stop ({repeating.done} of {repeating.times})
              </button>
            ) : (
              <button
                type="button"
                class="button button--main"
                disabled={blocked !== undefined || !ready.ok}
                title="Ctrl+Enter"
                onClick={submit}
              >
                {verb}
              </button>
            )}
          </div>
          <p class={(blocked ?? problem) ? "is-warning" : "problem"} role="status">
            {blocked ?? problem ?? ended ?? (ready.ok ? "" : ready.reason)}
          </p>
        </div>
      }
      side={
        <div class="room__column">
          {kind === "set-meeting-session-data" && (
            <SessionPreview draft={draft} ready={ready} history={call.history} onChange={change} />
          )}
          <SentCommands store={store} call={call} />
        </div>
      }
    />
  );
}
