import { shortValue } from "../../core/lib/short-value";
import type { Sides } from "../../core/daily/merge";
import type { Meanwhile } from "./value-edit";

const MAX_PLACES = 5;

/** Says that the state changed under an edit, what that means for it, and offers what can be done. */
export function EditMeanwhile({
  meanwhile: { changed, how },
  place,
  sides,
  onKeep,
  onTheirs,
}: {
  meanwhile: Meanwhile;
  /** What the edit is about, as in code. */
  place: string;
  /** What is chosen between. */
  sides: Sides | undefined;
  onKeep: () => void;
  onTheirs: () => void;
}) {
  const places = changed.slice(0, MAX_PLACES).join(", ");
  const more = changed.length > MAX_PLACES ? ` and ${changed.length - MAX_PLACES} more` : "";
  return (
    <p class="advice" role="status">
      Changed since you began: <code>{places}</code>
      {more}. {how === "beside" && "Your edit doesn’t touch it."}
      {how === "gone" && `There is no ${place} any more: copy what you need, then cancel.`}
      {how === "around" && (
        <>
          As it is, your edit would undo that.{" "}
          <button
            type="button"
            class="link-button"
            title="Makes your edit to the state as it is now: their change stays, and so does yours"
            onClick={onKeep}
          >
            Rebase
          </button>
        </>
      )}
      {how === "same" && (
        <>
          Someone else changed <code>{place}</code> itself.{" "}
          <button
            type="button"
            class="link-button"
            title="Goes on with your value, to be set over theirs"
            onClick={onKeep}
          >
            Keep mine
          </button>{" "}
          {sides && <code>{shortValue(sides.mine)}</code>}
          {" · "}
          <button
            type="button"
            class="link-button"
            title="Lets go of your edit. Nothing has been sent"
            onClick={onTheirs}
          >
            Take theirs
          </button>{" "}
          {sides && <code>{shortValue(sides.theirs)}</code>}
        </>
      )}
    </p>
  );
}
