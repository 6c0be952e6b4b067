import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { FIRST_LISTED, rowId, type TreeFolds, type TreeRow, treeRows } from "../domain/tree-rows";
import type { Path } from "../domain/value-at";
import type { ValueEdit } from "../store/value-edit";
import { StateTreeRow } from "./state-tree-row";

type Props = {
  value: unknown;
  label: string;
  /** So many levels are open at first. */
  openLevels: number;
  isEditable: boolean;
  /** Whether there may be no state at all. */
  isClearable: boolean;
  /** The edit that is under way in this tree. */
  edit: ValueEdit | undefined;
  /** What that edit looks like; it stands at the place that it is about. */
  editor: ComponentChildren;
  onBegin: (kind: ValueEdit["kind"], path: Path) => void;
};

const NO_FOLDS: TreeFolds = { open: new Map(), listed: new Map() };

/** A state as a tree whose values can be changed where they stand: double click, Enter or F2; Insert and Delete. */
export function StateTree(props: Props) {
  const { value, label, openLevels, isEditable, isClearable, edit, editor, onBegin } = props;
  const [folds, setFolds] = useState(NO_FOLDS);
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
      tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  function focus(row: TreeRow | undefined): void {
    if (!row) return;
    setActiveId(row.id);
    const items = tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]');
    items?.[rows.indexOf(row)]?.focus();
  }

  function setOpen(row: TreeRow, isOpen: boolean): void {
    setFolds({ ...folds, open: new Map(folds.open).set(row.id, isOpen) });
  }

  function listMore({ path }: TreeRow): void {
    const id = rowId(path);
    const count = (folds.listed.get(id) ?? FIRST_LISTED) * 4;
    setFolds({ ...folds, listed: new Map(folds.listed).set(id, count) });
  }

  function begin(kind: ValueEdit["kind"], row: TreeRow): void {
    if (!isEditable || row.kind === "more") return;
    if (kind === "add" && row.kind !== "container") return;
    if (kind === "remove" && row.level === 1 && !isClearable) return;
    if (kind === "add") setOpen(row, true);
    setActiveId(row.id);
    onBegin(kind, row.path);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!active || (event.target as Element).role !== "treeitem") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.indexOf(active);
    const isContainer = active.kind === "container";
    const act: Record<string, () => void> = {
      ArrowDown: () => focus(rows[at + 1]),
      ArrowUp: () => focus(rows[at - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () =>
        isContainer && !active.isOpen ? setOpen(active, true) : isContainer && focus(rows[at + 1]),
      ArrowLeft: () =>
        isContainer && active.isOpen ? setOpen(active, false) : focus(parentOf(rows, active)),
      " ": () => (isContainer ? setOpen(active, !active.isOpen) : undefined),
      Enter: () => (active.kind === "more" ? listMore(active) : begin("change", active)),
      F2: () => begin("change", active),
      Insert: () => begin("add", active),
      Delete: () => begin("remove", active),
    };
    const run = Object.hasOwn(act, event.key) ? act[event.key] : undefined;
    if (!run) return;
    event.preventDefault();
    run();
  }

  const isInSight = rows.some(({ id }) => id === editId);
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
            editKind={row.id === editId ? edit?.kind : undefined}
            editor={row.id === editId ? editor : undefined}
            onFocus={() => setActiveId(row.id)}
            onToggle={() => row.kind === "container" && setOpen(row, !row.isOpen)}
            onMore={() => listMore(row)}
            onBegin={(kind) => begin(kind, row)}
          />
        ))}
      </div>
      {edit && !isInSight && editor}
    </>
  );
}

const parentOf = (rows: readonly TreeRow[], { path, kind }: TreeRow): TreeRow | undefined =>
  rows.find(({ id }) => id === rowId(kind === "more" ? path : path.slice(0, -1)));
