import { useMemo } from "preact/hooks";

import { parseJson } from "../../extension/protocol/payload";
import { keyNames } from "../../core/lib/key-names";
import type { CallHistory } from "../../core/session/call-history";
import { valueOf } from "../../core/session/change";
import type { DraftAction } from "./draft-action";
import type { Draft } from "../session/draft";
import { hasOwnChanged, ownUserData } from "../../core/session/own-user-data";
import { DiffView } from "../ui/diff-view";
import { LARGE_TEXT } from "./use-settled";

type Props = {
  draft: Draft;
  /** Undefined while the draft is still to be checked. */
  ready: DraftAction | undefined;
  history: CallHistory;
};

/** What one's user data will be if this draft is set now: it replaces all that is there. */
export function UserDataPreview({ draft, ready, history }: Props) {
  const current = ownUserData(history);
  // The same element until the answer is another one.
  const outcome = useMemo(
    () => ready?.ok && <Outcome before={valueOf(current)} json={ready.json} />,
    [ready, current],
  );
  const json = ready?.ok ? ready.json : undefined;
  const hasChanged = useMemo(
    () => ready !== undefined && hasOwnChanged(draft, json, history),
    [ready, current, draft.seen],
  );
  return (
    <section class="card" aria-label="Preview">
      <h2>Preview</h2>
      {hasChanged && (
        <p class="advice" role="status">
          Your user data changed since you began: what you set goes over that.
        </p>
      )}
      {!ready && <p class="problem">Checking…</p>}
      {ready?.ok === false && <p class="problem">Your user data stays as it is.</p>}
      {outcome}
    </section>
  );
}

function Outcome({ before, json }: { before: unknown; json: string }) {
  // Several times as long as Daily takes.
  if (json.length > LARGE_TEXT)
    return <p class="problem">Far too long to be set, so it is not compared.</p>;
  const parsed = parseJson(json);
  const after = parsed.ok ? parsed.value : undefined;
  const dropped = isRecord(before)
    ? Object.keys(before).filter((key) => !isRecord(after) || !Object.hasOwn(after, key))
    : [];
  return (
    <>
      {dropped.length > 0 && (
        <p class="advice">
          Replaces your user data. Removes <code>{keyNames(dropped)}</code>.
        </p>
      )}
      {before === undefined && <p class="problem">None is set now.</p>}
      <DiffView before={before} after={after} />
    </>
  );
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
