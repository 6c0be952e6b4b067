import { columnOf, COLUMNS, DEFAULT_TABLE, TIME_FORMATS } from "../store/columns";
import { type Arrangement, IN_ORDER } from "../store/arrangement";
import type { Store } from "../store/store";
import { Icon } from "./icons";
import { Popover } from "./popover";

const TIMES = {
  clock: "Time of day",
  "since-start": "Since the call object was made",
  "since-previous": "Since the row above",
} as const;

const GROUPS: readonly { group: Arrangement["group"]; label: string }[] = [
  { group: "none", label: "Every row" },
  { group: "runs", label: "Group consecutive rows by type" },
  { group: "types", label: "By type (not sorted)" },
];

/** Finds the button of the options. */
export const OPTIONS_BUTTON = ".traffic__options button";

/** How the table looks: columns, time, grouping. */
export function TableOptions({ store }: { store: Store }) {
  const { table, arrangement } = store;
  const { columns, time } = table.value;

  function show(name: string, isShown: boolean): void {
    const own = { ...columns[name], isShown };
    table.value = { ...table.value, columns: { ...columns, [name]: own } };
  }

  const isShown = (name: string) =>
    columns[name]?.isShown ?? document.querySelector(`.row--head .cell--${name}`) !== null;

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
                    checked={isShown(name)}
                    onChange={({ currentTarget }) => show(name, currentTarget.checked)}
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
