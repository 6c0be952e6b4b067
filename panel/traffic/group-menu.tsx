import { printFilter } from "../../core/filter/language/print-filter";
import { toJson, toTsv } from "./copy-rows";
import type { RowGroup } from "../session/table-rows";
import type { Entry } from "../../core/session/session-log";
import type { TrafficStore } from "./traffic-store";
import { rowOf } from "../../core/session/event-view";
import { copyOr } from "../ui/copy-text";
import { plural } from "../ui/format";
import { Menu } from "../ui/menu";
import type { MenuPlace } from "./row-menu";

type Props = { store: TrafficStore; group: RowGroup; at: MenuPlace; onClose: () => void };

/** What can be done with all rows of a group. */
export function GroupMenu({ store, group, at, onClose }: Props) {
  const { entries, isOpen } = group;
  const first = entries[0] as Entry;
  const type = rowOf(first, store.callOf(first.event.callId))?.type?.label;
  const rows = plural(entries.length, "row");
  const say = (text: string) => void (store.notice.value = text);
  const narrow = (isNegated: boolean) =>
    store.narrow(printFilter([{ isNegated, condition: { key: "type", values: [type ?? ""] } }]));
  return (
    <Menu
      label="Group"
      at={at}
      onClose={onClose}
      groups={[
        [
          {
            label: isOpen ? "Collapse" : "Expand",
            run: () => store.session.value.toggleGroup(group),
          },
        ],
        [
          {
            label: `Copy ${rows} as TSV`,
            run: () => void copyOr(toTsv(entries, store.callOf, store.now.peek()), say),
          },
          {
            label: `Copy ${rows} as events (JSON)`,
            run: () => void copyOr(toJson(entries), say),
          },
        ],
        type === undefined
          ? []
          : [
              { label: `Show only ${type}`, run: () => narrow(false) },
              { label: `Hide ${type}`, run: () => narrow(true) },
            ],
      ]}
    />
  );
}
