import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";

import type { SavedFilters } from "./saved-filters";
import type { FilterStore } from "./filter-store";
import { Popover } from "../ui/popover";
import { LinkButton } from "../ui/controls";

type Props = { store: FilterStore; savedFilters: SavedFilters };

/** Keeps the filter under a name; chooses, renames and deletes those that were kept. */
export function SavedFiltersMenu({ store, savedFilters }: Props) {
  const { text } = store.filter.value;
  const isSaved = savedFilters.list.value.some((each) => each.text === text.trim());
  return (
    <Popover
      class="tool tool--small"
      label="Saved filters"
      title="Save this filter under a name, or choose a saved one"
      face={<span aria-hidden="true">{isSaved ? "★" : "☆"}</span>}
    >
      {(close) => <Menu store={store} savedFilters={savedFilters} onDone={close} />}
    </Popover>
  );
}

function Menu({ store, savedFilters, onDone }: Props & { onDone: () => void }) {
  const { filter } = store;
  const text = filter.value.text.trim();
  const [name, setName] = useState("");
  /** Of the filter that is being renamed. */
  const [renaming, setRenaming] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);

  function submit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    // The button is about to be disabled, and would lose the focus.
    event.currentTarget.querySelector("input")?.focus();
    const failure =
      renaming === undefined
        ? savedFilters.save({ name: name.trim(), text })
        : savedFilters.rename(renaming, name.trim());
    setProblem(failure);
    if (failure !== undefined) return;
    setName("");
    setRenaming(undefined);
  }

  return (
    <div class="saved-filters">
      {savedFilters.list.value.map((each) => (
        <div key={each.name} class="saved-filters__one">
          <LinkButton
            class="saved-filters__choose cut"
            title={each.text}
            onClick={() => {
              filter.value = { ...filter.value, text: each.text };
              onDone();
            }}
          >
            {each.name} <code>{each.text}</code>
          </LinkButton>
          <LinkButton
            aria-label={`Rename ${each.name}`}
            title="Give it another name"
            onClick={() => {
              setRenaming(each.name);
              setName(each.name);
            }}
          >
            Rename
          </LinkButton>
          <LinkButton
            aria-label={`Delete ${each.name}`}
            title="Delete this saved filter"
            onClick={({ currentTarget }) => {
              // It goes away with its row; the keyboard stays in the popover.
              currentTarget.closest<HTMLElement>("[popover]")?.focus();
              savedFilters.remove(each.name);
            }}
          >
            Delete
          </LinkButton>
        </div>
      ))}
      {text === "" && renaming === undefined ? (
        <p class="popover__lead" tabIndex={-1} autofocus>
          Type a filter first, then save it here under a name.
        </p>
      ) : (
        <form class="saved-filters__form" onSubmit={submit}>
          <input
            class="field"
            placeholder="Name"
            aria-label={renaming === undefined ? "Name of the filter" : `New name of ${renaming}`}
            maxLength={60}
            value={name}
            autofocus
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          <LinkButton type="submit" disabled={name.trim() === ""}>
            {renaming === undefined ? "Save this filter" : "Rename"}
          </LinkButton>
        </form>
      )}
      {problem && (
        <p class="is-warning" role="status">
          {problem}
        </p>
      )}
    </div>
  );
}
