import * as v from "valibot";
import type { Signal } from "@preact/signals";

import { measure, parseJson } from "../../extension/protocol/payload";
import { countText, shortText } from "../../core/lib/texts";
import { createKeptList } from "../session/kept";

const MAX_NAME = 80;
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
type SnippetsFile = v.InferOutput<typeof fileSchema>;

/** As a file they are a little longer. */
const MAX_STORED = 950_000;

/** Those that ship with the panel: the cases of Daily's guide to the three channels. */
const FIRST_SNIPPETS: readonly Snippet[] = [
  { name: "Raise hand", kind: "set-user-data", text: '{\n  "hand": "up"\n}' },
  { name: "Lower hand", kind: "set-user-data", text: '{\n  "hand": "down"\n}' },
  {
    name: "Reaction",
    kind: "send-app-message",
    text: '{\n  "kind": "reaction",\n  "emoji": "👏"\n}',
  },
  {
    name: "Cue to unmute",
    kind: "send-app-message",
    text: '{\n  "kind": "cue",\n  "action": "unmute"\n}',
  },
  {
    name: "Bring on stage",
    kind: "set-meeting-session-data",
    text: '{\n  "stage": { "name": "Bob" }\n}',
  },
];

export type Snippets = {
  readonly list: Signal<readonly Snippet[]>;
  /** Adds one, or replaces the one of the same name and kind. Returns why it could not be kept, if so. */
  save(snippet: Snippet): string | undefined;
  remove(snippet: Snippet): void;
  /** Takes over what another window of the panel has stored. */
  refresh(): void;
  exported(): SnippetsFile;
  /** Adds those of a file, and replaces none: what has a name that is taken gets a new one. All or nothing. */
  import(text: string): Imported;
};

export type Imported =
  | {
      readonly ok: true;
      readonly added: number;
      /** New names of those of the added ones whose own was taken. */
      readonly renamed: readonly string[];
      /** How many were here already, word for word. */
      readonly known: number;
    }
  | { readonly ok: false; readonly reason: string };

/** Snippets kept in a storage that only the extension can read. */
export function createSnippets(storage: Pick<Storage, "getItem" | "setItem">): Snippets {
  const { list, change, refresh } = createKeptList<Snippet>(storage, KEY, read, write, TOO_MUCH);
  const without = (all: readonly Snippet[], snippet: Snippet) =>
    all.filter((each) => !isSame(each, snippet));

  return {
    list,
    refresh,
    save: (snippet) => change((all) => [...without(all, snippet), snippet]),
    remove: (snippet) => void change((all) => without(all, snippet)),
    exported: () => toSnippetsFile(list.value),
    import(text) {
      const file = readSnippetsFile(text);
      if (!file.ok) return file;
      let renamed: readonly string[] = [];
      let added = 0;
      const problem = change((all) => {
        const merged = withNew(all, file.snippets);
        ({ renamed } = merged);
        added = merged.snippets.length - all.length;
        return merged.snippets;
      });
      if (problem !== undefined) return { ok: false, reason: problem };
      return { ok: true, added, renamed, known: file.snippets.length - added };
    },
  };
}

/** Some snippets and, with names of their own, those of others that are not among them word for word. */
function withNew(all: readonly Snippet[], others: readonly Snippet[]) {
  const own = new Set(all.map(identityOf));
  const taken = new Set(all.map(placeOf));
  /** The number to try next, by the name that was taken. */
  const next = new Map<string, number>();
  const snippets = [...all];
  const renamed: string[] = [];
  for (const snippet of others) {
    if (own.has(identityOf(snippet))) continue;
    const name = freeName(snippet, taken, next);
    if (name !== snippet.name) renamed.push(name);
    const added = { ...snippet, name };
    taken.add(placeOf(added));
    snippets.push(added);
  }
  return { snippets, renamed };
}

function read(text: string | null): readonly Snippet[] {
  const stored = readSnippetsFile(text ?? "");
  return stored.ok ? stored.snippets : FIRST_SNIPPETS;
}

function write(snippets: readonly Snippet[]): string | undefined {
  const file = toSnippetsFile(snippets);
  const text = isSnippetsFile(file) ? JSON.stringify(file) : undefined;
  // What is kept can be exported, and imported again.
  return text !== undefined && measure(text).bytes <= MAX_STORED ? text : undefined;
}

const KEY = "snippets";
const TOO_MUCH =
  "Not kept: up to 1,000 snippets with names of 80 and texts of 200,000 characters fit here, 1 MB in all.";

/** What can be sent can be received: the two kinds of app message share their snippets. */
const shelfOf = ({ kind }: Pick<Snippet, "kind">) =>
  kind === "receive-app-message" ? "send-app-message" : kind;

/** Whether a snippet is offered for a kind. */
export const isOfShelf = (snippet: Snippet, kind: Snippet["kind"]): boolean =>
  shelfOf(snippet) === shelfOf({ kind });

const placeOf = (snippet: Snippet) => `${shelfOf(snippet)} ${snippet.name}`;
const isSame = (a: Snippet, b: Snippet) => placeOf(a) === placeOf(b);

const identityOf = (snippet: Snippet) =>
  JSON.stringify([placeOf(snippet), snippet.text, snippet.isRaw ?? false, snippet.mergeStrategy]);

/** The name of a snippet, or the first of `name (2)`, `name (3)`, … that none of its kind has. */
function freeName(snippet: Snippet, taken: ReadonlySet<string>, next: Map<string, number>): string {
  const place = placeOf(snippet);
  let { name } = snippet;
  let n = next.get(place) ?? 2;
  for (; taken.has(placeOf({ ...snippet, name })); n++) {
    const end = ` (${n})`;
    name = snippet.name.slice(0, MAX_NAME - end.length) + end;
  }
  next.set(place, n);
  return name;
}

type Read =
  | { readonly ok: true; readonly snippets: readonly Snippet[] }
  | { readonly ok: false; readonly reason: string };

const toSnippetsFile = (snippets: readonly Snippet[]): SnippetsFile => ({
  format: "daily-snippets",
  version: 1,
  snippets: [...snippets],
});

/** Whether what is to be kept could be read again. */
const isSnippetsFile = (file: SnippetsFile): boolean =>
  file.snippets.length <= MAX_SNIPPETS && v.is(fileSchema, file);

/** The snippets of a file, or what is wrong with it. */
function readSnippetsFile(text: string): Read {
  const refuse = (reason: string): Read => ({ ok: false, reason: `Nothing added: ${reason}` });
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse(`the file isn’t JSON (${parsed.reason}).`);
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
