import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

type Props = {
  /** The accessible name of the button and of what it opens. */
  label: string;
  title: string;
  /** What the button shows. */
  face: ComponentChildren;
  /** Further classes of the button. */
  class?: string;
  isDisabled?: boolean;
  children: (close: () => void) => ComponentChildren;
};

/** What of a pane can take the focus. */
const CONTROLS = ".popover__pane :is(button, input, select):enabled";

/** A button that opens a small pane beside it. Escape, a click elsewhere or leaving it closes the pane. */
export function Popover({
  label,
  title,
  face,
  class: names = "tool",
  isDisabled,
  children,
}: Props) {
  const [isOpen, setOpen] = useState(false);
  const host = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  useEffect(() => {
    if (!isOpen) return undefined;
    const onPointerDown = ({ target }: Event) => {
      if (!host.current?.contains(target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPointerDown, true);
    return () => document.removeEventListener("pointerdown", onPointerDown, true);
  }, [isOpen]);

  function onKeyDown(event: KeyboardEvent): void {
    if (!isOpen || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  }

  // What is opened by the keyboard is gone on with by the keyboard.
  useEffect(() => {
    if (isOpen) host.current?.querySelector<HTMLElement>(CONTROLS)?.focus();
  }, [isOpen]);

  function onFocusOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget && !host.current?.contains(relatedTarget as Node)) setOpen(false);
  }

  return (
    <span class="popover" ref={host} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button
        ref={button}
        type="button"
        class={names}
        aria-label={label}
        title={title}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        disabled={isDisabled}
        onClick={() => setOpen(!isOpen)}
      >
        {face}
      </button>
      {isOpen && (
        <div id={id} class="popover__pane" role="dialog" aria-label={label}>
          {children(close)}
        </div>
      )}
    </span>
  );
}
