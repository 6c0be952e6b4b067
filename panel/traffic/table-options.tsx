import {
  type ColumnName,
  columnOf,
  COLUMNS,
  DEFAULT_TABLE,
  TIME_FORMATS,
  type TableLayout,
} from "../session/columns";
import { type Arrangement, IN_ORDER } from "../session/arrangement";
import type { TrafficStore } from "./traffic-store";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";

export const TIMES = {
  clock: "Time of day",
  "since-start": "Since the call object was made",
  "since-previous": "Since the row above",
} as const;

export const GROUPS: readonly { group: Arrangement["group"]; label: string }[] = [
  { group: "none", label: "Every row" },
  { group: "runs", label: "Group consecutive rows by type" },
  { group: "types", label: "By type (not sorted)" },
];

/** Shows a column or hides it, whatever the width of the table. */
export function showColumn({ table }: TrafficStore, name: ColumnName, isShown: boolean): void {
  const { columns } = table.value;
  table.value = { ...table.value, columns: { ...columns, [name]: { ...columns[name], isShown } } };
}

/** Whether a column is shown: as the user chose, else as the width decides. */
export const isColumnShown = (
  { table }: TrafficStore,
  { columns }: TableLayout,
  name: ColumnName,
): boolean => table.value.columns[name]?.isShown ?? columns.some((column) => column.name === name);

/** How the table looks: columns, time, grouping. */
export function TableOptions({ store, layout }: { store: TrafficStore; layout: TableLayout }) {
  const { table, arrangement } = store;
  const { time } = table.value;

  return (
    <span class="traffic__options">
      <Popover
        label="Table options"
        title="Columns, time and grouping"
        face={<Icon name="columns" />}
      >
        {() => (
          <>
            <fieldset>
              <legend>Columns</legend>
              {COLUMNS.filter((name) => name !== "summary").map((name) => (
                <label key={name} class="check" title={columnOf(name).about}>
                  <input
                    type="checkbox"
                    checked={isColumnShown(store, layout, name)}
                    onChange={({ currentTarget }) => showColumn(store, name, currentTarget.checked)}
                  />
                  {columnOf(name).title || "Direction"}
                </label>
              ))}
            </fieldset>
            <fieldset>
              <legend>Time</legend>
              {TIME_FORMATS.map((format) => (
                <label key={format} class="check">
                  <input
                    type="radio"
                    name="time-format"
                    checked={time === format}
                    onChange={() => void (table.value = { ...table.value, time: format })}
                  />
                  {TIMES[format]}
                </label>
              ))}
            </fieldset>
            <fieldset>
              <legend title="Groups are in the order of their first row; sorting by a column shows every row again.">
                Rows
              </legend>
              {GROUPS.map(({ group, label }) => (
                <label key={group} class="check">
                  <input
                    type="radio"
                    name="grouping"
                    checked={arrangement.value.group === group}
                    onChange={() => void (arrangement.value = { group, sort: undefined })}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
            <button
              type="button"
              class="link-button"
              onClick={() => {
                table.value = DEFAULT_TABLE;
                arrangement.value = IN_ORDER;
              }}
            >
              Reset the table
            </button>
          </>
        )}
      </Popover>
    </span>
  );
}
