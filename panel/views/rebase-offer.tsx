import { useState } from "preact/hooks";

import type { CallHistory } from "../store/call-history";
import { conflictingKeys, rebase } from "../store/draft-action";
import type { Draft } from "../store/drafts";

type Props = {
  draft: Draft;
  history: CallHistory;
  /** Top-level keys that somebody else changed since the edit was begun. */
  others: readonly string[];
  onChange: (draft: Draft) => void;
};

/** Takes an edit over to the room as it is now. Where both changed a key, it asks whose value is to stay. */
export function RebaseOffer({ draft, history, others, onChange }: Props) {
  const [chosen, choose] = useState<readonly string[]>([]);
  const conflicts = conflictingKeys(draft, history);
  const theirs = chosen.filter((key) => conflicts.includes(key));

  return (
    <div class="advice">
      The room changed since you began: <code>{others.join(", ")}</code>.{" "}
      {conflicts.length > 0 && "You changed these, too:"}
      {conflicts.map((key) => (
        <fieldset key={key} class="sides">
          <legend class="visually-hidden">Whose {key}</legend>
          <code>{key}</code>
          {(["mine", "theirs"] as const).map((side) => (
            <label
              key={side}
              class="check"
              title={
                side === "mine"
                  ? "Your value goes over theirs"
                  : "Their value stays, and yours is let go"
              }
            >
              <input
                type="radio"
                name={`side ${key}`}
                checked={theirs.includes(key) === (side === "theirs")}
                onChange={() =>
                  choose([
                    ...theirs.filter((each) => each !== key),
                    ...(side === "theirs" ? [key] : []),
                  ])
                }
              />
              {side}
            </label>
          ))}
        </fieldset>
      ))}
      <button
        type="button"
        class="link-button"
        title="Makes your edit to the room as it is now. Nothing is sent by that"
        onClick={() => onChange(rebase(draft, history, new Set(theirs)))}
      >
        Rebase onto the room as it is
      </button>
    </div>
  );
}
