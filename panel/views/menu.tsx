import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

export type MenuItem = {
  readonly label: string;
  readonly run: () => void;
  readonly title?: string;
  /** It can be reached, so that its title is heard, and does nothing. */
  readonly isDisabled?: boolean;
};

type Props = {
  label: string;
  items: readonly MenuItem[];
  /** Where it opens, in CSS pixels of the panel. */
  at: { readonly x: number; readonly y: number };
  onClose: () => void;
};

/** A context menu. Arrows move, Enter chooses, Escape or a click elsewhere closes it. */
export function Menu({ label, items, at, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);

  // Whoever had the focus gets it back.
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => void (before instanceof HTMLElement && before.focus());
  }, []);

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(0, Math.min(at.x, innerWidth - width - 2))}px`;
    element.style.top = `${Math.max(0, Math.min(at.y, innerHeight - height - 2))}px`;
    element.querySelector("button")?.focus();
  }, [at]);

  useEffect(() => {
    const onPointerDown = ({ target }: Event) => {
      if (!menu.current?.contains(target as Node)) onClose();
    };
    document.addEventListener("pointerdown", onPointerDown, true);
    return () => document.removeEventListener("pointerdown", onPointerDown, true);
  }, [onClose]);

  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(menu.current?.querySelectorAll("button") ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) buttons.at(next % buttons.length)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="menu" role="menu" aria-label={label} ref={menu} onKeyDown={onKeyDown}>
      {items.map(({ label: text, title, isDisabled = false, run }) => (
        <button
          key={text}
          type="button"
          role="menuitem"
          title={title}
          aria-disabled={isDisabled}
          onClick={() => {
            if (isDisabled) return;
            onClose();
            run();
          }}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
