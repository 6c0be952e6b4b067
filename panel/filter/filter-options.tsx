import { useLayoutEffect } from "preact/hooks";

import type { Completion } from "../../core/filter/language/complete-filter";

type Props = {
  options: readonly Completion[];
  /** Index of the one that the arrow keys are at; -1 for none. */
  active: number;
  onActive: (index: number) => void;
  onAccept: (option: Completion) => void;
};

export const optionId = (index: number): string => `filter-option-${index}`;

/** What the filter may go on with. The focus stays in the box. */
export function FilterOptions({ options, active, onActive, onAccept }: Props) {
  useLayoutEffect(
    () => document.getElementById(optionId(active))?.scrollIntoView({ block: "nearest" }),
    [active],
  );
  return (
    <ul id="filter-options" class="filter__options" role="listbox" aria-label="Completions">
      {options.map((option, index) => (
        <li
          key={`${option.kind} ${option.label}`}
          id={optionId(index)}
          class="filter__option"
          role="option"
          aria-selected={index === active}
          title={option.detail || option.label}
          onMouseMove={() => onActive(index)}
          onMouseDown={(event) => {
            // The box keeps the focus.
            event.preventDefault();
            onAccept(option);
          }}
        >
          <span class="filter__label">
            {option.kind === "saved" && "★ "}
            {option.label}
          </span>
          <span class="filter__detail">{option.detail}</span>
        </li>
      ))}
    </ul>
  );
}
