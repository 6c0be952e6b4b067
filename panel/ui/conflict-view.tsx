import { shortValue } from "../../core/lib/texts";
import { plural } from "./format";

/** Says what changed under an edit: `Changed since you began: a, b and 3 more keys.` */
export function ChangedSince({
  what,
  places,
  most,
  isKeys = false,
}: {
  /** What the sentence says has changed. */
  what: string;
  places: readonly string[];
  /** So many are named, the others counted. */
  most: number;
  /** Whether the places are top-level keys, and are called so. */
  isKeys?: boolean;
}) {
  const more = places.length - most;
  return (
    <>
      {what} since you began: <code>{places.slice(0, most).join(", ")}</code>
      {more > 0 && ` and ${isKeys ? plural(more, "more key") : `${more} more`}`}.{" "}
    </>
  );
}

/** One of the two values that are chosen between. */
export const SideValue = ({ value }: { value: unknown }) => <code>{shortValue(value)}</code>;
