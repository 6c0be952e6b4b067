import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { rowId, type TreeFolds, type TreeRow, treeRows } from "../../core/lib/tree-rows";
import type { Path } from "../../core/lib/value-at";
import { type EditKind, type RowActions, StateTreeRow } from "./state-tree-row";

type Props = {
  value: unknown;
  label: string;
  /** So many levels are open at first. */
  openLevels: number;
  /** False for a tree to read, which needs nothing of what follows. */
  isEditable?: boolean;
  /** Whether there may be no state at all. */
  isClearable?: boolean;
  /** The edit that is under way in this tree. */
  edit?: { readonly kind: EditKind; readonly path: Path } | undefined;
  /** What that edit looks like; it stands at the place that it is about. */
  editor?: ComponentChildren;
  onBegin?: (kind: EditKind, path: Path) => void;
  /** Shows all changes of a top-level key; undefined where they aren't known. */
  onHistory?: ((key: string) => void) | undefined;
};

/**
 * A JSON value as a tree. Where it is a state that can be edited, values are changed where they stand: double click,
 * Enter or F2; Insert and Delete.
 */
export function StateTree(props: Props) {
  const {
    value,
    label,
    openLevels,
    isEditable = false,
    isClearable = false,
    edit,
    editor,
    onBegin,
    onHistory,
  } = props;
  const [folds, setFolds] = useState<TreeFolds>(new Map());
  const [activeId, setActiveId] = useState(rowId([]));
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(value, folds, openLevels), [value, folds, openLevels]);
  const active = rows.find(({ id }) => id === activeId) ?? rows[0];
  const editId = edit && rowId(edit.path);
  const isEditing = edit !== undefined;
  const wasEditing = useRef(isEditing);

  useEffect(() => {
    // Back to where the edit began; not when the user has gone elsewhere since.
    if (wasEditing.current && !isEditing && document.activeElement === document.body)
      tree.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  function focus(row: TreeRow | undefined): void {
    if (!row) return;
    setActiveId(row.id);
    const items = tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]');
    items?.[rows.indexOf(row)]?.focus();
  }

  const setOpen = (row: TreeRow, isOpen: boolean) => setFolds(new Map(folds).set(row.id, isOpen));

  const actions: RowActions = {
    focused: (row) => setActiveId(row.id),
    toggle: (row) => isFoldable(row) && setOpen(row, !row.isOpen),
    begin(kind, row) {
      if (!isEditable || row.kind === "range") return;
      if (kind === "add" && row.kind !== "container") return;
      if (kind === "remove" && row.level === 1 && !isClearable) return;
      if (kind === "add") setOpen(row, true);
      setActiveId(row.id);
      onBegin?.(kind, row.path);
    },
    history: (row) => row.path.length === 1 && onHistory?.(String(row.path[0])),
  };
  // One object for all renderings, so that rows which look the same are not rendered anew.
  const latest = useRef(actions);
  latest.current = actions;
  const stable = useMemo<RowActions>(
    () => ({
      focused: (row) => latest.current.focused(row),
      toggle: (row) => latest.current.toggle(row),
      begin: (kind, row) => latest.current.begin(kind, row),
      history: (row) => latest.current.history(row),
    }),
    [],
  );

  function onKeyDown(event: KeyboardEvent): void {
    if (!active || (event.target as Element).role !== "treeitem") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.indexOf(active);
    const isOpen = isFoldable(active) ? active.isOpen : undefined;
    const act: Record<string, () => void> = {
      ArrowDown: () => focus(rows[at + 1]),
      ArrowUp: () => focus(rows[at - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () => {
        if (isOpen === false) setOpen(active, true);
        else if (isOpen) focus(rows[at + 1]);
      },
      ArrowLeft: () => (isOpen ? setOpen(active, false) : focus(parentOf(rows, at))),
      " ": () => actions.toggle(active),
      Enter: () =>
        active.kind === "range" ? actions.toggle(active) : actions.begin("change", active),
      F2: () => actions.begin("change", active),
      Insert: () => actions.begin("add", active),
      Delete: () => actions.begin("remove", active),
    };
    const run = Object.hasOwn(act, event.key) ? act[event.key] : undefined;
    if (!run) return;
    event.preventDefault();
    run();
  }

  return (
    <>
      <div ref={tree} class="tree state-tree" role="tree" aria-label={label} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <StateTreeRow
            key={row.id}
            row={row}
            isActive={row === active}
            isEditable={isEditable}
            isRemovable={row.level > 1 || isClearable}
            hasHistory={onHistory !== undefined && row.path.length === 1}
            editKind={row.id === editId ? edit?.kind : undefined}
            editor={row.id === editId ? editor : undefined}
            actions={stable}
          />
        ))}
      </div>
      {edit && !rows.some(({ id }) => id === editId) && editor}
    </>
  );
}

const isFoldable = (row: TreeRow) => row.kind !== "leaf";

/** The row above it that is one level up. */
const parentOf = (rows: readonly TreeRow[], at: number): TreeRow | undefined =>
  rows.slice(0, at).findLast(({ level }) => level < (rows[at]?.level ?? 0));
