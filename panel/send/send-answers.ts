import { effect, type ReadonlySignal, signal } from "@preact/signals";

import type { CallHistory } from "../../core/session/call-history";
import type { Commands } from "../session/commands";
import type { Drafts } from "./drafts";
import type { DraftKind } from "../session/draft";
import { statusOf } from "../../core/session/row-status";
import type { Entry } from "../../core/session/session-log";

type Log = {
  /** The outcome of a command, once it is there. */
  readonly outcomeOf: (commandId: string) => Entry | undefined;
  readonly historyOf: (callId: string) => CallHistory | undefined;
  readonly now: ReadonlySignal<number>;
};

/** What became of what was sent last, for beside the editor: until its draft is edited. */
export function createSendAnswers(commands: Commands, drafts: Drafts, log: Log) {
  /** Commands whose refusal was there when their draft was edited, the latest of each kind. */
  const answered = signal<Partial<Record<DraftKind, string>>>({});

  function lastRefused(kind: DraftKind) {
    const last = commands.sent.peek().findLast(({ action }) => action.kind === kind);
    const outcome = last && log.outcomeOf(last.commandId);
    const status = outcome && statusOf(outcome, log.historyOf(last.callId), log.now.peek());
    return status?.level === "error" ? { ...last, detail: status.detail } : undefined;
  }

  for (const kind of Object.keys(drafts) as DraftKind[]) {
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
