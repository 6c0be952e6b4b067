import type { ComponentChildren } from "preact";

import { toPayload } from "../../extension/protocol/payload";
import { pathText } from "../domain/diff";
import type { TreeRow } from "../domain/tree-rows";
import type { ValueEdit } from "../store/value-edit";
import { formatCount, plural } from "./format";

/** Longer texts are cut in the tree; the editor has the whole. */
const MAX_SHOWN = 300;

type Props = {
  row: TreeRow;
  isActive: boolean;
  isEditable: boolean;
  isRemovable: boolean;
  editKind: ValueEdit["kind"] | undefined;
  editor: ComponentChildren;
  onFocus: () => void;
  onToggle: () => void;
  onMore: () => void;
  onBegin: (kind: ValueEdit["kind"]) => void;
};

/** One value in the tree of a state: its key, what it is, and what can be done with it. */
export function StateTreeRow(props: Props) {
  const { row, isActive, isEditable, editKind, editor, onFocus, onToggle, onMore, onBegin } = props;
  const step = row.path.at(-1);
  const isContainer = row.kind === "container";
  return (
    <div
      role="treeitem"
      class="state-tree__row"
      style={{ "--level": row.level }}
      tabIndex={isActive ? 0 : -1}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={isContainer ? row.isOpen : undefined}
      aria-selected={isActive}
      onFocus={onFocus}
    >
      {isContainer && (
        <span
          class={`tree__icon tree__icon--${row.isOpen ? "open" : "closed"}`}
          title={row.isOpen ? "Collapse" : "Expand"}
          onClick={onToggle}
        />
      )}
      {row.kind === "more" ? (
        <button type="button" class="link-button" tabIndex={-1} onClick={onMore}>
          Show more of {formatCount(row.hidden)}
        </button>
      ) : (
        <>
          {step !== undefined && <span class="tree__key">{step}:</span>}
          {editKind !== "change" && (
            <Value row={row} isEditable={isEditable} onEdit={() => onBegin("change")} />
          )}
          {isEditable && editKind === undefined && <Actions {...props} />}
        </>
      )}
      {editor}
    </div>
  );
}

function Value({
  row,
  isEditable,
  onEdit,
}: {
  row: Exclude<TreeRow, { kind: "more" }>;
  isEditable: boolean;
  onEdit: () => void;
}) {
  const hint = isEditable ? "Double click, Enter or F2 to change it" : undefined;
  if (row.kind === "container") {
    const isList = Array.isArray(row.value);
    return (
      <span class="tree__punctuation" title={hint} onDblClick={onEdit}>
        {isList ? "[" : "{"}
        <span class="state-tree__size">{plural(row.size, isList ? "item" : "key")}</span>
        {isList ? "]" : "}"}
      </span>
    );
  }
  const json = toPayload(row.value).json || "none";
  const name = row.value === null ? "null" : typeof row.value;
  return (
    <span class={`tree__${name}`} title={hint} onDblClick={onEdit}>
      {json.length > MAX_SHOWN ? `${json.slice(0, MAX_SHOWN)}…` : json}
    </span>
  );
}

function Actions({ row, isActive, isRemovable, onBegin }: Props) {
  const place = pathText(row.path) || "the whole";
  const actions = [
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
      {actions.map(({ kind, word, title }) => (
        <button
          key={kind}
          type="button"
          class="link-button"
          tabIndex={isActive ? 0 : -1}
          title={`${title}. Nothing is sent before you have seen what`}
          aria-label={title}
          onClick={() => onBegin(kind)}
        >
          {word}
        </button>
      ))}
    </span>
  );
}
