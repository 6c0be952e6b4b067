import { DEFAULT_LIMIT, TEXT_CHARS } from "../../extension/protocol/agent-tools";
import { countText } from "../lib/texts";
import type { Arguments } from "./read-arguments";

type Page<T> = { readonly total: number; readonly shown: readonly T[]; readonly more?: string };

/** Of a list by time, the latest before those that are skipped; and how to get older ones. */
export function latestOf<T>(list: readonly T[], args: Arguments): Page<T> {
  const [offset, limit] = boundsOf(args);
  const end = Math.max(0, list.length - offset);
  const start = Math.max(0, end - limit);
  return {
    total: list.length,
    shown: list.slice(start, end),
    ...(start > 0 && { more: `${countText(start)} older: offset ${offset + end - start}` }),
  };
}

/** Of a list, those after what is skipped; and how to get more. */
export function firstOf<T>(list: readonly T[], args: Arguments): Page<T> {
  const [offset, limit] = boundsOf(args);
  const end = offset + limit;
  const left = list.length - end;
  return {
    total: list.length,
    shown: list.slice(offset, end),
    ...(left > 0 && { more: `${countText(left)} more: offset ${end}` }),
  };
}

/** Part of a long text; and how to get the rest. Throws an Error with a sentence where the text ends before the part. */
export function partOf(
  text: string,
  args: Arguments,
): { readonly text: string; readonly more?: string } {
  const [offset] = boundsOf(args);
  if (offset > 0 && offset >= text.length)
    throw new Error(`There is nothing at offset ${offset}: it has ${text.length} characters.`);
  const end = offset + TEXT_CHARS;
  return {
    text: text.slice(offset, end),
    ...(end < text.length && {
      more: `${countText(text.length - end)} more characters: offset ${end}`,
    }),
  };
}

const boundsOf = ({ offset = 0, limit = DEFAULT_LIMIT }: Arguments) =>
  [offset as number, limit as number] as const;
