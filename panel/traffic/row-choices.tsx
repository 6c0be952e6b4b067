import { useState } from "preact/hooks";

import { eventsAsTest } from "../../core/session/as-test";
import { printFilter } from "../../core/filter/language/print-filter";
import type { CallState } from "../../core/session/call-state";
import { changedKeysOf } from "../../core/session/change";
import { resendOf } from "../../core/session/resend";
import type { Entry } from "../../core/session/session-log";
import { rowOf } from "../../core/session/event-view";
import type { RowGroup } from "../session/table-rows";
import { toJson, toTsv } from "./copy-rows";
import { actionsOf, type EntryAction, runEntryAction } from "./entry-actions";
import type { TrafficStore } from "./traffic-store";
import { copyOr } from "../ui/copy-text";
import { LinkButton } from "../ui/controls";
import { plural } from "../ui/format";
import { Menu, type MenuGroups, type MenuItem } from "../ui/menu";

/** More keys than this make no menu. */
const MAX_KEYS = 5;
/** Characters of a key. */
const MAX_KEY = 30;

export type MenuPlace = { readonly x: number; readonly y: number };

type MenuProps = { store: TrafficStore; at: MenuPlace; onClose: () => void };

/** Rows into the clipboard, as a table or as they are in a recording. `rows` says which. */
function copiesOf(store: TrafficStore, entries: readonly Entry[], rows: string): MenuItem[] {
  const copy = (text: string) => void copyOr(text, (problem) => (store.notice.value = problem));
  const asTest = eventsAsTest(entries, store.callOf);
  return [
    {
      label: `Copy ${rows} as TSV`,
      run: () => copy(toTsv(entries, store.callOf, store.now.peek())),
    },
    { label: `Copy ${rows} as events (JSON)`, run: () => copy(toJson(entries)) },
    {
      label: `Copy ${rows} as Playwright test`,
      title: asTest
        ? "Expects the same messages and state, with the package for CI"
        : "Only messages, user data and session data can be expected in a test",
      isDisabled: asTest === undefined,
      run: () => copy(asTest ?? ""),
    },
  ];
}

/** The table without the other types, or without this one. */
const narrowingTo = (store: TrafficStore, type: string | undefined): MenuItem[] =>
  type === undefined
    ? []
    : [false, true].map((isNegated) => ({
        label: isNegated ? `Hide ${type}` : `Show only ${type}`,
        run: () =>
          store.narrow(printFilter([{ isNegated, condition: { key: "type", values: [type] } }])),
      }));

/** What can be done with the rows that are chosen. */
export function RowMenu({ store, at, onClose }: MenuProps) {
  const selected = store.selected.value;
  if (!selected) return null;
  const chosen = store.selection.inOrder();
  const { event } = selected;
  // Fresh, for what can be done may change while the menu is open.
  const call = store.freshCall(event.callId);
  const type = rowOf(selected, call)?.type?.label;
  const changed = call ? changedKeysOf(selected, call.history) : [];
  const rows = chosen.length > 1 ? plural(chosen.length, "row") : "row";

  // Of several rows only the copies are of use: what is sent must be one that is known.
  const actions = actionsOf(selected, call, store.commands.whyNot).filter(
    ({ kind }) => kind === "copy" || chosen.length <= 1,
  );

  async function run(action: EntryAction): Promise<void> {
    const said = await runEntryAction(store, call, action);
    // The menu is closed by then; what went well shows as a row, or in the clipboard.
    if (said?.isProblem) store.notice.value = said.text;
  }

  const itemOf = (action: EntryAction): MenuItem => ({
    label: action.label,
    title: action.whyNot ?? action.title,
    isDisabled: action.whyNot !== undefined,
    run: () => void run(action),
  });
  const copies: MenuItem[] = [
    ...copiesOf(store, chosen, rows),
    ...actions.filter(({ kind }) => kind === "copy").map(itemOf),
  ];
  const groups: MenuGroups = [
    [{ label: "Copy", items: copies }],
    actions.filter(({ kind }) => kind !== "copy").map(itemOf),
    narrowingTo(store, type),
    [
      // The Room tab shows the room as the inspected page knows it.
      ...(call?.isOfSeat ? [] : changed.slice(0, MAX_KEYS)).map((key) => ({
        label: `History of ${key.length > MAX_KEY ? `${key.slice(0, MAX_KEY)}…` : key}`,
        title: "Every change of this key: when, by whom, and the line of your code",
        run: () => store.showKeyHistory(event.callId, key),
      })),
      ...(event.callId === "" || call?.isOfSeat
        ? []
        : [{ label: "Show the room at this moment", run: () => store.showMoment(selected) }]),
    ],
    [
      {
        label: store.pinned.value.includes(selected) ? "Unpin row" : "Pin row to the top",
        run: () => store.togglePin(selected),
      },
    ],
  ];
  return <Menu label="Row" groups={groups} at={at} onClose={onClose} />;
}

/** What can be done with all rows of a group. */
export function GroupMenu({ store, group, at, onClose }: MenuProps & { group: RowGroup }) {
  const { entries, isOpen } = group;
  const first = entries[0] as Entry;
  const type = rowOf(first, store.callOf(first.event.callId))?.type?.label;
  return (
    <Menu
      label="Group"
      at={at}
      onClose={onClose}
      groups={[
        [
          {
            label: isOpen ? "Collapse" : "Expand",
            run: () => store.session.value.toggleGroup(group),
          },
        ],
        copiesOf(store, entries, plural(entries.length, "row")),
        narrowingTo(store, type),
      ]}
    />
  );
}

/** What can be done with an entry. The menu of its row has the same. */
export function EntryActions({
  store,
  entry,
  call,
}: {
  store: TrafficStore;
  entry: Entry;
  call: CallState;
}) {
  const [said, say] = useState<string | undefined>(undefined);
  const actions = actionsOf(entry, call, store.commands.whyNot);
  const resend = resendOf(entry.event);
  if (actions.length === 0) return null;

  return (
    <p class="actions">
      {actions.map((action) => (
        <LinkButton
          key={action.label}
          disabled={action.whyNot !== undefined}
          title={action.whyNot ?? action.title}
          onClick={() => void runEntryAction(store, call, action).then((it) => say(it?.text))}
        >
          {action.label}
        </LinkButton>
      ))}
      {resend && !resend.ok && <span class="is-warning">{resend.reason}</span>}
      {said && <span role="status"> {said}</span>}
    </p>
  );
}
