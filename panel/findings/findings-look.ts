import { batch, type Signal, signal } from "@preact/signals";

import type { Finding } from "../../core/rules/finding";

/** What of the findings is opened and where one is in them: kept while other tabs are looked at. */
export type FindingsLook = {
  /** The id of the finding that was come from, or gone to. */
  readonly chosen: Signal<string | undefined>;
  /** Ids of rules whose explanation is open. */
  readonly openRules: Signal<ReadonlySet<string>>;
  /** Ids of rules of which all findings are shown. */
  readonly wholeRules: Signal<ReadonlySet<string>>;
  readonly areMutedShown: Signal<boolean>;
  readonly isGuideOpen: Signal<boolean>;
  /** The call and type of app message that the guide is asked about. */
  readonly guideType: Signal<string>;
  /** How far the tab is scrolled down, in CSS pixels. */
  scrollTop: number;
  /** True until the chosen finding has been brought into sight. */
  isArriving: boolean;
  /** Goes to a finding. */
  goTo(finding: Finding): void;
};

export function createFindingsLook(): FindingsLook {
  const look: FindingsLook = {
    chosen: signal(undefined),
    openRules: signal(new Set()),
    wholeRules: signal(new Set()),
    areMutedShown: signal(false),
    isGuideOpen: signal(false),
    guideType: signal(""),
    scrollTop: 0,
    isArriving: false,
    goTo({ id, rule }) {
      look.isArriving = true;
      batch(() => {
        look.chosen.value = id;
        setOpen(look.openRules, rule.id, true);
        setOpen(look.wholeRules, rule.id, true);
      });
    },
  };
  return look;
}

/** Opens or closes one of several. */
export function setOpen(open: Signal<ReadonlySet<string>>, id: string, isOpen: boolean): void {
  const ids = new Set(open.value);
  if (isOpen) ids.add(id);
  else ids.delete(id);
  open.value = ids;
}
