import { useRef } from "preact/hooks";

import { saveJson } from "../ui/save-file";
import type { Imported, Snippets } from "./snippets";
import { MAX_SNIPPETS_FILE } from "./snippets-file";
import { plural } from "../ui/format";

/** What became of something that was asked for. */
export type Said = { readonly text: string; readonly isProblem: boolean };

const TOO_LARGE = "a file of snippets has at most 1 MB.";
/** More new names than this are counted, not listed. */
const MAX_NAMES = 5;

/** All snippets as a file, and those of a file beside one's own. */
export function SnippetExchange({
  snippets,
  onSaid,
}: {
  snippets: Snippets;
  onSaid: (said: Said) => void;
}) {
  const file = useRef<HTMLInputElement>(null);

  async function importFile(): Promise<void> {
    const chosen = file.current?.files?.[0];
    if (!chosen || !file.current) return;
    const imported =
      chosen.size > MAX_SNIPPETS_FILE
        ? ({ ok: false, reason: `Nothing added: ${TOO_LARGE}` } as const)
        : snippets.import(await chosen.text());
    if (!file.current) return;
    const text = imported.ok ? describe(imported) : imported.reason;
    onSaid({ text, isProblem: !imported.ok });
    file.current.value = "";
  }

  return (
    <>
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
    </>
  );
}

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
