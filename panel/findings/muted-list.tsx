import { ALL_RULES } from "../../core/rules/all-rules";
import type { Mutes } from "./mutes";

/** All that is muted, whether or not it found anything. */
export function MutedList({ mutes }: { mutes: Mutes }) {
  return (
    <ul class="mutes" aria-label="Muted">
      {mutes.list.value.map((mute) => {
        const { ruleId, type } = mute;
        const title = ALL_RULES.find(({ id }) => id === ruleId)?.title ?? ruleId;
        const what = type === undefined ? title : `${title}, for type ${type}`;
        return (
          <li key={`${ruleId} ${type ?? ""}`}>
            {what}
            <button
              type="button"
              class="link-button"
              aria-label={`Unmute ${what}`}
              title="Tell of this again"
              onClick={() => mutes.unmute(mute)}
            >
              Unmute
            </button>
          </li>
        );
      })}
    </ul>
  );
}
