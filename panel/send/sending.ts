import { batch, type ReadonlySignal, signal } from "@preact/signals";

import type { CallSummary } from "../../core/session/call-list";
import type { CallState } from "../../core/session/call-state";
import { createCommands, type SendCommand } from "./commands";
import { begun } from "./draft-conflicts";
import { type DraftOwner, draftOwner } from "./draft-owner";
import { createDrafts, type Draft, type DraftKind, replaced, whyNotEdit } from "./drafts";
import type { Filter } from "../../core/filter/filter";
import { liveOnly } from "./live-only";
import { createSendAnswers } from "./send-answers";
import { createSendTarget } from "./send-target";
import type { Session } from "../session/session";
import type { Entry } from "../../core/session/session-log";
import { createUndos } from "./undos";

type Options = {
  readonly sendCommand: SendCommand;
  readonly isLive: ReadonlySignal<boolean>;
  readonly calls: ReadonlySignal<readonly CallSummary[]>;
  readonly filter: ReadonlySignal<Filter>;
  readonly freshCall: (callId: string) => CallState | undefined;
  /** Epoch ms. */
  readonly now: ReadonlySignal<number>;
};

/** What is being written and sent, through the calls of the page's session: the drafts, the commands and their answers. */
export function createSending(live: Session, options: Options) {
  const { log } = live;
  const { sendCommand, isLive, calls, filter, freshCall, now } = options;
  const commands = liveOnly(createCommands(log, sendCommand), isLive);
  const drafts = createDrafts();
  /** What is being written in the Send tab. */
  const draftKind = signal<DraftKind>("send-app-message");
  const sendTarget = createSendTarget(calls, filter, drafts, freshCall);
  const outcomeOf = (commandId: string): Entry | undefined => log.outcomes.get(commandId);
  const historyOf = (callId: string) => log.calls.get(callId)?.history;

  let lastOwner: DraftOwner | undefined;

  return {
    commands,
    drafts,
    draftKind,
    sendTarget,
    outcomeOf,
    /** Whether an outcome still has a row in the log. */
    hasRow: (outcome: Entry): boolean => live.has(outcome),
    undos: createUndos(commands, log.outcomes),
    sendAnswers: createSendAnswers(commands, drafts, { outcomeOf, historyOf, now }),

    /** Whose the drafts are, see `draftOwner`. As it was while a recording is shown, or no call is there. */
    draftOwner(): DraftOwner | undefined {
      const ids = { chosen: filter.value.callId, held: sendTarget.heldId() };
      const owner = isLive.value ? draftOwner(calls.value, ids, historyOf) : undefined;
      return (lastOwner = owner ?? lastOwner);
    },

    /** Puts a text into the draft for a call, and answers why it cannot be. Nothing is sent by that. */
    compose(
      kind: DraftKind,
      draft: Partial<Draft>,
      callId: string | undefined,
    ): string | undefined {
      const obstacle = whyNotEdit(draft.text?.length ?? 0);
      batch(() => {
        draftKind.value = kind;
        sendTarget.hold(callId);
        if (obstacle !== undefined) return;
        const before = drafts[kind].value;
        const call = live.freshCall(sendTarget.current()?.callId ?? "");
        drafts[kind].value = begun(kind, replaced(before, draft), before, call?.history);
      });
      return obstacle;
    },
  };
}
