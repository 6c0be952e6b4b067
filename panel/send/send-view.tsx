import { lazy, Suspense } from "preact/compat";
import { useEffect, useMemo, useState } from "preact/hooks";

import { actionOf, afterSending, NOTHING_TO_SEND } from "./draft-action";
import { begun } from "./draft-conflicts";
import { backToTyped, changed, isPristine, replaced, whyNotEdit } from "./drafts";
import type { Draft } from "../session/draft";
import { ownEdit, whyNothingToSet } from "../../core/session/own-user-data";
import { roomAfter, whyTooFull } from "../../core/daily/room-ahead";
import { doubtsAbout, recipientsIn } from "./recipients";
import type { SendScene } from "./send-target";
import type { Snippets } from "./snippets";
import type { Snippet } from "./snippets-file";
import type { SendStore } from "./send-store";
import { EmptyState } from "../ui/empty-state";
import { SendFoot } from "./send-foot";
import { SendKinds, sendKindOf } from "./send-kinds";
import { SendOptions } from "./send-options";
import { SentCommands } from "./sent-commands";
import { SessionPreview } from "./session-preview";
import { SnippetBar } from "./snippet-bar";
import { SplitPane } from "../ui/split-pane";
import { LARGE_TEXT, useSettled } from "./use-settled";
import { UserDataPreview } from "./user-data-preview";
import "./send.css";
import "./editor.css";

const JsonEditor = lazy(() => import("./json-editor"));

/** So long after the last change a large text is checked. */
const CHECK_AFTER_MS = 300;

type Props = { store: SendStore; snippets: Snippets };

/** Where something is written for the call to send. Only the button, or Ctrl+Enter, sends it. */
export function SendView({
  store,
  snippets,
  onReload,
}: Props & {
  onReload: () => void;
}) {
  useEffect(() => () => store.sendTarget.leave(), [store]);
  const scene = store.sendTarget.scene();
  if (!scene)
    return (
      <div class="room">
        <EmptyState store={store} onReload={onReload} />
      </div>
    );
  return <SendForm store={store} snippets={snippets} {...scene} />;
}

function SendForm({ store, snippets, call, target }: Props & SendScene) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const kind = store.draftKind.value;
  const draft = store.drafts[kind].value;
  const isLarge = draft.text.length > LARGE_TEXT;
  const isChecked = useSettled(draft.text, isLarge ? CHECK_AFTER_MS : 0);
  const { versions, waiting } = call.history.session;
  const version = versions.at(-1);
  const queued = waiting.at(-1)?.waiting;
  const ready = useMemo(
    () => (isChecked ? actionOf(kind, draft, call.history) : undefined),
    [isChecked, kind, draft, version, queued, call.callId],
  );
  const tooFull = useMemo(
    () =>
      ready?.ok && ready.update
        ? whyTooFull(roomAfter(call.history.session, ready.update).budget)
        : undefined,
    // Where it is asked anew, so is the answer.
    [ready],
  );
  const blocked = store.commands.whyNot(kind, call);
  const unchanged = ready?.ok ? whyNothingToSet(ready.action, call.history) : undefined;
  // A set replaces all of it, so it starts from what is there: an empty one would take that away with one click.
  const own = kind === "set-user-data" && isPristine(draft) ? ownEdit(call.history) : undefined;
  useEffect(() => {
    if (own) put((before) => (isPristine(before) ? replaced(before, own) : before));
  }, [own?.text]);
  // What is in the way now is another thing: what was said of the one before would only hide it.
  const isRepeating = store.commands.repeating.value !== undefined;
  useEffect(() => setProblem(undefined), [blocked, isRepeating]);
  const hasSent = store.commands.sent.value.some(({ callId }) => callId === call.callId);

  /** Takes over options and what was typed; with a revision, what takes the place of the text. */
  function change(part: Partial<Draft>): void {
    const before = store.drafts[kind].peek();
    const isReplaced = part.revision !== undefined;
    const obstacle = isReplaced ? whyNotEdit(part.text?.length ?? 0) : undefined;
    setProblem(obstacle);
    if (obstacle !== undefined) return;
    const next = isReplaced ? replaced(before, part) : changed(before, part);
    store.drafts[kind].value = begun(kind, next, before, call.history);
  }
  /** Another draft in the place of this one, by what is there now. */
  function put(make: (draft: Draft) => Draft): void {
    setProblem(undefined);
    store.drafts[kind].value = make(store.drafts[kind].peek());
  }
  const reformat = (text: string) =>
    put((before) => ({ ...before, text, revision: before.revision + 1 }));
  // One that says nothing of it must not drop the rest of the room because a replace was chosen before.
  const takeSnippet = ({ text, isRaw = false, mergeStrategy = "shallow-merge" }: Snippet) =>
    change({ text, revision: draft.revision + 1, base: undefined, isRaw, mergeStrategy });

  function submit(): void {
    const now = store.sendTarget.current();
    const latest = store.drafts[kind].peek();
    const through = store.freshCall(call.callId);
    const asked = actionOf(kind, latest, through?.history);
    if (now?.callId !== call.callId) return;
    if (!asked.ok) return setProblem(asked.reason);
    const nothing = through && whyNothingToSet(asked.action, through.history);
    if (nothing !== undefined) return setProblem(nothing);
    const refusal = store.commands.repeat(through, asked.action, latest.times, latest.everyMs);
    setProblem(refusal);
    if (refusal !== undefined) return;
    store.drafts[kind].value = afterSending(latest, asked, through?.history);
    store.sendTarget.seen();
  }

  const doubt = kind === "send-app-message" ? doubtsAbout(call, recipientsIn(draft)) : undefined;
  const reason = ready?.ok === false ? ready.reason : undefined;
  const status = statusOf([
    ["is-warning", blocked ?? problem],
    ["is-warning", ready?.ok === false ? undefined : store.sendAnswers.ended(kind)],
    ["is-error", store.sendAnswers.refusal(kind, call.callId)],
    [reason === NOTHING_TO_SEND ? "problem" : "is-error", reason],
    ["problem", ready ? undefined : "Checking…"],
    ["is-warning", tooFull],
    ["is-warning", doubt],
    ["problem", unchanged],
  ]);
  return (
    <SplitPane
      id="send"
      sizeBelow={34}
      main={
        <div class="send">
          <div class="send__body">
            <div class="send__options">
              <SendKinds
                kind={kind}
                onChoose={(chosen) => {
                  setProblem(undefined);
                  store.draftKind.value = chosen;
                }}
              />
              <SendOptions kind={kind} draft={draft} call={call} onChange={change} />
              <SnippetBar snippets={snippets} kind={kind} draft={draft} onChoose={takeSnippet} />
            </div>
            <div class="send__text">
              {target.insteadOf !== undefined && (
                <p class="advice" role="status">
                  The call {target.insteadOf} is gone: this now goes through{" "}
                  {target.label === target.insteadOf ? "a new one of that name" : target.label}.{" "}
                  <button
                    type="button"
                    class="link-button"
                    title="Closes this note"
                    onClick={() => store.sendTarget.seen()}
                  >
                    OK
                  </button>
                </p>
              )}
              <Suspense fallback={<p class="problem">Loading the editor…</p>}>
                <JsonEditor
                  id={kind}
                  label={`${sendKindOf(kind).label} to send`}
                  describedBy="send-status"
                  value={draft.text}
                  revision={draft.revision}
                  meaning={draft.meaning}
                  isJson={!draft.isRaw}
                  onChange={(text) => change({ text, isTyped: true })}
                  onSubmit={submit}
                  onTooLong={(length) => setProblem(whyNotEdit(length))}
                />
              </Suspense>
              <SendFoot
                store={store}
                call={call}
                target={target}
                kind={kind}
                draft={draft}
                ready={ready}
                blocked={blocked ?? unchanged}
                onText={reformat}
                onBack={() => put(backToTyped)}
                onClear={() =>
                  setProblem(store.commands.send(call, { kind: "set-user-data", json: null }))
                }
                onSubmit={submit}
              />
              <p id="send-status" class={`send__status ${status.level}`} role="status">
                {status.text}
              </p>
            </div>
          </div>
        </div>
      }
      side={
        (hasSent || kind === "set-meeting-session-data" || kind === "set-user-data") && (
          <div class="room__column">
            {kind === "set-user-data" && (
              <UserDataPreview draft={draft} ready={ready} history={call.history} />
            )}
            {kind === "set-meeting-session-data" && (
              <SessionPreview
                draft={draft}
                ready={ready}
                history={call.history}
                onChange={change}
              />
            )}
            <SentCommands store={store} call={call} />
          </div>
        )
      }
    />
  );
}

type StatusLevel = "is-warning" | "is-error" | "problem";

/** The first of these that there is something to say about: there is one line. */
function statusOf(lines: readonly (readonly [StatusLevel, string | undefined])[]) {
  const [level, text = ""] = lines.find(([, each]) => each !== undefined) ?? ["problem"];
  return { level, text };
}
