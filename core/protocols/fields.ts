import { preview, shortText } from "../lib/texts";
import type { Answer, Fields, Reader, Reading, Request, Role } from "./protocol";

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const NONE: Fields = {};

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : NONE);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The first of some fields that is a text. */
export function textIn(fields: Fields, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === "string") return value;
  }
  return undefined;
}

/** A field that is a text or a number, as an id may be. */
export function idIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "number" || (typeof value === "string" && value !== "")
    ? String(value)
    : undefined;
}

export function numberIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === "number" ? value : undefined;
}

/** What is left of a message without some of its fields; undefined for nothing, and the value of one that wraps it. */
export function contentBeside(
  message: Fields,
  envelope: readonly string[],
  wrapper?: string,
): unknown {
  const names = Object.keys(message).filter((name) => !envelope.includes(name));
  const [only] = names;
  if (only === undefined) return undefined;
  if (names.length > 1 || only !== wrapper)
    return Object.fromEntries(names.map((name) => [name, message[name]]));
  const inner = message[only];
  return isFields(inner) && Object.keys(inner).length === 0 ? undefined : inner;
}

/** What is inside of JSON text; the text itself where it isn't an object or a list. Anything else stays as it is. */
export function insideOf(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** More than a column shows. */
const MAX_LINE = 300;

/** `bot: "Hello there"`, `user (interim): "what is the"`. */
export const said = (who: string, text: string, isInterim = false): string =>
  `${shortText(who)}${isInterim ? " (interim)" : ""}: ${preview(text, MAX_LINE)}`;

export const roleOf = (value: unknown): Role | undefined => {
  if (value === "user") return "user";
  return value === "assistant" || value === "bot" || value === "replica" || value === "pal"
    ? "bot"
    : undefined;
};

/** `function get_weather(city: "Oslo") called`. */
export function functionLine(
  name: string | undefined,
  parameters: unknown,
  outcome: string,
): string {
  const shown = name === undefined ? "function (name withheld)" : `function ${shortText(name)}`;
  if (parameters === undefined) return `${shown} ${outcome}`;
  const list = isFields(parameters)
    ? preview(parameters, MAX_LINE).slice(1, -1)
    : preview(parameters, MAX_LINE);
  return `${shown}(${list}) ${outcome}`;
}

/** `returned {temperature: 3}`. */
export const resultText = (result: unknown): string =>
  result === undefined ? "ended" : `returned ${preview(result, MAX_LINE)}`;

/** What has a value, in the order given, with commas between. */
export const listed = (...texts: (string | undefined | false)[]): string | undefined =>
  texts.filter(Boolean).join(", ") || undefined;

/** A name and what it comes with: `toast {title: "Saved"}`. */
export const named = (name: string | undefined, more: unknown): string | undefined =>
  name === undefined
    ? undefined
    : more === undefined
      ? shortText(name)
      : `${shortText(name)} ${preview(more, MAX_LINE)}`;

/** A table of types by their names. Types in `plain` are known, and say nothing but their content. */
export function typeTable(
  readers: Readonly<Record<string, Reader>>,
  plain: readonly string[] = [],
): ReadonlyMap<string, Reader> {
  const types = new Map(Object.entries(readers));
  for (const type of plain) types.set(type, () => ({}));
  return types;
}

/** What says no more than a small line in the conversation: `client message: get-lights`. */
export const beside = (what: string, line: string | undefined): Reading => ({
  line,
  parts: [{ kind: "line", text: line === undefined ? what : `${what}: ${line}` }],
});

/** A request whose answer has the same id. */
export function requestOf(message: Fields, isExpected: boolean): Request | undefined {
  const id = idIn(message, "id");
  return id === undefined ? undefined : { key: `id ${id}`, isExpected };
}

export function answerOf(message: Fields, isFailure = false): Answer | undefined {
  const id = idIn(message, "id");
  return id === undefined ? undefined : { key: `id ${id}`, isFailure };
}
