import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

import { completeFilter, type Completion } from "../../core/filter/language/complete-filter";
import { parseFilter } from "../../core/filter/language/parse-filter";
import type { SavedFilters } from "./saved-filters";
import type { FilterStore } from "./filter-store";
import { FilterHelp } from "./filter-help";
import { FilterMirror } from "./filter-mirror";
import { FilterOptions, optionId } from "./filter-options";
import { Icon } from "../ui/icons";
import { SavedFiltersMenu } from "./saved-filters-menu";

type Props = {
  store: FilterStore;
  savedFilters: SavedFilters;
  inputRef: RefObject<HTMLInputElement | null>;
};

const TITLE =
  "Show only rows in which every word occurs, or that a term such as channel:app or status:refused is true of (/). ↓ for what there is.";

/** The box for the filter language: completes, marks what is not understood, keeps filters by name. */
export function FilterInput({ store, savedFilters, inputRef }: Props) {
  const { filter } = store;
  const { text } = filter.value;
  /** Where the list of completions was asked for; undefined while it is closed. */
  const [cursor, setCursor] = useState<number | undefined>(undefined);
  const [active, setActive] = useState(-1);
  const [scrollLeft, setScrollLeft] = useState(0);
  const known = { seen: store.seenValues, saved: savedFilters.list.value };
  // The text may have been cleared or chosen elsewhere meanwhile.
  const options =
    cursor !== undefined && cursor <= text.length ? completeFilter(text, cursor, known) : [];
  const isOpen = options.length > 0;
  // What is still being typed, with its completions in sight, is not wrong yet.
  const problems = parseFilter(text).problems.filter(
    ({ from, to }) => !isOpen || cursor === undefined || from > cursor || to < cursor,
  );
  const message = problems.map((each) => each.message).join("\n");

  useLayoutEffect(() => setScrollLeft(inputRef.current?.scrollLeft ?? 0), [text]);

  function open(): void {
    setCursor(inputRef.current?.selectionEnd ?? 0);
    setActive(-1);
  }

  function accept({ from, to, insert, kind }: Completion): void {
    const element = inputRef.current;
    if (!element) return;
    const newText = text.slice(0, from) + insert + text.slice(to);
    const end = from + insert.length;
    element.value = newText;
    element.setSelectionRange(end, end);
    element.focus();
    filter.value = { ...filter.value, text: newText };
    setActive(-1);
    // A key is followed by its values.
    setCursor(kind === "key" ? end : undefined);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const chosen = options[active] ?? (event.key === "Tab" ? typedOption(options) : undefined);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!isOpen) open();
      // Past either end nothing is chosen, and the text stands as it was typed.
      else setActive(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (isOpen && chosen && !event.shiftKey && ["Enter", "Tab"].includes(event.key)) {
      accept(chosen);
    } else if (isOpen && event.key === "Escape") {
      setCursor(undefined);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="filter-slot">
      <div class={`filter ${problems.length > 0 ? "filter--problem" : ""}`}>
        <Icon name="search" />
        <div class="filter__field">
          <FilterMirror text={text} problems={problems} scrollLeft={scrollLeft} />
          <input
            ref={inputRef}
            type="search"
            role="combobox"
            list={undefined}
            placeholder="Filter (for example, type:chat)"
            aria-label="Filter"
            aria-autocomplete="list"
            aria-expanded={isOpen}
            aria-controls="filter-options"
            aria-activedescendant={isOpen && active >= 0 ? optionId(active) : undefined}
            aria-invalid={problems.length > 0}
            aria-describedby="filter-problems"
            title={message || TITLE}
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => {
              filter.value = { ...filter.value, text: currentTarget.value };
              if (currentTarget.value === "") setCursor(undefined);
              else open();
            }}
            onKeyDown={onKeyDown}
            onFocus={() => text === "" && open()}
            onClick={() => (text === "" ? open() : setCursor(undefined))}
            onScroll={({ currentTarget }) => setScrollLeft(currentTarget.scrollLeft)}
            onBlur={() => setCursor(undefined)}
          />
        </div>
        <SavedFiltersMenu store={store} savedFilters={savedFilters} />
        <FilterHelp store={store} />
        {isOpen && (
          <FilterOptions options={options} active={active} onActive={setActive} onAccept={accept} />
        )}
        <p
          id="filter-problems"
          class={message && !isOpen ? "filter__problems" : "visually-hidden"}
          role="status"
        >
          {message &&
            (problems.every(({ isGuessed }) => isGuessed)
              ? message
              : `${message}\nUnderlined terms are ignored.`)}
        </p>
      </div>
    </div>
  );
}

/** What Tab takes when nothing was chosen: the first one, once something of it was typed. */
const typedOption = (options: readonly Completion[]): Completion | undefined =>
  options[0] && options[0].to > options[0].from ? options[0] : undefined;
