import { isMac } from "../ui/command-key";

type Shortcut = readonly [keys: string, does: string];

/** Every key of the panel: where it works, and what it does. docs/guide/keys.md has the same (`shortcuts.test.ts`). */
export function listShortcuts(onMac = isMac()): readonly {
  readonly where: string;
  readonly keys: readonly Shortcut[];
}[] {
  const command = onMac ? "⌘" : "Ctrl+";
  return [
    {
      where: "Everywhere",
      keys: [
        ["/", "Go to the filter"],
        [`${command}L or ${command}K`, "Clear the log"],
        [`${command}E`, "Pause recording, or go on"],
        ["?", "Show this list"],
        ["Esc", "Close what is open"],
      ],
    },
    {
      where: "Filter",
      keys: [
        ["↓ ↑", "List suggestions, move through them"],
        ["Tab or Enter", "Accept a suggestion"],
      ],
    },
    {
      where: "Table",
      keys: [
        ["↑ ↓ PageUp PageDown Home End", "Move; with Shift, select"],
        ["Enter", "Open the details, then go into them"],
        ["← →", "Close or open a group"],
        ["Letters", "Jump to a type, method, event or sender"],
        [`${command}F`, "Search within the rows"],
        ["Enter Shift+Enter", "In the search: next, previous"],
        [`${command}A ${command}C`, "Select all; copy as a table"],
        ["Shift+F10", "Open the menu of the row"],
        ["Alt+← Alt+→", "On a column's name: resize it"],
      ],
    },
    {
      where: "Sequence and Conversation",
      keys: [
        ["↑ ↓ PageUp PageDown Home End", "Move; in the Sequence with Shift, select"],
        ["Enter", "Open the details, then go into them"],
        [`${command}C`, "Copy: the selected rows as a Mermaid diagram, what was said as text"],
        [`${command}F`, "Search within the conversation"],
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
        [`${command}Z`, "Undo the last change"],
      ],
    },
    {
      where: "Send",
      keys: [[`${command}Enter`, "Send what is in the editor"]],
    },
    {
      where: "Overview",
      keys: [
        ["← →", "Move in time"],
        ["+ - 0", "Zoom in, zoom out, show all of it"],
        ["Home End", "Go to the start; follow the call"],
        ["Shift+← Shift+→", "Select a time range"],
        ["Enter", "Select the part that is shown"],
        ["Esc", "Clear the time range"],
      ],
    },
  ];
}
