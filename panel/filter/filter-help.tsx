import { FILTER_KEY_NAMES, FILTER_KEYS } from "../../core/filter/language/filter-keys";
import { REGEX_CHARS } from "../../core/filter/term-matcher";
import type { FilterStore } from "./filter-store";
import { formatCount } from "../ui/format";
import { Popover } from "../ui/popover";

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
export function FilterHelp({ store }: { store: FilterStore }) {
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
                <button
                  type="button"
                  class="link-button"
                  title={`Add ${example} to the filter`}
                  onClick={() => {
                    store.narrow(example);
                    close();
                  }}
                >
                  <code>{example}</code>
                </button>
                <span>{means}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Popover>
  );
}
