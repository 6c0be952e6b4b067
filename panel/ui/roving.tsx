import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type Props = {
  label: string;
  role: "toolbar" | "group" | "tablist";
  class: string;
  children: ComponentChildren;
};

/** What the arrows reach. What opens below a button has its own keys. */
const ITEMS =
  ":is(button, input[type=checkbox], input[type=radio]):enabled:not([popover] *, [role=menu] *)";

/**
 * Controls that are one stop of the Tab key: arrows, Home and End move between them. The one that was used last, or the
 * one that is chosen, has the stop. In a tab list the arrows choose as well.
 */
export function Roving({ label, role, class: names, children }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const items = () => [...(container.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];

  function makeStop(stop: HTMLElement | undefined): void {
    for (const each of items()) each.tabIndex = each === stop ? 0 : -1;
  }

  // What is chosen, and which of them can be used, may change with each rendering.
  useLayoutEffect(() => {
    const all = items();
    const used = all.find((each) => each === document.activeElement);
    const chosen = all.find((each) => each.matches("[aria-selected=true]"));
    makeStop(chosen ?? used ?? all.find((each) => each.tabIndex === 0) ?? all[0]);
  });

  function onKeyDown(event: KeyboardEvent): void {
    const all = items();
    const at = all.indexOf(event.target as HTMLElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (at < 0 || next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = all.at(next % all.length);
    if (!item) return;
    event.preventDefault();
    event.stopPropagation();
    item.focus();
    if (role === "tablist") item.click();
  }

  return (
    <div
      ref={container}
      class={names}
      role={role}
      aria-label={label}
      onKeyDown={onKeyDown}
      onFocusIn={({ target }) => {
        if (items().includes(target as HTMLElement)) makeStop(target as HTMLElement);
      }}
    >
      {children}
    </div>
  );
}
