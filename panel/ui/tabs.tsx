import type { ComponentChildren } from "preact";

import { Icon } from "./icons";

export type Tab = { readonly name: string; readonly show: () => ComponentChildren };

type Props = {
  label: string;
  tabs: readonly Tab[];
  chosen: string;
  onChoose: (name: string) => void;
  onClose: () => void;
};

/** A strip of tabs with the chosen one's content below, and a way to close it all. */
export function Tabs({ label, tabs, chosen, onChoose, onClose }: Props) {
  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ name }) => name === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.name);
    document.getElementById(`tab-${next.name}`)?.focus();
  }

  return (
    <>
      <div class="tabs">
        <div class="tabs__list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
          {tabs.map(({ name }) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={name === chosen}
              aria-controls="details-body"
              tabIndex={name === chosen ? 0 : -1}
              onClick={() => onChoose(name)}
            >
              {name}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="tool"
          aria-label="Close details"
          title="Close details (Esc)"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div
        class="details__body"
        id="details-body"
        role="tabpanel"
        aria-labelledby={`tab-${chosen}`}
        tabIndex={0}
      >
        {tabs.find(({ name }) => name === chosen)?.show()}
      </div>
    </>
  );
}
