import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { Icon } from "./icons";

export type MenuItem = {
  readonly label: string;
  /** What it does; a submenu has `items` instead. */
  readonly run?: () => void;
  readonly items?: readonly MenuItem[];
  readonly title?: string | undefined;
  /** It can be reached, so that its title is heard, and does nothing. */
  readonly isDisabled?: boolean;
  /** For one that can be switched: whether it is on. */
  readonly isChecked?: boolean;
};

/** Items that belong together; a line is drawn between groups. */
export type MenuGroups = readonly (readonly MenuItem[])[];

type Place = { readonly x: number; readonly y: number };

type Props = {
  label: string;
  groups: MenuGroups;
  /** Where it opens, in CSS pixels of the panel. */
  at: Place;
  onClose: () => void;
};

/** A context menu. Arrows move, right and left open and close a submenu, Enter chooses, Escape closes the list that it is in, a click elsewhere all. */
export function Menu({ label, groups, at, onClose }: Props) {
  const root = useRef<HTMLDivElement>(null);

  // What had the focus, before the list takes it, gets it back.
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(() => () => void (before instanceof HTMLElement && before.focus()), [before]);

  useEffect(() => {
    const onPointerDown = ({ target }: Event) => {
      if (!root.current?.contains(target as Node)) onClose();
    };
    document.addEventListener("pointerdown", onPointerDown, true);
    return () => document.removeEventListener("pointerdown", onPointerDown, true);
  }, [onClose]);

  return (
    <div ref={root}>
      <List label={label} groups={groups} at={at} hasFocus onClose={onClose} onBack={onClose} />
    </div>
  );
}

/** The submenu that is open. By the keyboard it has the focus as well; under the pointer it only shows. */
type OpenItem = { readonly item: MenuItem; readonly at: Place; readonly hasFocus: boolean };

type ListProps = Props & {
  hasFocus: boolean;
  /** Closes this list alone. */
  onBack: () => void;
};

function List({ label, groups, at, hasFocus, onClose, onBack }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<OpenItem>();

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(0, Math.min(at.x, innerWidth - width - 2))}px`;
    element.style.top = `${Math.max(0, Math.min(at.y, innerHeight - height - 2))}px`;
    if (hasFocus) element.querySelector("button")?.focus();
  }, [at, hasFocus]);

  const groupsShown = groups.filter((items) => items.length > 0);
  const all = groupsShown.flat();

  function openItem(item: MenuItem, button: HTMLElement, isByKey: boolean): void {
    const { right, top } = button.getBoundingClientRect();
    const place = { x: right - 2, y: top - 4 };
    setOpen(item.items ? { item, at: place, hasFocus: isByKey } : undefined);
  }

  /** A menu that opens under a resting pointer isn't pointed at. */
  function onPointerMove(
    { movementX, movementY, currentTarget }: PointerEvent & { currentTarget: HTMLElement },
    item: MenuItem,
  ): void {
    if ((movementX !== 0 || movementY !== 0) && open?.item.label !== item.label)
      openItem(item, currentTarget, false);
  }

  function close(): void {
    // By its label: the items are made again whenever the table is drawn.
    const at = all.findIndex(({ label }) => label === open?.item.label);
    setOpen(undefined);
    list.current?.querySelectorAll("button")[at]?.focus();
  }

  function choose(item: MenuItem, button: HTMLElement): void {
    if (item.isDisabled) return;
    if (item.items) return openItem(item, button, true);
    onClose();
    item.run?.();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const [item, button] = [all[now], buttons[now]];
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) buttons.at(next % buttons.length)?.focus();
    else if (event.key === "ArrowRight" && item?.items && button) openItem(item, button, true);
    else if (event.key === "ArrowLeft" || event.key === "Escape") onBack();
    else if (event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <div class="menu" role="menu" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {groupsShown.map((items, group) => (
          <div key={group} role="group" class="menu__group">
            {items.map((item) => (
              <button
                key={item.label}
                type="button"
                role={item.isChecked === undefined ? "menuitem" : "menuitemcheckbox"}
                title={item.title}
                aria-disabled={item.isDisabled ?? false}
                aria-checked={item.isChecked}
                aria-haspopup={item.items ? "menu" : undefined}
                aria-expanded={item.items ? open?.item.label === item.label : undefined}
                onPointerMove={(event) => onPointerMove(event, item)}
                onClick={({ currentTarget }) => choose(item, currentTarget)}
              >
                <span class="menu__check">{item.isChecked ? "✓" : ""}</span>
                {item.label}
                {item.items && <Icon name="closed" />}
              </button>
            ))}
          </div>
        ))}
      </div>
      {open?.item.items && (
        <List
          label={open.item.label}
          groups={[open.item.items]}
          at={open.at}
          hasFocus={open.hasFocus}
          onClose={onClose}
          onBack={close}
        />
      )}
    </>
  );
}
