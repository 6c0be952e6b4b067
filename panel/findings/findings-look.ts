import { batch, type Signal, signal } from "@preact/signals";

import type { Finding } from "../../core/rules/finding";

export type FindingsLook = ReturnType<typeof createFindingsLook>;

/** What of the findings is opened and where one is in them: kept while other tabs are looked at. */
export function createFindingsLook() {
  const look = {
    /** The id of the finding that was come from, or gone to. */
    chosen: signal<string | undefined>(undefined),
    /** Ids of rules whose explanation is open. */
    openRules: signal<ReadonlySet<string>>(new Set()),
    /** Ids of rules of which all findings are shown. */
    wholeRules: signal<ReadonlySet<string>>(new Set()),
    areMutedShown: signal(false),
    isGuideOpen: signal(false),
    /** The call and type of app message that the guide is asked about. */
    guideType: signal(""),
    /** How far the tab is scrolled down, in CSS pixels. */
    scrollTop: 0,
    /** True until the chosen finding has been brought into sight. */
    isArriving: false,
    /** Goes to a finding. */
    goTo({ id, rule }: Finding): void {
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
