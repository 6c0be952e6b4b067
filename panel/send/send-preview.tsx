import { useEffect, useMemo, useState } from "preact/hooks";

import { parseJson } from "../../extension/protocol/payload";
import { changedKeys, isSessionData, pickKeys, type SessionUpdate } from "../../core/daily/merge";
import { roomAfter } from "../../core/daily/room-ahead";
import { keyNames } from "../../core/lib/texts";
import type { CallHistory } from "../../core/session/call-history";
import { valueOf } from "../../core/session/change";
import { hasOwnChanged, ownUserData } from "../../core/session/own-user-data";
import type { SessionDraft, UserDataDraft } from "../session/draft";
import { DiffView } from "../ui/diff-view";
import { formatCount, plural } from "../ui/format";
import { SizeAfter, WaitingNote } from "../ui/before-sending";
import type { DraftAction } from "./draft-action";
import { newsFor } from "./draft-conflicts";
import { RebaseOffer } from "./rebase-offer";

type Props<D> = {
  draft: D;
  /** Undefined while the draft is still to be checked. */
  ready: DraftAction | undefined;
  history: CallHistory;
};

/** From this length on (in characters) a text is looked into after a pause, not with each character. */
export const LARGE_TEXT = 20_000;
/** A large room is compared in a task of its own, and once where changes come close together. */
const COMPARE_AFTER_MS = 50;
const NOTHING = {};

/** Whether a value has been the same for so long. Without a delay it has at once. */
export function useSettled(value: unknown, delayMs: number): boolean {
  const [settled, settle] = useState<unknown>(NOTHING);
  useEffect(() => {
    if (delayMs === 0) return undefined;
    const timer = setTimeout(() => settle(() => value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayMs === 0 || settled === value;
}

/** What the room will be if this draft is sent now. */
export function SessionPreview({
  draft,
  ready,
  history,
  ...onDecided
}: Props<SessionDraft> & Pick<Parameters<typeof RebaseOffer>[0], "onChange" | "onReplace">) {
  const version = history.session.versions.at(-1);
  const waiting = history.session.waiting.at(-1);
  const isLarge = Math.max(draft.text.length, version?.payload.chars ?? 0) > LARGE_TEXT;
  const question = useMemo(() => ({}), [ready, version, waiting, draft.base]);
  const isSettled = useSettled(question, isLarge ? COMPARE_AFTER_MS : 0) && ready !== undefined;
  const others = useMemo(() => (isSettled ? newsFor(draft, history) : []), [question, isSettled]);
  const update = ready?.ok ? ready.update : undefined;
  // The same element until the outcome is another one: nothing of it is done again for each event of the page.
  const outcome = useMemo(
    () => isSettled && update && <SessionOutcome update={update} history={history} />,
    [question, isSettled],
  );

  return (
    <section class="card" aria-label="Preview">
      <h2>Preview</h2>
      {others.length > 0 && (
        <RebaseOffer draft={draft} history={history} others={others} {...onDecided} />
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

/** More top-level keys than this are counted, not compared. */
const MAX_KEYS = 100;

/** What an update makes of the room as it will be by then: what waits already counts as there. */
function SessionOutcome({
  update,
  history: { session },
}: {
  update: SessionUpdate;
  history: CallHistory;
}) {
  const { before, after, budget } = roomAfter(session, update);
  const changed = changedKeys(before, after);
  const shown = changed.slice(0, MAX_KEYS);
  const dropped =
    update.strategy === "replace"
      ? Object.keys(before).filter((key) => !Object.hasOwn(after, key))
      : [];

  return (
    <>
      {dropped.length > 0 && (
        <p class="advice">
          The replace drops <code>{dropped.slice(0, MAX_KEYS).join(", ")}</code>
          {dropped.length > MAX_KEYS && ` and ${formatCount(dropped.length - MAX_KEYS)} more`}.
        </p>
      )}
      <WaitingNote session={session} strategy={update.strategy} />
      <p title="Characters of JSON of the room’s data after it, against the limit for the merged total">
        {changed.length === 0 ? "Nothing" : plural(changed.length, "key")} will change.{" "}
        <SizeAfter budget={budget} />.
      </p>
      <DiffView before={pickKeys(before, shown)} after={pickKeys(after, shown)} />
      {changed.length > MAX_KEYS && (
        <p class="problem">and {plural(changed.length - MAX_KEYS, "more key")}</p>
      )}
    </>
  );
}

/** What one's user data will be if this draft is set now: it replaces all that is there. */
export function UserDataPreview({
  draft,
  ready,
  history,
  whose,
}: Props<UserDataDraft> & {
  /** As in `Bob’s`, where it isn't the inspected page's. */
  whose: string | undefined;
}) {
  const current = ownUserData(history);
  // The same element until the outcome is another one.
  const outcome = useMemo(
    () =>
      ready?.ok && <UserDataOutcome before={valueOf(current)} json={ready.json} whose={whose} />,
    [ready, current, whose],
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
          {whose ?? "Your"} user data changed since you began: what you set goes over that.
        </p>
      )}
      {!ready && <p class="problem">Checking…</p>}
      {ready?.ok === false && <p class="problem">{whose ?? "Your"} user data stays as it is.</p>}
      {outcome}
    </section>
  );
}

function UserDataOutcome({
  before,
  json,
  whose = "your",
}: {
  before: unknown;
  json: string;
  whose: string | undefined;
}) {
  // Several times as long as Daily takes.
  if (json.length > LARGE_TEXT)
    return <p class="problem">Far too long to be set, so it is not compared.</p>;
  const parsed = parseJson(json);
  const after = parsed.ok ? parsed.value : undefined;
  const dropped = isSessionData(before)
    ? Object.keys(before).filter((key) => !isSessionData(after) || !Object.hasOwn(after, key))
    : [];
  return (
    <>
      {dropped.length > 0 && (
        <p class="advice">
          Replaces {whose} user data. Removes <code>{keyNames(dropped)}</code>.
        </p>
      )}
      {before === undefined && <p class="problem">None is set now.</p>}
      <DiffView before={before} after={after} />
    </>
  );
}
