import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";

type Props = {
  id: string;
  label: string;
  title: string;
  icon: ComponentChildren;
  /** What is in the popover; made when it opens. Something in it takes the focus by `autofocus`. */
  children: (close: () => void) => ComponentChildren;
};

/** CSS pixels; as in the style sheets. */
const NARROW = 640;
const LOW = 450;

/** A small button with a popover below it, which Escape or a click elsewhere closes. */
export function PopoverButton({ id, label, title, icon, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => popover.current?.hidePopover();

  /** Below the button and up to its right edge; a small panel is used as wide as it is. */
  function place(): void {
    if (!button.current || !popover.current) return;
    const { bottom, right } = button.current.getBoundingClientRect();
    const isSmall = innerWidth <= NARROW || innerHeight <= LOW;
    const end = isSmall ? innerWidth - 4 : right;
    const { style } = popover.current;
    style.top = `${bottom + 4}px`;
    style.maxHeight = `calc(100vh - ${bottom + 8}px)`;
    style.right = `${innerWidth - end}px`;
    style.maxWidth = `${end - 4}px`;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !isOpen) return;
    close();
    // Or it would open the drawer of DevTools.
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <span class="popover-button" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class="tool tool--small"
        aria-label={label}
        title={title}
        aria-expanded={isOpen}
        popovertarget={id}
        // The focus goes to the popover, and what grows with the focus does not move from under the pointer.
        onMouseDown={(event) => event.preventDefault()}
      >
        {icon}
      </button>
      <div
        ref={popover}
        id={id}
        class="popover"
        popover="auto"
        tabIndex={-1}
        role="dialog"
        aria-label={label}
        onBeforeToggle={({ newState }) => {
          place();
          setOpen(newState === "open");
        }}
      >
        {isOpen && children(close)}
      </div>
    </span>
  );
}
