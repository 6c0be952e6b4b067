import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { NARROW } from "./use-narrow";

type Props = {
  /** The accessible name of the button and of what it opens. */
  label: string;
  title: string;
  /** What the button shows. */
  face: ComponentChildren;
  /** Classes of the button. */
  class?: string;
  isDisabled?: boolean;
  /** What is in the pane; made when it opens. Something in it takes the focus by `autofocus`. */
  children: (close: () => void) => ComponentChildren;
};

/** CSS pixels; as in the style sheets. */
const LOW = 450;

/** A button with a pane below it, which Escape or a click elsewhere closes. */
export function Popover({
  label,
  title,
  face,
  class: names = "tool",
  isDisabled,
  children,
}: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => pane.current?.hidePopover();

  /** Below the button and up to its right edge; a small panel is used as wide as it is. */
  function place(): void {
    if (!button.current || !pane.current) return;
    const { bottom, right } = button.current.getBoundingClientRect();
    const isSmall = innerWidth <= NARROW || innerHeight <= LOW;
    const end = isSmall ? innerWidth - 4 : right;
    const { style } = pane.current;
    style.top = `${bottom + 4}px`;
    style.maxHeight = `calc(100vh - ${bottom + 8}px)`;
    style.right = `${innerWidth - end}px`;
    style.maxWidth = `${end - 4}px`;
  }

  // While traffic comes in, what lies above may grow: the pane stays with its button.
  useEffect(() => {
    if (!isOpen) return undefined;
    let frame = requestAnimationFrame(function follow() {
      place();
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [isOpen]);

  // What is opened by the keyboard is gone on with by the keyboard.
  useEffect(() => {
    if (isOpen && !pane.current?.contains(document.activeElement)) {
      pane.current?.querySelector<HTMLElement>(":is(button, input, select):enabled")?.focus();
    }
  }, [isOpen]);

  /** Before what has the focus goes away with the pane; not from what was clicked elsewhere. */
  function giveFocusBack(): void {
    if (pane.current?.contains(document.activeElement)) button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !isOpen) return;
    close();
    button.current?.focus();
    // Or it would open the drawer of DevTools.
    event.preventDefault();
    event.stopPropagation();
  }

  // What had the focus in the pane may be gone: keys are pressed in the body then, and are still for the pane.
  useEffect(() => {
    if (!isOpen) return undefined;
    const onKey = (event: KeyboardEvent) => event.target === document.body && onKeyDown(event);
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [isOpen]);

  return (
    <span class="popover-button" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class={names}
        aria-label={label}
        title={title}
        aria-expanded={isOpen}
        popovertarget={id}
        disabled={isDisabled}
        // The focus goes to the pane, and what grows with the focus does not move from under the pointer.
        onMouseDown={(event) => event.preventDefault()}
      >
        {face}
      </button>
      <div
        ref={pane}
        id={id}
        class="popover"
        popover="auto"
        tabIndex={-1}
        role="dialog"
        aria-label={label}
        onBeforeToggle={({ newState }) => {
          place();
          if (newState === "closed") giveFocusBack();
          setOpen(newState === "open");
        }}
      >
        {isOpen && children(close)}
      </div>
    </span>
  );
}
