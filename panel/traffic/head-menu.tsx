import {
  columnOf,
  COLUMNS,
  DEFAULT_TABLE,
  type TableLayout,
  TIME_FORMATS,
} from "../session/columns";
import { IN_ORDER } from "../session/arrangement";
import type { TrafficStore } from "./traffic-store";
import { Menu } from "../ui/menu";
import type { MenuPlace } from "./row-menu";
import { GROUPS, isColumnShown, showColumn, TIMES } from "./table-options";

/** The context menu of the column heads: what the table shows, and how. */
export function HeadMenu({
  store,
  layout,
  at,
  onClose,
}: {
  store: TrafficStore;
  layout: TableLayout;
  at: MenuPlace;
  onClose: () => void;
}) {
  const { table, arrangement } = store;
  return (
    <Menu
      label="Columns"
      at={at}
      onClose={onClose}
      groups={[
        COLUMNS.filter((name) => name !== "summary").map((name) => ({
          label: columnOf(name).title || "Direction",
          title: columnOf(name).about,
          isChecked: isColumnShown(store, layout, name),
          run: () => showColumn(store, name, !isColumnShown(store, layout, name)),
        })),
        [
          {
            label: "Time",
            items: TIME_FORMATS.map((format) => ({
              label: TIMES[format],
              isChecked: table.value.time === format,
              run: () => void (table.value = { ...table.value, time: format }),
            })),
          },
          {
            label: "Rows",
            items: GROUPS.map(({ group, label }) => ({
              label,
              isChecked: arrangement.value.group === group,
              run: () => void (arrangement.value = { group, sort: undefined }),
            })),
          },
        ],
        [
          {
            label: "Reset the table",
            run() {
              table.value = DEFAULT_TABLE;
              arrangement.value = IN_ORDER;
            },
          },
        ],
      ]}
    />
  );
}
