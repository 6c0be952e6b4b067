import { signal, type Signal } from "@preact/signals";
import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";

const MAX_NAME = 80;

const snippetSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME)),
  kind: v.picklist([
    "send-app-message",
    "set-user-data",
    "set-meeting-session-data",
    "receive-app-message",
  ]),
  text: v.pipe(v.string(), v.maxLength(200_000)),
});
const fileSchema = v.object({
  format: v.literal("daily-snippets"),
  version: v.literal(1),
  snippets: v.pipe(v.array(snippetSchema), v.maxLength(1_000)),
});

const headSchema = v.object({ format: v.literal("daily-snippets"), version: v.number() });

/** A named payload for one kind of command. */
type Snippet = v.InferOutput<typeof snippetSchema>;

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
  const stored = readFile(storage.getItem(KEY) ?? "");
  const list = signal<readonly Snippet[]>(stored.ok ? stored.snippets : FIRST_SNIPPETS);

  /** Stored before it is shown: what is seen is what is kept. */
  function keep(snippets: readonly Snippet[]): string | undefined {
    const file = v.safeParse(fileSchema, toFile(snippets));
    if (!file.success) return TOO_MUCH;
    try {
      storage.setItem(KEY, JSON.stringify(file.output));
    } catch {
      return TOO_MUCH;
    }
    list.value = file.output.snippets;
    return undefined;
  }
  const withNew = (all: readonly Snippet[], snippet: Snippet) => [
    ...all.filter((each) => !isSame(each, snippet)),
    snippet,
  ];

  return {
    list,
    save: (snippet) => keep(withNew(list.value, snippet)),
    remove: (snippet) => void keep(list.value.filter((each) => !isSame(each, snippet))),
    exported: () => toFile(list.value),
    import(text) {
      const file = readFile(text);
      if (!file.ok) return file;
      const isKnown = (each: Snippet) =>
        list.value.some((own) => isSame(own, each) && own.text === each.text);
      const all = [...list.value];
      const renamed: string[] = [];
      for (const snippet of file.snippets.filter((each) => !isKnown(each))) {
        const name = freeName(snippet, all);
        if (name !== snippet.name) renamed.push(name);
        all.push({ ...snippet, name });
      }
      const added = all.length - list.value.length;
      const problem = keep(all);
      if (problem !== undefined) return { ok: false, reason: problem };
      return { ok: true, added, renamed, known: file.snippets.length - added };
    },
  };
}

const KEY = "snippets";
const TOO_MUCH =
  "Not kept: up to 1,000 snippets with names of 80 and texts of 200,000 characters fit here.";

const toFile = (snippets: readonly Snippet[]) => ({
  format: "daily-snippets" as const,
  version: 1 as const,
  snippets: [...snippets],
});

const isSame = (a: Snippet, b: Snippet) => a.name === b.name && a.kind === b.kind;

/** The name of a snippet, or the first of `name (2)`, `name (3)`, … that none of its kind has. */
function freeName(snippet: Snippet, all: readonly Snippet[]): string {
  let { name } = snippet;
  for (let n = 2; all.some((each) => isSame(each, { ...snippet, name })); n++) {
    const end = ` (${n})`;
    name = snippet.name.slice(0, MAX_NAME - end.length) + end;
  }
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
