import { signal, type Signal } from "@preact/signals";
import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";

const snippetSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
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
  /** Adds those of a file. Answers what was wrong with it, if anything; then nothing was added. */
  import(text: string): string | undefined;
};

/** Snippets kept in a storage that only the extension can read. */
export function createSnippets(storage: Pick<Storage, "getItem" | "setItem">): Snippets {
  const list = signal<readonly Snippet[]>(load(storage.getItem(KEY)) ?? FIRST_SNIPPETS);

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
  const isSame = (a: Snippet, b: Snippet) => a.name === b.name && a.kind === b.kind;
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
      const snippets = load(text);
      if (!snippets) return "This is no file of snippets: it must be JSON as exported here.";
      return keep(snippets.reduce(withNew, list.value));
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

function load(text: string | null): Snippet[] | undefined {
  const parsed = text === null ? undefined : parseJson(text);
  const file = v.safeParse(fileSchema, parsed?.ok ? parsed.value : undefined);
  return file.success ? file.output.snippets : undefined;
}
