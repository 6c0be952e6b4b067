import { toJson, toTsv } from "../store/copy-rows";
import type { Store } from "../store/store";
import { copyText } from "./copy-text";
import { plural } from "./format";
import { Menu, type MenuItem } from "./menu";

export type MenuPlace = { readonly x: number; readonly y: number };

/** What can be done with the rows that are chosen. */
export function RowMenu({
  store,
  at,
  onClose,
}: {
  store: Store;
  at: MenuPlace;
  onClose: () => void;
}) {
  const selected = store.selected.value;
  const chosen = [...store.selection.chosen.value].sort((a, b) => a.index - b.index);
  if (!selected) return null;
  const { event } = selected;
  const rows = chosen.length > 1 ? plural(chosen.length, "row") : "row";
  const items: MenuItem[] = [
    { label: `Copy ${rows} as TSV`, run: () => void copyText(toTsv(chosen, store.callOf)) },
    { label: `Copy ${rows} as JSON`, run: () => void copyText(toJson(chosen)) },
  ];
  if ("payload" in event && event.payload && !event.payload.problem) {
    const { json } = event.payload;
    items.push({ label: "Copy payload", run: () => void copyText(json) });
  }
  const isPinned = store.pinned.value.includes(selected);
  items.push({
    label: isPinned ? "Unpin row" : "Pin row to the top",
    run: () => store.togglePin(selected),
  });
  if (event.callId !== "") {
    items.push({ label: "Show the room at this moment", run: () => store.showMoment(selected) });
  }
  return <Menu label="Row" items={items} at={at} onClose={onClose} />;
}
