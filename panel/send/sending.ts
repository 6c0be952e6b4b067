import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";

import type { CallHistory } from "../../core/session/call-history";
import { statusOf } from "../../core/session/row-status";
import type { Entry } from "../../core/session/session-log";
import type { Commands } from "../session/commands";
import type { Draft, DraftKind } from "../session/draft";
import type { SessionStore } from "../session/session-store";
import { begun } from "./draft-conflicts";
import { createDrafts, draftOf, type Drafts, KINDS, replaced, whyNotEdit } from "./drafts";
import { type DraftOwner, draftOwner } from "./kept-drafts";
import { createSendTarget } from "./send-target";

/** What the Send tab needs of the session, and what else it shows. */
type Needs = Pick<
  SessionStore,
  "calls" | "commands" | "filter" | "freshCall" | "isLive" | "live" | "now" | "outcomeOf"
>;

/** What is being written and sent, through the calls of the page's session: the drafts, their call, and what came back. */
export function createSending(needs: Needs) {
  const { live, commands, isLive, calls, filter, freshCall, now, outcomeOf } = needs;
  const drafts = createDrafts();
  /** What is being written in the Send tab. */
  const draftKind = signal<DraftKind>("send-app-message");
  const sendTarget = createSendTarget(calls, filter, drafts, freshCall, live.seats);
  const historyOf = (callId: string) => live.log.calls.get(callId)?.history;

  let lastOwner: DraftOwner | undefined;

  return {
    drafts,
    draftKind,
    sendTarget,
    sendAnswers: createSendAnswers(commands, drafts, { outcomeOf, historyOf, now }),

    /** Whose the drafts are, see `draftOwner`. As it was while a recording is shown, or no call is there. */
    draftOwner(): DraftOwner | undefined {
      const ids = { chosen: filter.value.callId, held: sendTarget.heldId() };
      const owner = isLive.value ? draftOwner(calls.value, ids, historyOf) : undefined;
      return (lastOwner = owner ?? lastOwner);
    },

    /** Puts a text into the draft for a call, and returns why it cannot be. Nothing is sent yet. */
    compose(kind: DraftKind, part: Partial<Draft>, callId: string | undefined): string | undefined {
      const obstacle = whyNotEdit(part.text?.length ?? 0);
      batch(() => {
        draftKind.value = kind;
        sendTarget.hold(callId);
        if (obstacle !== undefined) return;
        const draft = draftOf(drafts, kind);
        const call = live.freshCall(sendTarget.current()?.callId ?? "");
        draft.value = begun(replaced(draft.value, part), draft.value, call?.history);
      });
      return obstacle;
    },
  };
}

type Log = {
  /** The outcome of a command, once it is there. */
  readonly outcomeOf: (commandId: string) => Entry | undefined;
  readonly historyOf: (callId: string) => CallHistory | undefined;
  readonly now: ReadonlySignal<number>;
};

/** What became of what was sent last, for beside the editor: until its draft is edited. */
function createSendAnswers(commands: Commands, drafts: Drafts, log: Log) {
  /** Commands whose refusal was there when their draft was edited, the latest of each kind. */
  const answered = signal<Partial<Record<DraftKind, string>>>({});

  function lastRefused(kind: DraftKind) {
    const last = commands.sent.peek().findLast(({ action }) => action.kind === kind);
    const outcome = last && log.outcomeOf(last.commandId);
    const status = outcome && statusOf(outcome, log.historyOf(last.callId), log.now.peek());
    return status?.level === "error" ? { ...last, detail: status.detail } : undefined;
  }

  for (const kind of KINDS) {
    effect(() => {
      void drafts[kind].value;
      const { commandId } = lastRefused(kind) ?? {};
      if (commandId !== undefined) answered.value = { ...answered.peek(), [kind]: commandId };
      if (kind === "send-app-message") commands.ended.value = undefined;
    });
  }

  return {
    /** Why the newest command of this kind came to nothing in this call, in Daily's words; undefined when it did not. */
    refusal(kind: DraftKind, callId: string): string | undefined {
      void [commands.sent.value, log.now.value];
      const last = lastRefused(kind);
      const isNews = last?.callId === callId && last.commandId !== answered.value[kind];
      return isNews ? last.detail : undefined;
    },
    /** Why a repetition ended before its time. Only messages are repeated. */
    ended: (kind: DraftKind): string | undefined =>
      kind === "send-app-message" ? commands.ended.value : undefined,
  };
}
