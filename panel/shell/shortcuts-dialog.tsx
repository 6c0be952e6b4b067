import { useEffect, useRef } from "preact/hooks";

import { isMac } from "../ui/command-key";

const COMMAND = isMac() ? "⌘" : "Ctrl+";

/** Where keys work, and what they do. */
export const SHORTCUTS: readonly {
  readonly where: string;
  readonly keys: readonly (readonly [string, string])[];
}[] = [
  {
    where: "Everywhere",
    keys: [
      ["/", "Go to the filter"],
      [`${COMMAND}L or ${COMMAND}K`, "Clear the log"],
      [`${COMMAND}E`, "Pause recording, or go on"],
      ["?", "Show this list"],
      ["Esc", "Close what is open"],
    ],
  },
  {
    where: "Table",
    keys: [
      ["↑ ↓ Page Up Page Down Home End", "Move; with Shift, select"],
      ["Enter", "Open the details, then go into them"],
      ["← →", "Close or open a group"],
      ["Letters", "Jump to a type, method, event or sender"],
      [`${COMMAND}F`, "Search within the rows"],
      [`${COMMAND}A ${COMMAND}C`, "Select all; copy as a table"],
      ["Shift+F10", "Open the menu of the row"],
      ["Alt+← Alt+→", "On a column's name: resize it"],
    ],
  },
  {
    where: "Sequence",
    keys: [
      ["↑ ↓ Page Up Page Down Home End", "Move; with Shift, choose rows"],
      ["Enter", "Open the details, then go into them"],
      [`${COMMAND}C`, "Copy the chosen rows as a Mermaid diagram"],
    ],
  },
  {
    where: "Toolbars and tabs",
    keys: [["← → Home End", "Move between the controls of a group"]],
  },
  {
    where: "State in the Room tab",
    keys: [
      ["Enter or F2", "Edit the value"],
      ["Insert", "Add a value"],
      ["Delete", "Delete it"],
      [`${COMMAND}Z`, "Undo the last change"],
    ],
  },
  {
    where: "Overview",
    keys: [
      ["← →", "Move in time"],
      ["+ − 0", "Zoom in, zoom out, show all of it"],
    ],
  },
];

/** All keys of the panel. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="shortcuts"
      aria-label="Keyboard shortcuts"
      onClose={onClose}
      // Or Escape would open the drawer of DevTools.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2>Keyboard shortcuts</h2>
      {SHORTCUTS.map(({ where, keys }) => (
        <section key={where}>
          <h3>{where}</h3>
          <dl>
            {keys.map(([key, means]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{means}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <form method="dialog">
        <button class="button">Close</button>
      </form>
    </dialog>
  );
}
