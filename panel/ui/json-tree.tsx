import type { ComponentChildren, RefObject } from "preact";
import { memo } from "preact/compat";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { Button, LinkButton } from "./controls";
import { formatCount, plural } from "./format";
import { parsePayload, type Payload, toPayload } from "../../extension/protocol/payload";
import { type Path, pathText } from "../../core/lib/paths";
import { preview } from "../../core/lib/texts";
import { rowId, type TreeFolds, type TreeRow, treeRows } from "../../core/lib/tree-rows";

/** A browser lays out so much text at once without a pause; the rest comes on demand. */
const SHOWN_CHARS = 50_000;

/** Text as it is, never interpreted. */
export function RawText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isCut = !isWhole && text.length > SHOWN_CHARS;
  if (text === "") return <p class="problem">No JSON text</p>;
  return (
    <>
      <pre class="raw">{isCut ? text.slice(0, SHOWN_CHARS) : text}</pre>
      {isCut && (
        <Button onClick={() => setWhole(true)}>
          Show all {formatCount(text.length)} characters
        </Button>
      )}
    </>
  );
}

/** Above this many characters only the first level is open, so that one click cannot build thousands of nodes. */
const OPEN_CHARS = 8_192;
/** Longer texts are cut until all of them is asked for. */
const MAX_SHOWN = 300;
/** Characters of what is in a closed object or array. */
const MAX_PREVIEW = 80;

/** How many levels of a payload are open at first. */
export const openLevelsOf = ({ chars }: Pick<Payload, "chars">): number =>
  chars > OPEN_CHARS ? 1 : 4;

/** A payload as a tree; what isn't an object or array is written out. */
export function PayloadTree({ payload }: { payload: Payload }) {
  const parsed = useMemo(() => parsePayload(payload), [payload]);
  if (!parsed.ok) {
    return (
      <>
        <p class="problem">Can't be shown as a tree: {parsed.reason}.</p>
        {payload.json !== "" && <RawText text={payload.json} />}
      </>
    );
  }
  if (typeof parsed.value !== "object" || parsed.value === null)
    return <RawText text={payload.json} />;
  return <JsonTree value={parsed.value} label="Payload" openLevels={openLevelsOf(payload)} />;
}

/** What can be done to a value where it stands. */
export type EditKind = "change" | "add" | "remove";

type RowActions = {
  focused(row: TreeRow): void;
  toggle(row: TreeRow): void;
  begin(kind: EditKind, row: TreeRow): void;
  /** Shows all changes of a top-level key. */
  history(row: TreeRow): void;
};

type TreeProps = {
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
export function JsonTree(props: TreeProps) {
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
  // The same object for all renderings, so that rows which look the same are not rendered again.
  const latest = useRef(actions);
  latest.current = actions;

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
          <Row
            key={row.id}
            row={row}
            isActive={row === active}
            isEditable={isEditable}
            isRemovable={row.level > 1 || isClearable}
            hasHistory={onHistory !== undefined && row.path.length === 1}
            editKind={row.id === editId ? edit?.kind : undefined}
            editor={row.id === editId ? editor : undefined}
            actions={latest}
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

type RowProps = {
  row: TreeRow;
  isActive: boolean;
  isEditable: boolean;
  isRemovable: boolean;
  /** Whether the changes of its top-level keys can be listed. */
  hasHistory: boolean;
  editKind: EditKind | undefined;
  editor: ComponentChildren;
  actions: RefObject<RowActions>;
};

/** One line in the tree of a state: its key, what it is, and what can be done with it. */
const Row = memo(function Row(props: RowProps) {
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
      onFocus={() => actions.current?.focused(row)}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      {isOpen !== undefined && (
        <span
          class={`tree__icon tree__icon--${isOpen ? "open" : "closed"}`}
          title={isOpen ? "Collapse" : "Expand"}
          onClick={() => actions.current?.toggle(row)}
        />
      )}
      {row.kind === "range" ? (
        <span
          class="tree__key tree__key--open"
          title="Some of many; a click opens them"
          onClick={() => actions.current?.toggle(row)}
        >
          [{row.first} … {row.last}]
        </span>
      ) : (
        <>
          {step !== undefined && <span class="tree__key">{step}:</span>}
          {editKind !== "change" && (
            <Value
              row={row}
              isEditable={isEditable}
              onEdit={() => actions.current?.begin("change", row)}
            />
          )}
          {editKind === undefined && (isActive || isHovered) && <Buttons {...props} />}
        </>
      )}
      {editor}
    </div>
  );
}, looksSame);

function looksSame(before: RowProps, after: RowProps): boolean {
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
function Buttons({ row, isActive, isEditable, isRemovable, hasHistory, actions }: RowProps) {
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
        <LinkButton
          tabIndex={isActive ? 0 : -1}
          title={`History of ${place}: every change, when and by whom`}
          aria-label={`History of ${place}`}
          onClick={() => actions.current?.history(row)}
        >
          history
        </LinkButton>
      )}
      {(isEditable ? edits : []).map(({ kind, word, title }) => (
        <LinkButton
          key={kind}

          tabIndex={isActive ? 0 : -1}
          title={`${title}. Nothing is sent before you have seen what`}
          aria-label={title}
          onClick={() => actions.current?.begin(kind, row)}
        >
          {word}
        </LinkButton>
      ))}
    </span>
  );
}
