import type { OverviewStore } from "./overview-store";
import { Icon } from "../ui/icons";
import { useNarrow } from "../ui/use-narrow";

/** Whether the overview is shown: as the user chose, and else where there is room for it. */
export function useOverviewShown({ isOverviewShown }: OverviewStore): boolean {
  const isNarrow = useNarrow();
  return isOverviewShown.value ?? !isNarrow;
}

/** Shows and hides the overview. */
export function OverviewToggle({ store }: { store: OverviewStore }) {
  const isShown = useOverviewShown(store);
  return (
    <button
      type="button"
      class="tool"
      aria-label="Overview"
      aria-pressed={isShown}
      title="Show the overview: the log over time"
      onClick={() => void (store.isOverviewShown.value = !isShown)}
    >
      <Icon name="overview" />
    </button>
  );
}
