import type { Signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { ToolButton } from "./controls";
import { highlight } from "./highlight";

type Props = {
  /** The text that is looked for. */
  find: Signal<string>;
  /** How often it was asked for since it was closed; 0 while it is. */
  isFinding: Signal<number>;
  /** What it looks through: its accessible name, and what the empty field says. */
  label: string;
  /** How much was found; shown once there is a text. */
  count: string;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
};

/** A field to look for a text in a view, with steps from one match to the next. Marks what is drawn of it. */
export function FindField({ find, isFinding, label, count, onStep, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);

  // Asked for again while open: what was searched for is there to be typed over.
  // Before the next key arrives, or it would be lost.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [isFinding.value]);

  useEffect(() => (find.value === "" ? undefined : highlight(find.value)), [find.value]);

  function close(): void {
    isFinding.value = 0;
    find.value = "";
    onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="find" role="search" onKeyDown={onKeyDown}>
      <input
        ref={input}
        type="text"
        aria-label={label}
        placeholder={label}
        value={find.value}
        onInput={({ currentTarget }) => void (find.value = currentTarget.value)}
      />
      <span class="find__count" role="status">
        {find.value && count}
      </span>
      <ToolButton
        label="Previous match"
        title="Previous match (Shift+Enter)"
        icon="out"
        onClick={() => onStep(-1)}
      />
      <ToolButton
        label="Next match"
        title="Next match (Enter)"
        icon="in"
        onClick={() => onStep(1)}
      />
      <ToolButton label="Close find" title="Close (Esc)" icon="close" onClick={close} />
    </div>
  );
}
