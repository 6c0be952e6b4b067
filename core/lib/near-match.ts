import { closest, distance } from "fastest-levenshtein";

/** The known word that was probably meant, or undefined when none is near. */
function nearMatch(typed: string, known: readonly string[]): string | undefined {
  const word = typed.toLowerCase();
  if (word === "" || word.length > 40 || known.length === 0) return undefined;
  const longer = known.find((each) => word.length > 1 && each.startsWith(word));
  if (longer) return longer;
  const nearest = closest(word, known);
  return distance(word, nearest) <= Math.max(1, Math.floor(word.length / 3)) ? nearest : undefined;
}

/** A question for the known word that was probably meant, with a space before it; empty when none is near. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const near = nearMatch(typed, known);
  return near ? ` Did you mean ${near}?` : "";
}
