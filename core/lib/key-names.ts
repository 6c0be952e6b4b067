import { countText } from "./count-text";
import { shortText } from "./short-text";

/** More keys than these are told by their number. */
const MAX_NAMES = 3;

/** Some keys in a sentence: `a, b, c and 4 more`. */
export function keyNames(keys: readonly string[]): string {
  const names = keys.slice(0, MAX_NAMES).map((key) => shortText(key));
  const more = keys.length - MAX_NAMES;
  return names.join(", ") + (more > 0 ? ` and ${countText(more)} more` : "");
}
