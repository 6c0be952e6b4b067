import { toPayload } from "../../extension/protocol/payload";
import { budgetOf } from "../domain/limits";
import {
  applyUpdate,
  changedKeys,
  enqueue,
  type SessionData,
  type SessionUpdate,
} from "../domain/merge";
import { dataOf } from "../domain/session-tracker";
import type { CallHistory } from "../store/call-history";
import { DiffView } from "./diff-view";
import { formatCount, formatShare, plural } from "./format";

/** More top-level keys than this are counted, not compared. */
const MAX_KEYS = 100;

/** What an update makes of the room, with what waits already. */
export function SessionOutcome({
  update,
  history: { session },
}: {
  update: SessionUpdate;
  history: CallHistory;
}) {
  const current = dataOf(session.versions.at(-1));
  const waiting = session.waiting.at(-1)?.waiting;
  const together = enqueue(waiting, update);
  const after = together ? applyUpdate(current, together) : current;
  const budget = budgetOf("session-data", toPayload(after));
  const changed = changedKeys(current, after);
  const shown = changed.slice(0, MAX_KEYS);
  const dropped =
    update.strategy === "replace"
      ? Object.keys(current).filter((key) => !Object.hasOwn(after, key))
      : [];

  return (
    <>
      {dropped.length > 0 && (
        <p class="advice">
          The replace drops <code>{dropped.slice(0, MAX_KEYS).join(", ")}</code>
          {dropped.length > MAX_KEYS && ` and ${formatCount(dropped.length - MAX_KEYS)} more`}.
        </p>
      )}
      {waiting && (
        <p class="advice">
          {plural(session.waiting.length, "write")} of this page waits in the same window.{" "}
          {update.strategy === "replace"
            ? "This replace discards what it was to set."
            : waiting.strategy === "replace"
              ? "It is a replace, so this goes out as part of a replace."
              : "Both go out as one merge."}
        </p>
      )}
      <p title="Characters of JSON of the whole room state after it, against the limit for the merged total">
        {plural(changed.length, "key")} will change. Then{" "}
        <span class={`meter--${budget.level}`}>
          {formatCount(budget.chars)} of {formatCount(budget.maxChars)} characters (
          {formatShare(budget)})
        </span>
        .
      </p>
      <DiffView before={pick(current, shown)} after={pick(after, shown)} />
      {changed.length > MAX_KEYS && (
        <p class="problem">and {plural(changed.length - MAX_KEYS, "more key")}</p>
      )}
    </>
  );
}

const pick = (data: SessionData, keys: readonly string[]): SessionData =>
  Object.fromEntries(keys.filter((key) => Object.hasOwn(data, key)).map((key) => [key, data[key]]));
