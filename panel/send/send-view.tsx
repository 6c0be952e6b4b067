import { lazy, Suspense } from "preact/compat";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { Button, LinkButton } from "../ui/controls";
import { measure } from "../../extension/protocol/payload";
import { budgetOf } from "../../core/daily/limits";
import { roomAfter, whyTooFull } from "../../core/daily/room-ahead";
import { checkJson, formatJson } from "../../core/lib/json";
import type { CallState } from "../../core/session/call-state";
import { localPerson } from "../../core/session/people";
import { ownEdit, whyNothingToSet } from "../../core/session/own-user-data";
import type { Draft } from "../session/draft";
import { EmptyState } from "../ui/empty-state";
import { SizeMeter } from "../ui/size-meter";
import { SplitPane } from "../ui/split-pane";
import { actionOf, afterSending, type DraftAction, NOTHING_TO_SEND } from "./draft-action";
import { begun } from "./draft-conflicts";
import {
  backToTyped,
  changed,
  draftOf,
  isPlain,
  isPristine,
  jsonTextOf,
  replaced,
  whyNotEdit,
} from "./drafts";
import { doubtsAbout, recipientsIn } from "./recipients";
import { SendFrom } from "./send-from";
import { sendKindOf, SendKinds, SendOptions } from "./send-options";
import { LARGE_TEXT, SessionPreview, UserDataPreview, useSettled } from "./send-preview";
import type { SendScene } from "./send-target";
import type { SendStore } from "./send-store";
import { SentCommands } from "./sent-commands";
import { SnippetBar } from "./snippet-bar";
import type { Snippets } from "./snippets";
import "./send.css";

const JsonEditor = lazy(async () => ({ default: (await import("./json-editor")).JsonEditor }));

/** So long after the last change a large text is checked. */
const CHECK_AFTER_MS = 300;

/** How often, and how many milliseconds apart, where the draft does not say. */
const ONCE = { times: 1, everyMs: 0 } as const;

type Props = { store: SendStore; snippets: Snippets };

/** Where something is written for the call to send. Only the button, or Ctrl+Enter, sends it. */
export function SendView({ store, snippets }: Props) {
  useEffect(() => () => store.sendTarget.leave(), [store]);
  const scene = store.sendTarget.scene();
  if (!scene)
    return (
      <div class="columns">
        <EmptyState store={store} />
      </div>
    );
  return <SendForm store={store} snippets={snippets} {...scene} />;
}

function SendForm({ store, snippets, call, target }: Props & SendScene) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const kind = store.draftKind.value;
  const written = draftOf(store.drafts, kind);
  const draft = written.value;
  const isLarge = draft.text.length > LARGE_TEXT;
  const isChecked = useSettled(draft.text, isLarge ? CHECK_AFTER_MS : 0);
  const { versions, waiting } = call.history.session;
  const version = versions.at(-1);
  const queued = waiting.at(-1)?.waiting;
  const ready = useMemo(
    () => (isChecked ? actionOf(draft, call.history) : undefined),
    [isChecked, draft, version, queued, call.callId],
  );
  const tooFull = useMemo(
    () =>
      ready?.ok && ready.update
        ? whyTooFull(roomAfter(call.history.session, ready.update).budget)
        : undefined,
    // Asked again whenever the draft is checked again.
    [ready],
  );
  const blocked = store.commands.whyNot(kind, call);
  const whose = target.isOfSeat ? `${localPerson(call).name}’s` : undefined;
  const unchanged = ready?.ok ? whyNothingToSet(ready.action, call.history, whose) : undefined;
  // A set replaces all of it, so it starts from what is there: an empty one would take that away with one click.
  const own = kind === "set-user-data" && isPristine(draft) ? ownEdit(call.history) : undefined;
  useEffect(() => {
    if (own) put((before) => (isPristine(before) ? replaced(before, own) : before));
  }, [own?.text]);
  useOtherCall(call, store, () => setProblem(undefined));
  // What is in the way now is another thing: what was said of the one before would only hide it.
  const isRepeating = store.commands.repeating.value !== undefined;
  useEffect(() => setProblem(undefined), [blocked, isRepeating]);
  const hasSent = store.commands.sent.value.some(({ callId }) => callId === call.callId);

  /** Another draft in the place of this one, by what is there now. */
  function put(make: (draft: Draft) => Draft): void {
    setProblem(undefined);
    written.value = make(written.peek());
  }
  /** Takes over options and what was typed. */
  const change = (part: Partial<Draft>) =>
    put((before) => begun(changed(before, part), before, call.history));
  /** Puts something in the place of the text, unless it is too long. */
  function replace(part: Partial<Draft>): void {
    const obstacle = whyNotEdit(part.text?.length ?? 0);
    if (obstacle === undefined)
      put((before) => begun(replaced(before, part), before, call.history));
    else setProblem(obstacle);
  }

  function submit(): void {
    const now = store.sendTarget.current();
    const latest = written.peek();
    const through = store.freshCall(call.callId);
    const asked = actionOf(latest, through?.history);
    if (now?.callId !== call.callId) return;
    if (!asked.ok) return setProblem(asked.reason);
    const nothing = through && whyNothingToSet(asked.action, through.history, whose);
    if (nothing !== undefined) return setProblem(nothing);
    const { times, everyMs } = latest.kind === "send-app-message" ? latest : ONCE;
    const result = store.commands.repeat(through, asked.action, times, everyMs);
    if (!result.ok) return setProblem(result.reason);
    setProblem(undefined);
    written.value = afterSending(latest, asked, through?.history);
    store.sendTarget.seen();
  }

  const doubt =
    draft.kind === "send-app-message" ? doubtsAbout(call, recipientsIn(draft)) : undefined;
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
              <SendFrom target={target} sendTarget={store.sendTarget} />
              <SendKinds
                kind={kind}
                onChoose={(chosen) => {
                  setProblem(undefined);
                  store.draftKind.value = chosen;
                }}
              />
              <SendOptions draft={draft} call={call} onChange={change} onReplace={replace} />
              <SnippetBar snippets={snippets} draft={draft} onChoose={replace} />
            </div>
            <div class="send__text">
              {target.insteadOf !== undefined && (
                <p class="advice" role="status">
                  {target.insteadOf} is gone: this now goes through{" "}
                  {target.insteadOf === `The call ${target.label}`
                    ? "a new one of that name"
                    : target.label}
                  .{" "}
                  <LinkButton title="Closes this note" onClick={() => store.sendTarget.seen()}>
                    OK
                  </LinkButton>
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
                  isJson={!isPlain(draft)}
                  onChange={(text) => change({ text, isTyped: true })}
                  onSubmit={submit}
                  onTooLong={(length) => setProblem(whyNotEdit(length))}
                />
              </Suspense>
              <SendFoot
                {...{ store, call, target, draft, ready }}
                blocked={blocked ?? unchanged}
                onPut={put}
                onProblem={setProblem}
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
        (hasSent ||
          draft.kind === "set-meeting-session-data" ||
          draft.kind === "set-user-data") && (
          <div class="columns__one">
            {draft.kind === "set-user-data" && (
              <UserDataPreview draft={draft} ready={ready} history={call.history} whose={whose} />
            )}
            {draft.kind === "set-meeting-session-data" && (
              <SessionPreview
                draft={draft}
                ready={ready}
                history={call.history}
                onChange={change}
                onReplace={replace}
              />
            )}
            <SentCommands store={store} call={call} />
          </div>
        )
      }
    />
  );
}

/** Sent through another call now: user data that was put there to start from, and not changed, is that call's. */
function useOtherCall(call: CallState, { drafts }: SendStore, onOther: () => void): void {
  const before = useRef(call);
  useEffect(() => {
    const last = before.current;
    before.current = call;
    if (last.callId === call.callId) return;
    onOther();
    const draft = drafts["set-user-data"];
    const { isTyped, text } = draft.peek();
    if (!isTyped && text === ownEdit(last.history)?.text)
      draft.value = replaced(draft.peek(), ownEdit(call.history) ?? { text: "{}" });
  });
}

type FootProps = SendScene & {
  store: SendStore;
  draft: Draft;
  /** Undefined while it is still to be checked. */
  ready: DraftAction | undefined;
  blocked: string | undefined;
  /** Puts another draft in the place of this one. */
  onPut: (make: (draft: Draft) => Draft) => void;
  onProblem: (problem: string | undefined) => void;
  onSubmit: () => void;
};

/** How large it is, what can be done with the text, and the button that sends it, with the name of its call. */
function SendFoot(props: FootProps) {
  const { store, call, target, draft, ready, blocked, onPut, onProblem, onSubmit } = props;
  const { channel, verb } = sendKindOf(draft.kind);
  // A sender who is still to be chosen does not change the size.
  const checked = ready && checkJson(jsonTextOf(draft));
  const isJson = checked?.ok === true;
  const json = ready?.ok ? ready.json : isJson && JSON.stringify(checked.value);
  const payload = json ? { json, ...measure(json) } : undefined;
  const maxChars = channel === "app-message" ? call.maxAppMessageSize : undefined;
  const repeating = store.commands.repeating.value;

  function reformat(): void {
    const text = formatJson(draft.text);
    onPut((before) => ({ ...before, text, revision: before.revision + 1 }));
  }
  function clear(): void {
    const result = store.commands.send(call, { kind: "set-user-data", json: null });
    onProblem(result.ok ? undefined : result.reason);
  }

  return (
    <div class="send__foot">
      {payload && (
        <SizeMeter
          channel={channel}
          payload={payload}
          budget={budgetOf(channel, payload, maxChars)}
          hasLimit
        />
      )}
      {!isPlain(draft) && (
        <LinkButton
          title="Puts every key on its own line; what is sent stays the same"
          disabled={!isJson}
          onClick={reformat}
        >
          Format
        </LinkButton>
      )}
      {draft.kind === "set-user-data" && (
        <LinkButton
          title="call.setUserData(undefined). Undo is in Sent from this panel"
          disabled={blocked !== undefined}
          onClick={clear}
        >
          Clear user data
        </LinkButton>
      )}
      {draft.typed && (
        <LinkButton
          title="Something else took its place; nothing of it is lost until you send"
          onClick={() => onPut(backToTyped)}
        >
          Restore draft
        </LinkButton>
      )}
      <span class="send__go">
        <span
          class={`send__target ${target.isOfSeat ? "send__target--seat" : ""}`}
          title={
            target.isOfSeat
              ? `Through the call of another tab, ${target.label}. Choose another in Send from.`
              : `Through the call ${target.label}. Choose another in the toolbar.`
          }
        >
          through {target.label}
        </span>
        {repeating ? (
          <Button
            title={`Sends no more of: ${repeating.what}`}
            onClick={() => store.commands.stop()}
          >
            Stop {repeating.what} ({repeating.done} of {repeating.times})
          </Button>
        ) : (
          <button
            type="button"
            class="button button--main"
            disabled={blocked !== undefined || ready?.ok === false}
            title={`Ctrl+Enter, through ${target.label}`}
            onClick={onSubmit}
          >
            {verb}
          </button>
        )}
      </span>
    </div>
  );
}

type StatusLevel = "is-warning" | "is-error" | "problem";

/** The first of these that there is something to say about: there is one line. */
function statusOf(lines: readonly (readonly [StatusLevel, string | undefined])[]) {
  const [level, text = ""] = lines.find(([, each]) => each !== undefined) ?? ["problem"];
  return { level, text };
}
