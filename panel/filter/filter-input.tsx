import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { completeFilter, type Completion } from "../../core/filter/language/complete-filter";
import {
  FILTER_KEY_NAMES,
  FILTER_KEYS,
  type FilterProblem,
} from "../../core/filter/language/filter-keys";
import { parseFilter } from "../../core/filter/language/parse-filter";
import { REGEX_CHARS } from "../../core/filter/term-matcher";
import type { FilterStore } from "./filter-store";
import { SavedFiltersMenu } from "./saved-filters-menu";
import type { SavedFilters } from "./saved-filters";
import { formatCount } from "../ui/format";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";
import { useNarrow } from "../ui/use-narrow";
import { LinkButton } from "../ui/controls";
import "./filter.css";

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
  const isNarrow = useNarrow();
  const [active, setActive] = useState(-1);
  const [scrollLeft, setScrollLeft] = useState(0);
  const known = { seen: store.seenValues, saved: savedFilters.list.value };
  // The text may have been cleared or chosen elsewhere since.
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
            placeholder={isNarrow ? "Filter" : "Filter (for example, type:chat)"}
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
        <div class="filter__below">
          <p
            id="filter-problems"
            class={message ? "filter__problems" : "visually-hidden"}
            role="status"
          >
            {message &&
              (problems.every(({ isGuessed }) => isGuessed)
                ? message
                : `${message}\nUnderlined terms are ignored.`)}
          </p>
          {isOpen && (
            <FilterOptions
              options={options}
              active={active}
              onActive={setActive}
              onAccept={accept}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/** What Tab takes when nothing was chosen: the first one, once something of it was typed. */
const typedOption = (options: readonly Completion[]): Completion | undefined =>
  options[0] && options[0].to > options[0].from ? options[0] : undefined;

/** Lies behind the box with the same text, unseen, and underlines what is not understood. */
function FilterMirror({
  text,
  problems,
  scrollLeft,
}: {
  text: string;
  problems: readonly FilterProblem[];
  scrollLeft: number;
}) {
  const mirror = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (mirror.current) mirror.current.scrollLeft = scrollLeft;
  });
  if (problems.length === 0) return null;
  return (
    <div class="filter__mirror" aria-hidden="true" ref={mirror}>
      {problems.map(({ from, to }, index) => (
        <>
          {text.slice(problems[index - 1]?.to ?? 0, from)}
          <u class="filter__wrong">{text.slice(from, to)}</u>
        </>
      ))}
      {text.slice(problems.at(-1)?.to)}
    </div>
  );
}

type OptionsProps = {
  options: readonly Completion[];
  /** Index of the one that the arrow keys are at; -1 for none. */
  active: number;
  onActive: (index: number) => void;
  onAccept: (option: Completion) => void;
};

const optionId = (index: number): string => `filter-option-${index}`;

/** What the filter may go on with. The focus stays in the box. */
function FilterOptions({ options, active, onActive, onAccept }: OptionsProps) {
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
          <span class="filter__label cut">
            {option.kind === "saved" && "★ "}
            {option.label}
          </span>
          <span class="filter__detail">{option.detail}</span>
        </li>
      ))}
    </ul>
  );
}

const WORDS: readonly (readonly [example: string, means: string])[] = [
  ["reaction", "a word anywhere in the row or its payload; case does not matter"],
  ['"raise hand"', "several words as they stand"],
  [
    "/hand|poll/i",
    `a regular expression, on the first ${formatCount(REGEX_CHARS.payload)} characters of the payload and ${formatCount(REGEX_CHARS.row)} of the row`,
  ],
  ["-type:cursor", "a minus before anything: rows of which it is not true"],
  ["status:failed,lost", "a comma: one of them is enough. A space: all must be true"],
];

/** The whole language on one screen. Every example can be tried. */
function FilterHelp({ store }: { store: FilterStore }) {
  const rows = [
    ...WORDS,
    ...FILTER_KEY_NAMES.map((key) => [FILTER_KEYS[key].example, FILTER_KEYS[key].means] as const),
  ];
  return (
    <Popover
      class="tool tool--small"
      label="Filter help"
      title="The filter language, with examples"
      face={<span aria-hidden="true">?</span>}
    >
      {(close) => (
        <>
          <p class="popover__lead" tabIndex={-1} autofocus>
            Choose an example to add it to the filter.
          </p>
          <ul class="filter-help">
            {rows.map(([example, means]) => (
              <li key={example}>
                <LinkButton
                  title={`Add ${example} to the filter`}
                  onClick={() => {
                    store.narrow(example);
                    close();
                  }}
                >
                  <code>{example}</code>
                </LinkButton>
                <span>{means}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Popover>
  );
}
