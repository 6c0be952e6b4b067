import { toPayload } from "../../extension/protocol/payload";
import { budgetOf } from "../domain/limits";
import { applyUpdate, changedKeys, enqueue } from "../domain/merge";
import { dataOf } from "../domain/session-tracker";
import type { CallHistory } from "../store/call-history";
import { changedSince, type DraftAction } from "../store/draft-action";
import type { Draft } from "../store/drafts";
import { DiffView } from "./diff-view";
import { formatCount, formatShare, plural } from "./format";
import { RebaseOffer } from "./rebase-offer";

type Props = {
  draft: Draft;
  ready: DraftAction;
  history: CallHistory;
  onChange: (draft: Partial<Draft>) => void;
};

/** What the room will be if this draft is sent now. */
export function SessionPreview({ draft, ready, history, onChange }: Props) {
  const { session } = history;
  const current = dataOf(session.versions.at(-1));
  const update = ready.ok ? ready.update : undefined;
  const others = changedSince(draft, history);
  const waiting = session.waiting.at(-1)?.waiting;
  const together = update && enqueue(waiting, update);
  const after = together ? applyUpdate(current, together) : current;
  const budget = budgetOf("session-data", toPayload(after));
  const dropped =
    update?.strategy === "replace"
      ? Object.keys(current).filter((key) => !Object.hasOwn(after, key))
      : [];

  return (
    <section class="card" aria-label="Preview">
      <h2>Preview</h2>
      {others.length > 0 && (
        <RebaseOffer draft={draft} history={history} others={others} onChange={onChange} />
      )}
      {dropped.length > 0 && (
        <p class="advice">
          The replace drops <code>{dropped.join(", ")}</code>.
        </p>
      )}
      {waiting && update && (
        <p class="advice">
          {plural(session.waiting.length, "write")} of this page waits in the same window.{" "}
          {update.strategy === "replace"
            ? "This replace discards what it was to set."
            : waiting.strategy === "replace"
              ? "It is a replace, so this goes out as part of a replace."
              : "Both go out as one merge."}
        </p>
      )}
      {!ready.ok && <p class="problem">{ready.reason}</p>}
      {ready.ok && (
        <>
          <p title="Characters of JSON of the whole room state after it, against the limit for the merged total">
            {plural(changedKeys(current, after).length, "key")} will change. Then{" "}
            <span class={`meter--${budget.level}`}>
              {formatCount(budget.chars)} of {formatCount(budget.maxChars)} characters (
              {formatShare(budget)})
            </span>
            .
          </p>
          <DiffView before={current} after={after} />
        </>
      )}
    </section>
  );
}
