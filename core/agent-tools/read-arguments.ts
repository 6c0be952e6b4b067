import { type AgentField, type AgentTool } from "../../extension/protocol/agent-tools";
import { parseJson } from "../../extension/protocol/payload";

/** More than any argument has to be: the largest that Daily takes, and room beside it. */
const MAX_CHARS = 120_000;

export type Arguments = Readonly<Record<string, unknown>>;

/**
 * The arguments of a tool, from JSON text that anyone may have written. Throws an Error with a sentence for what its
 * schema doesn't allow.
 */
export function readArguments({ name, inputSchema }: AgentTool, text: string): Arguments {
  if (text.length > MAX_CHARS)
    throw new Error(`The arguments are longer than ${MAX_CHARS} characters.`);
  const parsed = parseJson(text);
  const args = parsed.ok ? parsed.value : undefined;
  if (typeof args !== "object" || args === null || Array.isArray(args))
    throw new Error(`${name} takes an object: ${usageOf(inputSchema)}.`);
  for (const [key, value] of Object.entries(args)) {
    const field = Object.hasOwn(inputSchema.properties, key)
      ? inputSchema.properties[key]
      : undefined;
    if (!field)
      throw new Error(
        `${name} has no argument ${JSON.stringify(key.slice(0, 60))}: ${usageOf(inputSchema)}.`,
      );
    const problem = problemOf(field, value);
    if (problem) throw new Error(`The argument ${key} of ${name} must be ${problem}.`);
  }
  for (const key of inputSchema.required)
    if (!Object.hasOwn(args, key))
      throw new Error(
        `${name} needs the argument ${key}: ${inputSchema.properties[key]?.description}.`,
      );
  return args as Arguments;
}

const usageOf = ({ properties }: AgentTool["inputSchema"]): string =>
  Object.keys(properties).length === 0
    ? "it takes none"
    : `it takes ${Object.keys(properties).join(", ")}`;

function problemOf(
  { type, enum: words, minimum = -Infinity, maximum = Infinity }: AgentField,
  value: unknown,
): string | undefined {
  if (type === "integer") {
    if (Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum)
      return undefined;
    return maximum === Infinity
      ? `an integer from ${minimum} on`
      : `an integer from ${minimum} to ${maximum}`;
  }
  if (type === "string" && typeof value !== "string") return "a string";
  if (words && !words.includes(value as string)) return `one of ${words.join(", ")}`;
  return undefined;
}
