import { useRef, useState } from "preact/hooks";

import { saveJson } from "../devtools-page";
import type { DraftKind } from "../store/drafts";
import type { Snippets } from "../store/snippets";

type Props = {
  snippets: Snippets;
  kind: DraftKind;
  text: string;
  onChoose: (text: string) => void;
};

/** Named payloads: choose one, keep the current text, exchange them as a file. */
export function SnippetBar({ snippets, kind, text, onChoose }: Props) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const file = useRef<HTMLInputElement>(null);
  const own = snippets.list.value.filter((each) => each.kind === kind);
  const known = own.find((each) => each.name === name);

  async function importFile(): Promise<void> {
    const chosen = file.current?.files?.[0];
    if (!chosen || !file.current) return;
    setProblem(snippets.import(await chosen.text()));
    file.current.value = "";
  }

  return (
    <div class="snippets">
      <select
        class="field"
        aria-label="Snippet"
        value=""
        onChange={({ currentTarget }) => {
          const chosen = own.find((each) => each.name === currentTarget.value);
          currentTarget.value = "";
          if (!chosen) return;
          setName(chosen.name);
          onChoose(chosen.text);
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
        maxLength={80}
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <button
        type="button"
        class="link-button"
        disabled={name.trim() === ""}
        onClick={() => setProblem(snippets.save({ name: name.trim(), kind, text }))}
      >
        Save
      </button>
      {known && (
        <button type="button" class="link-button" onClick={() => snippets.remove(known)}>
          Delete
        </button>
      )}
      <button
        type="button"
        class="link-button"
        onClick={() => saveJson("daily-snippets.json", snippets.exported())}
      >
        Export
      </button>
      <label class="link-button">
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
      {problem && (
        <span class="is-warning" role="status">
          {problem}
        </span>
      )}
    </div>
  );
}
