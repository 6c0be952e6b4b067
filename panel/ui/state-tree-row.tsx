import type { ComponentChildren } from "preact";
import { memo } from "preact/compat";
import { useState } from "preact/hooks";

import { toPayload } from "../../extension/protocol/payload";
import { pathText } from "../../core/lib/diff";
import { preview } from "../../core/lib/preview";
import type { TreeRow } from "../../core/lib/tree-rows";
import { formatCount, plural } from "./format";

/** Longer texts are cut until all of them is asked for. */
const MAX_SHOWN = 300;
/** Characters of what is in a closed object or array. */
const MAX_PREVIEW = 80;

/** What can be done to a value where it stands. */
export type EditKind = "change" | "add" | "remove";

export type RowActions = {
  focused(row: TreeRow): void;
  toggle(row: TreeRow): void;
  begin(kind: EditKind, row: TreeRow): void;
  /** Shows all changes of a top-level key. */
  history(row: TreeRow): void;
};

type Props = {
  row: TreeRow;
  isActive: boolean;
  isEditable: boolean;
  isRemovable: boolean;
  /** Whether the changes of its top-level keys can be listed. */
  hasHistory: boolean;
  editKind: EditKind | undefined;
  editor: ComponentChildren;
  actions: RowActions;
};

/** One line in the tree of a state: its key, what it is, and what can be done with it. */
export const StateTreeRow = memo(function StateTreeRow(props: Props) {
  const { row, isActive, isEditable, editKind, editor, actions } = props;
  const [isHovered, setHovered] = useState(false);
  const step = row.path.at(-1);
  const isOpen = row.kind === "leaf" ? undefined : row.isOpen;
  return (
    <div
      role="treeitem"
      class="state-tree__row"
      style={{ "--level": row.level }}
      tabIndex={isActive ? 0 : -1}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={isOpen}
      aria-selected={isActive}
      onFocus={() => actions.focused(row)}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      {isOpen !== undefined && (
        <span
          class={`tree__icon tree__icon--${isOpen ? "open" : "closed"}`}
          title={isOpen ? "Collapse" : "Expand"}
          onClick={() => actions.toggle(row)}
        />
      )}
      {row.kind === "range" ? (
        <span
          class="tree__key tree__key--open"
          title="Some of many; a click opens them"
          onClick={() => actions.toggle(row)}
        >
          [{row.first} … {row.last}]
        </span>
      ) : (
        <>
          {step !== undefined && <span class="tree__key">{step}:</span>}
          {editKind !== "change" && (
            <Value row={row} isEditable={isEditable} onEdit={() => actions.begin("change", row)} />
          )}
          {editKind === undefined && (isActive || isHovered) && <Buttons {...props} />}
        </>
      )}
      {editor}
    </div>
  );
}, looksSame);

function looksSame(before: Props, after: Props): boolean {
  const { row: a, ...restA } = before;
  const { row: b, ...restB } = after;
  return isSameShape(restA, restB) && isSameShape(a, b);
}

/** Whether two objects have the same fields; paths are told by the id. */
function isSameShape(a: object, b: object): boolean {
  return Object.entries(b).every(([key, value]) => key === "path" || Reflect.get(a, key) === value);
}

function Value({
  row,
  isEditable,
  onEdit,
}: {
  row: Exclude<TreeRow, { kind: "range" }>;
  isEditable: boolean;
  onEdit: () => void;
}) {
  const [isWhole, setWhole] = useState(false);
  const hint = isEditable ? "Double click, Enter or F2 to change it" : undefined;
  if (row.kind === "container") {
    const isList = Array.isArray(row.value);
    const size = plural(row.size, isList ? "item" : "key");
    return (
      <span class="tree__punctuation" title={hint} onDblClick={onEdit}>
        {(row.isOpen && row.level > 1) || row.size === 0
          ? isList
            ? `[ ${size} ]`
            : `{ ${size} }`
          : preview(row.value, MAX_PREVIEW)}
      </span>
    );
  }
  const json = toPayload(row.value).json || "none";
  const name = row.value === null ? "null" : typeof row.value;
  const isCut = json.length > MAX_SHOWN && !isWhole;
  return (
    <>
      <span class={`tree__${name}`} title={hint} onDblClick={onEdit}>
        {isCut ? `${json.slice(0, MAX_SHOWN)}…` : json}
      </span>
      {isCut && (
        <button
          type="button"
          class="link-button tree__more"
          title={`Show all ${formatCount(json.length)} characters`}
          onClick={() => setWhole(true)}
        >
          Show more
        </button>
      )}
    </>
  );
}

/** There for the line under the pointer and the one that has the focus. */
function Buttons({ row, isActive, isEditable, isRemovable, hasHistory, actions }: Props) {
  const place = pathText(row.path) || "all of it";
  const edits = [
    { kind: "change", word: "edit", title: `Change ${place} (Enter or F2)` },
    ...(row.kind === "container"
      ? [{ kind: "add", word: "add", title: `Add a value to ${place} (Insert)` } as const]
      : []),
    ...(isRemovable
      ? [{ kind: "remove", word: "delete", title: `Delete ${place} (Delete)` } as const]
      : []),
  ] as const;
  return (
    <span class="state-tree__actions">
      {hasHistory && (
        <button
          type="button"
          class="link-button"
          tabIndex={isActive ? 0 : -1}
          title={`History of ${place}: every change, when and by whom`}
          aria-label={`History of ${place}`}
          onClick={() => actions.history(row)}
        >
          history
        </button>
      )}
      {(isEditable ? edits : []).map(({ kind, word, title }) => (
        <button
          key={kind}
          type="button"
          class="link-button"
          tabIndex={isActive ? 0 : -1}
          title={`${title}. Nothing is sent before you have seen what`}
          aria-label={title}
          onClick={() => actions.begin(kind, row)}
        >
          {word}
        </button>
      ))}
    </span>
  );
}
