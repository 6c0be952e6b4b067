import type { Column, ColumnName, TableLayout } from "../session/columns";
import type { TrafficStore } from "./traffic-store";
import { Icon } from "../ui/icons";

type Props = { store: TrafficStore; layout: TableLayout };

/** The names of the columns. A click sorts, a drag at the edge resizes. */
export function TrafficHead({ store, layout }: Props) {
  return (
    <div class="row row--head" role="row" aria-rowindex={1}>
      {layout.columns.map((column, index) => (
        <HeadCell
          key={column.name}
          store={store}
          column={column}
          title={layout.isNarrow ? (column.shortTitle ?? column.title) : column.title}
          // The last one takes what is left.
          isResizable={index < layout.columns.length - 1 && column.name !== "summary"}
        />
      ))}
    </div>
  );
}

function HeadCell({
  store,
  column,
  title,
  isResizable,
}: {
  store: TrafficStore;
  column: Column;
  title: string;
  isResizable: boolean;
}) {
  const { name, about, sort } = column;
  const { arrangement } = store;
  const current = arrangement.value.sort;
  const isSorted = current !== undefined && current.column === name;
  const direction = !isSorted ? "none" : current.isDescending ? "descending" : "ascending";

  /** Up, down, and back to the order of arrival. */
  function onSort(): void {
    if (!sort) return;
    const next = !isSorted
      ? { column: name, isDescending: false }
      : current.isDescending
        ? undefined
        : { column: name, isDescending: true };
    arrangement.value = { group: "none", sort: next };
  }

  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    // The arrows alone belong to the rows; on a name they do nothing.
    event.stopPropagation();
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined || !event.altKey || !isResizable) return;
    event.preventDefault();
    resize(store, name, widthOf(event.currentTarget) + step);
  }

  return (
    <span
      class={`cell cell--${name} ${column.isNumber ? "cell--number" : ""}`}
      role="columnheader"
      aria-sort={sort ? direction : undefined}
      title={isResizable && sort ? `${about}\nAlt+← and Alt+→ on its name resize it` : about}
    >
      {sort ? (
        <button type="button" class="head__sort" onClick={onSort} onKeyDown={onKeyDown}>
          {title}
          {isSorted && <Icon name={current.isDescending ? "descending" : "ascending"} />}
        </button>
      ) : (
        title || <span class="visually-hidden">Direction</span>
      )}
      {isResizable && <Resizer store={store} column={column} />}
    </span>
  );
}

const STEP = 8;
const NARROWEST = 24;

/** Gives a column a width in CSS pixels; undefined for the one that suits. */
function resize({ table }: TrafficStore, name: ColumnName, width: number | undefined): void {
  const { columns } = table.value;
  const own = { ...columns[name] };
  if (width === undefined) delete own.width;
  else own.width = Math.max(NARROWEST, Math.round(width));
  table.value = { ...table.value, columns: { ...columns, [name]: own } };
}

const widthOf = (edge: HTMLElement) => edge.parentElement?.getBoundingClientRect().width ?? 0;

/** The edge of a column. For the keyboard there is Alt with an arrow on the column's name. */
function Resizer({ store, column: { name } }: { store: TrafficStore; column: Column }) {
  function onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }): void {
    const edge = event.currentTarget;
    const offset = widthOf(edge) - event.clientX;
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = ({ clientX }) => resize(store, name, clientX + offset);
    edge.onlostpointercapture = () => void (edge.onpointermove = null);
    event.preventDefault();
  }

  return (
    <span
      class="head__edge"
      aria-hidden="true"
      title="Drag to resize; double click to reset"
      onPointerDown={onPointerDown}
      onDblClick={() => resize(store, name, undefined)}
    />
  );
}
