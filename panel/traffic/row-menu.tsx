import { printFilter } from "../../core/filter/language/print-filter";
import { toJson, toTsv } from "./copy-rows";
import { changedKeysOf } from "../../core/session/change";
import { actionsOf, type EntryAction } from "./entry-actions";
import type { TrafficStore } from "./traffic-store";
import { rowOf } from "../../core/session/event-view";
import { copyOr } from "../ui/copy-text";
import { plural } from "../ui/format";
import { Menu, type MenuGroups, type MenuItem } from "../ui/menu";
import { runEntryAction } from "./run-entry-action";

/** More keys than this make no menu. */
const MAX_KEYS = 5;
/** Characters of a key. */
const MAX_KEY = 30;

export type MenuPlace = { readonly x: number; readonly y: number };

/** What can be done with the rows that are chosen. */
export function RowMenu({
  store,
  at,
  onClose,
}: {
  store: TrafficStore;
  at: MenuPlace;
  onClose: () => void;
}) {
  const selected = store.selected.value;
  if (!selected) return null;
  const chosen = store.selection.inOrder();
  const { event } = selected;
  // Fresh, for what can be done may change while the menu is open.
  const call = store.freshCall(event.callId);
  const type = rowOf(selected, call)?.type?.label;
  const changed = call ? changedKeysOf(selected, call.history) : [];
  const rows = chosen.length > 1 ? plural(chosen.length, "row") : "row";
  const term = (isNegated: boolean) =>
    printFilter([{ isNegated, condition: { key: "type", values: [type ?? ""] } }]);

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
  const say = (text: string) => void (store.notice.value = text);
  const copies: MenuItem[] = [
    {
      label: `Copy ${rows} as TSV`,
      run: () => void copyOr(toTsv(chosen, store.callOf, store.now.peek()), say),
    },
    { label: `Copy ${rows} as events (JSON)`, run: () => void copyOr(toJson(chosen), say) },
    ...actions.filter(({ kind }) => kind === "copy").map(itemOf),
  ];
  const groups: MenuGroups = [
    [{ label: "Copy", items: copies }],
    actions.filter(({ kind }) => kind !== "copy").map(itemOf),
    type === undefined
      ? []
      : [false, true].map((isNegated) => ({
          label: isNegated ? `Hide ${type}` : `Show only ${type}`,
          run: () => store.narrow(term(isNegated)),
        })),
    [
      ...changed.slice(0, MAX_KEYS).map((key) => ({
        label: `History of ${key.length > MAX_KEY ? `${key.slice(0, MAX_KEY)}…` : key}`,
        title: "Every change of this key: when, by whom, and the line of your code",
        run: () => store.showKeyHistory(event.callId, key),
      })),
      ...(event.callId === ""
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
