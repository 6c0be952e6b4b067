import { type Arrangement, IN_ORDER } from "../session/arrangement";
import {
  type ColumnName,
  columnOf,
  COLUMNS,
  DEFAULT_TABLE,
  type TableLayout,
  type TimeFormat,
} from "../session/columns";
import type { MenuPlace } from "./row-choices";
import type { TrafficView } from "../session/session-store";
import type { TrafficStore } from "./traffic-store";
import { Icon } from "../ui/icons";
import { Menu } from "../ui/menu";
import { Popover } from "../ui/popover";
import { Roving } from "../ui/roving";
import { useNarrow } from "../ui/use-narrow";
import { Check, Choice, LinkButton } from "../ui/controls";

const TIMES: readonly (readonly [TimeFormat, string])[] = [
  ["clock", "Time of day"],
  ["since-start", "Since the call object was made"],
  ["since-previous", "Since the row above"],
];

const GROUPS: readonly (readonly [Arrangement["group"], string])[] = [
  ["none", "Every row"],
  ["runs", "Group consecutive rows by type"],
  ["types", "By type (not sorted)"],
];

/** What a message says is always there. */
const CHOSEN_COLUMNS = COLUMNS.filter((name) => name !== "summary");

/** Shows a column or hides it, whatever the width of the table. */
function showColumn({ table }: TrafficStore, name: ColumnName, isShown: boolean): void {
  const { columns } = table.value;
  table.value = { ...table.value, columns: { ...columns, [name]: { ...columns[name], isShown } } };
}

/** Whether a column is shown: as the user chose, else as the width decides. */
const isColumnShown = (
  { table }: TrafficStore,
  { columns }: TableLayout,
  name: ColumnName,
): boolean => table.value.columns[name]?.isShown ?? columns.some((column) => column.name === name);

const showTime = ({ table }: TrafficStore, time: TimeFormat): void =>
  void (table.value = { ...table.value, time });

const showGroups = ({ arrangement }: TrafficStore, group: Arrangement["group"]): void =>
  void (arrangement.value = { group, sort: undefined });

function reset({ table, arrangement }: TrafficStore): void {
  table.value = DEFAULT_TABLE;
  arrangement.value = IN_ORDER;
}

const VIEWS = [
  { view: "table", label: "Table", title: "events row by row" },
  {
    view: "sequence",
    label: "Sequence",
    title:
      "who sent what to whom: a column for each participant of the room, an arrow for each message",
  },
  {
    view: "conversation",
    label: "Conversation",
    title: "what user and bot said, and where the time went",
  },
] as const;

type ViewSwitchProps = Pick<TrafficStore, "trafficView"> & {
  shown: TrafficView;
  hasConversation: boolean;
};

/** Chooses how events are shown: row by row, as a sequence, or as a conversation where there is one. */
export function ViewSwitch({ trafficView, shown, hasConversation }: ViewSwitchProps) {
  const isNarrow = useNarrow();
  const views = VIEWS.filter(({ view }) => view !== "conversation" || hasConversation);
  // There is room for one button: that of the other view, where there are two.
  if (isNarrow && views.length > 2)
    return (
      <Popover
        label="Show events as"
        title="Show events as a table, a sequence or a conversation"
        face={<Icon name={shown} />}
      >
        {(close) => (
          <Choice
            legend="Show events as"
            name="traffic-view"
            options={views.map(({ view, label }) => [view, label] as const)}
            chosen={shown}
            onChoose={(view) => {
              trafficView.value = view;
              close();
            }}
          />
        )}
      </Popover>
    );
  return (
    <Roving class="views view-switch" role="group" label="Show events as">
      {views.map(({ view, label, title }) => (
        <button
          key={view}
          type="button"
          aria-pressed={shown === view}
          aria-label={label}
          title={`${label}: ${title}`}
          onClick={() => void (trafficView.value = view)}
        >
          <Icon name={view} />
          <span>{label}</span>
        </button>
      ))}
    </Roving>
  );
}

/** How the table looks: columns, time, grouping. */
export function TableOptions({ store, layout }: { store: TrafficStore; layout: TableLayout }) {
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
              {CHOSEN_COLUMNS.map((name) => (
                <Check
                  key={name}
                  title={columnOf(name).about}
                  isOn={isColumnShown(store, layout, name)}
                  onChange={(isOn) => showColumn(store, name, isOn)}
                >
                  {columnOf(name).title || "Direction"}
                </Check>
              ))}
            </fieldset>
            <Choice
              legend="Time"
              name="time-format"
              options={TIMES}
              chosen={store.table.value.time}
              onChoose={(time) => showTime(store, time)}
            />
            <Choice
              legend="Rows"
              title="Groups are in the order of their first row; sorting by a column shows every row again."
              name="grouping"
              options={GROUPS}
              chosen={store.arrangement.value.group}
              onChoose={(group) => showGroups(store, group)}
            />
            <LinkButton onClick={() => reset(store)}>Reset the table</LinkButton>
          </>
        )}
      </Popover>
    </span>
  );
}

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
        CHOSEN_COLUMNS.map((name) => ({
          label: columnOf(name).title || "Direction",
          title: columnOf(name).about,
          isChecked: isColumnShown(store, layout, name),
          run: () => showColumn(store, name, !isColumnShown(store, layout, name)),
        })),
        [
          {
            label: "Time",
            items: TIMES.map(([time, label]) => ({
              label,
              isChecked: table.value.time === time,
              run: () => showTime(store, time),
            })),
          },
          {
            label: "Rows",
            items: GROUPS.map(([group, label]) => ({
              label,
              isChecked: arrangement.value.group === group,
              run: () => showGroups(store, group),
            })),
          },
        ],
        [{ label: "Reset the table", run: () => reset(store) }],
      ]}
    />
  );
}
