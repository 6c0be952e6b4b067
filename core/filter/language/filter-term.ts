import type { Path } from "../../lib/value-at";
import type { ListKey, MomentKey, NumberKey } from "./filter-keys";

/** Places in the text of a filter, in UTF-16 units; `to` is the first after it. */
type Place = { readonly from: number; readonly to: number };

/** Something in the text that is not right. `isGuessed`: it was taken for what it probably means; else it is ignored. */
export type FilterProblem = Place & { readonly message: string; readonly isGuessed?: true };

export type Comparator = "=" | "!=" | ">" | ">=" | "<" | "<=";

/** A number to compare with, or two that are the ends of a range and part of it. */
export type Comparison =
  | { readonly comparator: Comparator; readonly value: number }
  | { readonly comparator: ".."; readonly value: number; readonly end: number };

/** A point of time, as far as it can be said without a log. */
export type Moment =
  | { readonly kind: "join" | "leave" }
  /** Before the end of the log, or after the start of the call; in ms. */
  | { readonly kind: "ago" | "after-start"; readonly ms: number }
  /** Time of day, in ms since midnight. */
  | { readonly kind: "clock"; readonly ms: number };

/** A place in a payload, with what must be there. `[*]` in a path is a step of "*". */
export type PathTest = {
  readonly path: Path;
  /** Undefined when it is enough that the place is there. */
  readonly comparison:
    | {
        readonly comparator: Comparator;
        readonly value: string;
        /** In quotes: only a string, and exactly this one. */
        readonly isQuoted: boolean;
      }
    | undefined;
};

/** What is asked for. Several values mean that one of them is enough. */
export type Condition =
  | { readonly key: "text"; readonly text: string }
  | { readonly key: "regex"; readonly source: string; readonly flags: string }
  | { readonly key: ListKey; readonly values: readonly string[] }
  | { readonly key: NumberKey; readonly values: readonly Comparison[] }
  | { readonly key: MomentKey; readonly values: readonly Moment[] }
  | { readonly key: "path"; readonly values: readonly PathTest[] };

/** One part of a filter. All of them must hold. */
export type Term = Place & { readonly isNegated: boolean; readonly condition: Condition };

export type ParsedFilter = {
  readonly terms: readonly Term[];
  readonly problems: readonly FilterProblem[];
};
