import { changedKeys, type SessionData, type SessionUpdate } from "../../core/daily/merge";
import { roomAfter } from "../../core/daily/room-ahead";
import type { CallHistory } from "../../core/session/call-history";
import { DiffView } from "../ui/diff-view";
import { formatCount, formatShare, plural } from "../ui/format";
import { WaitingNote } from "../ui/waiting-note";

/** More top-level keys than this are counted, not compared. */
const MAX_KEYS = 100;

/** What an update makes of the room as it will be by then: what waits already counts as there. */
export function SessionOutcome({
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
        {changed.length === 0 ? "Nothing" : plural(changed.length, "key")} will change. Size after:{" "}
        <span class={`meter--${budget.level}`}>
          {formatCount(budget.chars)} of {formatCount(budget.maxChars)} characters (
          {formatShare(budget)})
        </span>
        .
      </p>
      <DiffView before={pick(before, shown)} after={pick(after, shown)} />
      {changed.length > MAX_KEYS && (
        <p class="problem">and {plural(changed.length - MAX_KEYS, "more key")}</p>
      )}
    </>
  );
}

const pick = (data: SessionData, keys: readonly string[]): SessionData =>
  Object.fromEntries(keys.filter((key) => Object.hasOwn(data, key)).map((key) => [key, data[key]]));
