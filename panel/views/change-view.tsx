import type { StateChange } from "../store/change";
import { DiffView } from "./diff-view";
import { formatCount, formatShare } from "./format";
import { budgetOf } from "../domain/limits";
import { toPayload } from "../../extension/protocol/payload";

const WORDS = { did: "", expected: " (expected)", "would-be": " as it would have been" } as const;

/** The state before and after an entry. */
export function ChangeView({ change, onShow }: { change: StateChange; onShow: () => void }) {
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
          title="Characters of JSON of the whole state, as daily-js counts them, against its limit."
        >
          {before === undefined ? "none" : formatCount(sizeBefore.chars)} →{" "}
          <span class={`meter--${sizeAfter.level}`}>
            {formatCount(sizeAfter.chars)} of {formatCount(sizeAfter.maxChars)} characters (
            {formatShare(sizeAfter)})
          </span>
        </p>
      )}
      <DiffView before={before} after={after} />
      <button type="button" class="link-button" onClick={onShow}>
        Show the room at this moment
      </button>
    </>
  );
}
