import type { Person } from "../../core/daily/people-tracker";
import type { TimeSpan } from "../../core/filter/filter";

/** The people of one call. */
export type Crowd = {
  readonly people: ReadonlyMap<string, Person>;
  /** When the call's page went away, and nobody was seen any more; undefined while it is there. */
  readonly goneAt: number | undefined;
};

/** Somebody with a bar, and when they were there in the span; undefined while it lasts. */
type Presence = {
  readonly person: Person;
  readonly stays: readonly { readonly from: number; readonly to: number | undefined }[];
};

type Ranked = {
  readonly person: Person;
  readonly goneAt: number | undefined;
  readonly until: number;
};

/**
 * Who gets one of the few bars, and how many would: those whose stay touches a span of time. Whoever is still there comes
 * first, then whoever left last, and those alike as they came: somebody who leaves moves once, and nobody else's order
 * changes. Looks at everyone once.
 */
export function choosePresent(
  crowds: readonly Crowd[],
  span: TimeSpan,
  rows: number,
): { readonly shown: readonly Presence[]; readonly count: number } {
  const ranked: Ranked[] = [];
  let count = 0;
  for (const { people, goneAt } of crowds) {
    for (const person of people.values()) {
      if (!person.stays.some((stay) => touches(stay, goneAt, span))) continue;
      count++;
      const until = person.stays.at(-1)?.toAt ?? goneAt ?? Infinity;
      rank(ranked, { person, goneAt, until }, rows);
    }
  }
  const shown = ranked.map(({ person, goneAt }) => ({
    person,
    stays: person.stays
      .filter((stay) => touches(stay, goneAt, span))
      .map(({ fromAt, toAt = goneAt }) => ({ from: fromAt, to: toAt })),
  }));
  return { shown, count };
}

const touches = (
  { fromAt, toAt }: Person["stays"][number],
  goneAt: number | undefined,
  { from, to }: TimeSpan,
): boolean => fromAt <= to && (toAt ?? goneAt ?? Infinity) >= from;

/** Keeps the first so many in order. Sorting everybody for a few rows would cost more. */
function rank(ranked: Ranked[], one: Ranked, rows: number): void {
  const place = ranked.findIndex(({ until }) => until < one.until);
  if (place >= 0) ranked.splice(place, 0, one);
  else ranked.push(one);
  if (ranked.length > rows) ranked.pop();
}
