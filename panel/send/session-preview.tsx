import { useMemo } from "preact/hooks";

import type { CallHistory } from "../../core/session/call-history";
import type { DraftAction } from "./draft-action";
import { changedSince } from "./draft-conflicts";
import type { Draft } from "../session/draft";
import { RebaseOffer } from "./rebase-offer";
import { SessionOutcome } from "./session-outcome";
import { LARGE_TEXT, useSettled } from "./use-settled";

type Props = {
  draft: Draft;
  /** Undefined while the draft is still to be checked. */
  ready: DraftAction | undefined;
  history: CallHistory;
  onChange: (draft: Partial<Draft>) => void;
};

/** A large room is compared in a task of its own, and once where changes come close together. */
const COMPARE_AFTER_MS = 50;

/** What the room will be if this draft is sent now. */
export function SessionPreview({ draft, ready, history, onChange }: Props) {
  const version = history.session.versions.at(-1);
  const waiting = history.session.waiting.at(-1);
  const isLarge = Math.max(draft.text.length, version?.payload.chars ?? 0) > LARGE_TEXT;
  const question = useMemo(() => ({}), [ready, version, waiting, draft.base]);
  const isSettled = useSettled(question, isLarge ? COMPARE_AFTER_MS : 0) && ready !== undefined;
  const others = useMemo(
    () => (isSettled ? changedSince(draft, history) : []),
    [question, isSettled],
  );
  const update = ready?.ok ? ready.update : undefined;
  // The same element until the answer is another one: nothing of it is done again for each event of the page.
  const outcome = useMemo(
    () => isSettled && update && <SessionOutcome update={update} history={history} />,
    [question, isSettled],
  );

  return (
    <section class="card" aria-label="Preview">
      <h2>Preview</h2>
      {others.length > 0 && (
        <RebaseOffer draft={draft} history={history} others={others} onChange={onChange} />
      )}
      {!isSettled && <p class="problem">Checking…</p>}
      {/* Why it can't be sent, or changes nothing, stands beside the button. */}
      {ready?.ok === false && others.length === 0 && (
        <p class="problem">The room stays as it is.</p>
      )}
      {outcome}
    </section>
  );
}
