import type { Store } from "../store/store";
import { Icon } from "./icons";

/** Shows and hides the overview. */
export function OverviewToggle({ store: { isOverviewShown } }: { store: Store }) {
  return (
    <button
      type="button"
      class="tool"
      aria-label="Overview"
      aria-pressed={isOverviewShown.value}
      title="Show the overview: the log over time"
      onClick={() => void (isOverviewShown.value = !isOverviewShown.value)}
    >
      <Icon name="overview" />
    </button>
  );
}
