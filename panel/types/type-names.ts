import type { TypeContract } from "../../core/contract/contract";
import type { Condition } from "../../core/filter/language/filter-keys";
import { printFilter, typeFilter } from "../../core/filter/language/print-filter";
import { NO_TYPE } from "../../core/daily/message-type";
import { ANY, type Field } from "../../core/contract/reading";
import { type Path, printPath } from "../../core/lib/paths";
import { visibleText } from "../../core/lib/texts";
import { personOf } from "../../core/session/people";
import type { Session } from "../session/session";

type Named = Pick<TypeContract, "channel" | "label">;

/** A type as it is called: by its own name, or by its channel. */
export function nameOf({ channel, label }: Named): string {
  if (label !== "") return visibleText(label);
  return channel === "user-data" ? "User data" : "Session data";
}

/** Messages of an RTVI app, which are told apart by the type in their `data`. */
const INNER = /^(rtvi (?:client-message|server-response|server-message)): /;

/** The filter that finds the messages of a type; of one whose name isn't kept, those of its channel. */
export function filterOfType(type: Pick<TypeContract, "channel" | "label" | "typeTexts">): string {
  const { channel, label, typeTexts } = type;
  if (channel === "user-data") return "channel:user";
  // Writes may hold a part of it, and aren't what was learned.
  if (channel === "session-data") return "channel:session name:meeting-session-state-updated";
  // Of a type whose name isn't kept, only the channel can be asked for.
  if (label.startsWith("(") && label !== NO_TYPE) return "channel:app";
  const [, outer] = INNER.exec(label) ?? [];
  const inner = typeTexts.find(({ path }) => path[0] === "data");
  if (outer === undefined || !inner) return typeFilter({ channel, type: label });
  const is = { comparator: "=", value: inner.text, isQuoted: true } as const;
  return `${typeFilter({ channel, type: outer })} ${pathTerm(inner.path, false, is)}`;
}

/** The filter that finds the messages of a type that have a field, or those that lack it. */
export const filterOfField = (
  type: Pick<TypeContract, "channel" | "label" | "typeTexts">,
  path: Path,
  isLacking: boolean,
): string => `${filterOfType(type)} ${pathTerm(path, isLacking)}`;

type PathCondition = Extract<Condition, { key: "path" }>["values"][number];

function pathTerm(
  path: Path,
  isNegated: boolean,
  comparison?: PathCondition["comparison"],
): string {
  return printFilter([{ isNegated, condition: { key: "path", values: [{ path, comparison }] } }]);
}

/** A field with its name in the list, and whether a filter can find it: what is under any key can't be asked for. */
export type FieldRow = Field & { readonly name: string; readonly canFilter: boolean };

export function fieldRows(fields: readonly Field[]): FieldRow[] {
  /** For each level that the walk is in, whether the place there is under any key. */
  const under: boolean[] = [];
  return fields.map((field) => {
    const { level, stands, path } = field;
    under.length = level;
    under.push(stands === "entries");
    const last = path.at(-1);
    const name =
      stands === "entries" ? "(any key)" : last === ANY ? "[*]" : visibleText(String(last ?? ""));
    return { ...field, name, canFilter: level > 0 && !under.includes(true) };
  });
}

/** A path as it is read in a sentence. */
export const placeText = (path: Path): string => visibleText(printPath(path));

/** Who has a session id, by the calls that know it. */
export function senderName({ log }: Pick<Session, "log">, id: string): string {
  for (const call of log.calls.values()) {
    const person = personOf(call, id);
    if (person.isKnown) return person.label;
  }
  return personOf(undefined, id).label;
}
