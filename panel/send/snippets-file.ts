import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";
import { countText } from "../../core/lib/count-text";
import { shortText } from "../../core/lib/short-text";

export const MAX_NAME = 80;
const MAX_TEXT = 200_000;
const MAX_SNIPPETS = 1_000;
/** Of all snippets together, as a file: reading more takes long. In bytes. */
export const MAX_SNIPPETS_FILE = 1_000_000;

const snippetSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME)),
  kind: v.picklist([
    "send-app-message",
    "set-user-data",
    "set-meeting-session-data",
    "receive-app-message",
  ]),
  text: v.pipe(v.string(), v.maxLength(MAX_TEXT)),
  /** Whether the text is sent as it is; JSON if left out. */
  isRaw: v.exactOptional(v.boolean()),
  mergeStrategy: v.exactOptional(v.picklist(["shallow-merge", "replace"])),
});
const fileSchema = v.object({
  format: v.literal("daily-snippets"),
  version: v.literal(1),
  snippets: v.array(snippetSchema),
});
const headSchema = v.object({
  format: v.literal("daily-snippets"),
  version: v.number(),
  snippets: v.optional(v.unknown()),
});

/** A named payload for one kind of command. */
export type Snippet = v.InferOutput<typeof snippetSchema>;
export type SnippetsFile = v.InferOutput<typeof fileSchema>;

type Read =
  | { readonly ok: true; readonly snippets: readonly Snippet[] }
  | { readonly ok: false; readonly reason: string };

export const toSnippetsFile = (snippets: readonly Snippet[]): SnippetsFile => ({
  format: "daily-snippets",
  version: 1,
  snippets: [...snippets],
});

/** Whether what is to be kept could be read again. */
export const isSnippetsFile = (file: SnippetsFile): boolean =>
  file.snippets.length <= MAX_SNIPPETS && v.is(fileSchema, file);

/** The snippets of a file, or what is wrong with it. */
export function readSnippetsFile(text: string): Read {
  const refuse = (reason: string): Read => ({ ok: false, reason: `Nothing added: ${reason}` });
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse(`the file is no JSON (${parsed.reason}).`);
  const head = v.safeParse(headSchema, parsed.value);
  if (!head.success) return refuse("this is no file of snippets, as exported here.");
  const { version, snippets } = head.output;
  if (version > 1) return refuse(`the file is of version ${version}, this panel reads version 1.`);
  if (!Array.isArray(snippets)) return refuse("the file has no list of snippets.");
  // Counted before they are looked at, which takes long for very many.
  if (snippets.length > MAX_SNIPPETS)
    return refuse(
      `the file has ${countText(snippets.length)} snippets; at most ${countText(MAX_SNIPPETS)} fit.`,
    );
  const file = v.safeParse(fileSchema, parsed.value, { abortEarly: true });
  if (file.success) return { ok: true, snippets: file.output.snippets };
  return refuse(problemWords(file.issues[0], snippets));
}

/** What is wrong with which snippet: `snippet 2 of the file, “Mine”, has no text …`. */
function problemWords(issue: v.BaseIssue<unknown>, snippets: readonly unknown[]): string {
  const [, index, field] = issue.path?.map(({ key }) => key) ?? [];
  if (typeof index !== "number") return "this is no file of snippets, as exported here.";
  const named = v.safeParse(v.object({ name: v.string() }), snippets[index]);
  const name = named.success ? named.output.name.trim() : "";
  const what = name === "" ? "" : `, “${shortText(name)}”,`;
  return `snippet ${countText(index + 1)} of the file${what} ${problemOf(field)}.`;
}

function problemOf(field: unknown): string {
  switch (field) {
    case "name":
      return `needs a name of 1 to ${MAX_NAME} characters`;
    case "kind":
      return "is of a kind that this panel does not know";
    case "text":
      return `needs a text of at most ${countText(MAX_TEXT)} characters`;
    case "isRaw":
      return "does not say with true or false whether it is plain text (isRaw)";
    case "mergeStrategy":
      return "has a merge strategy that is neither shallow-merge nor replace";
    default:
      return "is none: it needs a name, a kind and a text";
  }
}
