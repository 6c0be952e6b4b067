import type { Finding } from "../finding";
import { howMany } from "../how-many";

/** How many others could read it, as a sentence; by name where a name is given. */
export function readersText({ most, people }: Finding, name?: (id: string) => string): string {
  // Not always the same ones: those who are named are all of them, as far as they are kept.
  const readers = Math.max(most, people.length);
  if (readers === 0) return "No one else was in the call to read it yet.";
  const said = `Up to ${howMany(readers, "person", "people")} could read it`;
  if (!name) return `${said}.`;
  const more = readers - people.length;
  return `${said}: ${people.map(name).join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}
