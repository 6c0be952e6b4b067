import type { Signal } from "@preact/signals";
import * as v from "valibot";

import { measure, parseJson } from "../../extension/protocol/payload";
import { createStoredList } from "./stored-list";

const MAX_NAME = 80;
/** Of all snippets together, as a file: reading more takes long. In bytes. */
export const MAX_SNIPPETS_FILE = 1_000_000;
/** As a file they are a little longer. */
const MAX_STORED = 950_000;

const snippetSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME)),
  kind: v.picklist([
    "send-app-message",
    "set-user-data",
    "set-meeting-session-data",
    "receive-app-message",
  ]),
  text: v.pipe(v.string(), v.maxLength(200_000)),
  /** Whether the text is sent as it is; JSON if left out. */
  isRaw: v.exactOptional(v.boolean()),
  mergeStrategy: v.exactOptional(v.picklist(["shallow-merge", "replace"])),
});
const fileSchema = v.object({
  format: v.literal("daily-snippets"),
  version: v.literal(1),
  snippets: v.pipe(v.array(snippetSchema), v.maxLength(1_000)),
});

const headSchema = v.object({ format: v.literal("daily-snippets"), version: v.number() });

/** A named payload for one kind of command. */
export type Snippet = v.InferOutput<typeof snippetSchema>;

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
  /** Adds one, or replaces the one of the same name and kind. Answers why it could not be kept, if so. */
  save(snippet: Snippet): string | undefined;
  remove(snippet: Snippet): void;
  /** Takes over what another window of the panel has stored. */
  refresh(): void;
  exported(): v.InferOutput<typeof fileSchema>;
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
  const { list, change, refresh } = createStoredList<Snippet>(storage, KEY, read, write, TOO_MUCH);
  const without = (all: readonly Snippet[], snippet: Snippet) =>
    all.filter((each) => !isSame(each, snippet));

  return {
    list,
    refresh,
    save: (snippet) => change((all) => [...without(all, snippet), snippet]),
    remove: (snippet) => void change((all) => without(all, snippet)),
    exported: () => toFile(list.value),
    import(text) {
      const file = readFile(text);
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
  const stored = readFile(text ?? "");
  return stored.ok ? stored.snippets : FIRST_SNIPPETS;
}

function write(snippets: readonly Snippet[]): string | undefined {
  const file = v.safeParse(fileSchema, toFile(snippets));
  const text = file.success ? JSON.stringify(file.output) : undefined;
  // What is kept can be exported, and imported again.
  return text !== undefined && measure(text).bytes <= MAX_STORED ? text : undefined;
}

const KEY = "snippets";
const TOO_MUCH =
  "Not kept: up to 1,000 snippets with names of 80 and texts of 200,000 characters fit here, 1 MB in all.";

const toFile = (snippets: readonly Snippet[]) => ({
  format: "daily-snippets" as const,
  version: 1 as const,
  snippets: [...snippets],
});

const isSame = (a: Snippet, b: Snippet) => a.name === b.name && a.kind === b.kind;

const placeOf = ({ kind, name }: Snippet) => `${kind} ${name}`;
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

type ReadFile =
  | { readonly ok: true; readonly snippets: readonly Snippet[] }
  | { readonly ok: false; readonly reason: string };

/** The snippets of a file, or what is wrong with it. */
function readFile(text: string): ReadFile {
  const refuse = (reason: string): ReadFile => ({ ok: false, reason: `Nothing added: ${reason}` });
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse(`the file is no JSON (${parsed.reason}).`);
  const file = v.safeParse(fileSchema, parsed.value);
  if (file.success) return { ok: true, snippets: file.output.snippets };
  const head = v.safeParse(headSchema, parsed.value);
  if (!head.success) return refuse("this is no file of snippets, as exported here.");
  if (head.output.version > 1)
    return refuse(`the file is of version ${head.output.version}, this panel reads version 1.`);
  const [issue] = file.issues;
  const [, index] = issue.path?.map(({ key }) => key) ?? [];
  const place = typeof index === "number" ? `snippet ${index + 1} of the file` : "the file";
  return refuse(`${place} is not as it must be (${v.getDotPath(issue) ?? ""}: ${issue.message}).`);
}
