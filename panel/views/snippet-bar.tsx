import { useRef, useState } from "preact/hooks";

import { saveJson } from "../devtools-page";
import type { Draft, DraftKind } from "../store/drafts";
import type { Imported, Snippets } from "../store/snippets";
import { MAX_SNIPPETS_FILE, type Snippet } from "../store/snippets-file";
import { plural } from "./format";

const TOO_LARGE = "a file of snippets has at most 1 MB.";
/** More new names than this are counted, not listed. */
const MAX_NAMES = 5;

type Props = {
  snippets: Snippets;
  kind: DraftKind;
  draft: Draft;
  onChoose: (snippet: Snippet) => void;
};

/** Named payloads: choose one, keep the current text, exchange them as a file. */
export function SnippetBar({ snippets, kind, draft, onChoose }: Props) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [news, setNews] = useState<string | undefined>(undefined);
  const file = useRef<HTMLInputElement>(null);
  const own = snippets.list.value.filter((each) => each.kind === kind);
  const known = own.find((each) => each.name === name);

  async function importFile(): Promise<void> {
    const chosen = file.current?.files?.[0];
    if (!chosen || !file.current) return;
    const imported =
      chosen.size > MAX_SNIPPETS_FILE
        ? ({ ok: false, reason: `Nothing added: ${TOO_LARGE}` } as const)
        : snippets.import(await chosen.text());
    if (!file.current) return;
    setProblem(imported.ok ? undefined : imported.reason);
    setNews(imported.ok ? describe(imported) : undefined);
    file.current.value = "";
  }

  return (
    <div class="snippets">
      <select
        class="field"
        aria-label="Snippet"
        title="Puts a kept text into the editor"
        value=""
        onChange={({ currentTarget }) => {
          const chosen = own.find((each) => each.name === currentTarget.value);
          currentTarget.value = "";
          if (!chosen) return;
          setName(chosen.name);
          onChoose(chosen);
        }}
      >
        <option value="">Snippets…</option>
        {own.map((each) => (
          <option key={each.name}>{each.name}</option>
        ))}
      </select>
      <input
        class="field"
        placeholder="Name"
        aria-label="Snippet name"
        title="Name under which Save keeps the text of the editor"
        maxLength={80}
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <button
        type="button"
        class="link-button"
        title={
          known
            ? "Replaces the snippet of this name"
            : "Keeps the text of the editor under this name, in this browser only"
        }
        disabled={name.trim() === ""}
        onClick={() => {
          setNews(undefined);
          setProblem(snippets.save(snippetOf(name.trim(), kind, draft)));
        }}
      >
        Save
      </button>
      {known && (
        <button
          type="button"
          class="link-button"
          title="Deletes this snippet; the text in the editor stays"
          onClick={() => snippets.remove(known)}
        >
          Delete
        </button>
      )}
      <button
        type="button"
        class="link-button"
        title="Saves all snippets of every kind as a file"
        onClick={() => saveJson("daily-snippets.json", snippets.exported())}
      >
        Export
      </button>
      <label
        class="link-button"
        title="Adds the snippets of a file. None is replaced: one whose name is taken gets a new one"
      >
        Import
        <input
          ref={file}
          class="visually-hidden"
          type="file"
          accept="application/json"
          aria-label="Import snippets"
          onChange={() => void importFile()}
        />
      </label>
      {(problem ?? news) && (
        <span class={problem ? "is-warning" : "problem"} role="status">
          {problem ?? news}
        </span>
      )}
    </div>
  );
}

/** A draft under a name, with what of its options belongs to the text. Recipients do not: they are of one call. */
const snippetOf = (name: string, kind: DraftKind, draft: Draft): Snippet => ({
  name,
  kind,
  text: draft.text,
  ...(kind === "send-app-message" && draft.isRaw && { isRaw: true }),
  ...(kind === "set-meeting-session-data" && { mergeStrategy: draft.mergeStrategy }),
});

/** What an import did, in a sentence. */
function describe({ added, renamed, known }: Extract<Imported, { ok: true }>): string {
  const more =
    renamed.length > MAX_NAMES ? ` and ${plural(renamed.length - MAX_NAMES, "other")}` : "";
  const names =
    renamed.length > 0
      ? `, renamed because the name was taken: ${renamed.slice(0, MAX_NAMES).join(", ")}${more}`
      : "";
  const rest = known > 0 ? ` ${plural(known, "snippet")} here already.` : "";
  return `${plural(added, "snippet")} added${names}.${rest}`;
}
