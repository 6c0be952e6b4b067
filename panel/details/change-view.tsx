import type { StateChange } from "../../core/session/change";
import { DiffView } from "../ui/diff-view";
import { formatCount, formatShare } from "../ui/format";
import { budgetOf } from "../../core/daily/limits";
import { toPayload } from "../../extension/protocol/payload";

const WORDS = { did: "", expected: " (expected)", "would-be": " as it would have been" } as const;

type Props = {
  change: StateChange;
  /** Top-level keys of the session data that it is about. */
  keys: readonly string[];
  onHistory: (key: string) => void;
  onShow: () => void;
};

/** More keys than this have their history in the Room tab only. */
const MAX_KEYS = 8;

/** The state before and after an entry, with links to the history of its keys. */
export function ChangeView({ change, keys, onHistory, onShow }: Props) {
  const { subject, before, after, tense } = change;
  const channel = subject === "Session data" ? "session-data" : "user-data";
  const [sizeBefore, sizeAfter] = [before, after].map((value) =>
    budgetOf(channel, toPayload(value)),
  );
  return (
    <>
      <h2 class="details__title">
        {subject}
        {WORDS[tense]}
      </h2>
      {sizeBefore && sizeAfter && (
        <p
          class="problem"
          title="Characters of JSON of the state, as daily-js counts them, against its limit"
        >
          {before === undefined ? "none" : formatCount(sizeBefore.chars)} →{" "}
          <span class={`meter--${sizeAfter.level}`}>
            {formatCount(sizeAfter.chars)} of {formatCount(sizeAfter.maxChars)} characters (
            {formatShare(sizeAfter)})
          </span>
        </p>
      )}
      <DiffView before={before} after={after} />
      {keys.length > 0 && (
        <p class="problem">
          History of{" "}
          {keys.slice(0, MAX_KEYS).map((key) => (
            <span key={key}>
              <button type="button" class="link-button" onClick={() => onHistory(key)}>
                {key}
              </button>{" "}
            </span>
          ))}
        </p>
      )}
      <button type="button" class="link-button" onClick={onShow}>
        Show the room at this moment
      </button>
    </>
  );
}
