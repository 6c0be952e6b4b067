import type { ComponentChildren, RefObject } from "preact";

import { ToolButton } from "./controls";
import { Roving } from "./roving";

export type Tab = { readonly name: string; readonly show: () => ComponentChildren };

type Props = {
  label: string;
  tabs: readonly Tab[];
  chosen: string;
  onChoose: (name: string) => void;
  onClose: () => void;
  /** The content, for the keyboard to go into. */
  bodyRef: RefObject<HTMLDivElement | null>;
};

/** A strip of tabs with the chosen one's content below, and a way to close it all. */
export function Tabs({ label, tabs, chosen, onChoose, onClose, bodyRef }: Props) {
  return (
    <>
      <div class="tabs">
        <Roving class="tabs__list" role="tablist" label={label}>
          {tabs.map(({ name }) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={name === chosen}
              aria-controls="details-body"
              onClick={() => onChoose(name)}
            >
              {name}
            </button>
          ))}
        </Roving>
        <ToolButton
          label="Close details"
          title="Close details (Esc)"
          icon="close"
          onClick={onClose}
        />
      </div>
      <div
        class="details__body"
        ref={bodyRef}
        data-findable
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
