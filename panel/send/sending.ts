import { batch, signal } from "@preact/signals";

import { begun } from "./draft-conflicts";
import { type DraftOwner, draftOwner } from "./draft-owner";
import { createDrafts, replaced, whyNotEdit } from "./drafts";
import type { Draft, DraftKind } from "../session/draft";
import type { SessionStore } from "../session/session-store";
import { createSendAnswers } from "./send-answers";
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
  const sendTarget = createSendTarget(calls, filter, drafts, freshCall);
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
