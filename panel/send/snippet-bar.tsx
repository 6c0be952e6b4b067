import { useRef, useState } from "preact/hooks";

import type { Draft, DraftKind } from "../session/draft";
import { plural } from "../ui/format";
import { LinkButton } from "../ui/controls";
import { saveJson } from "../ui/save-file";
import { isPlain } from "./drafts";
import {
  type Imported,
  isOfShelf,
  MAX_SNIPPETS_FILE,
  type Snippet,
  type Snippets,
} from "./snippets";

type Props = {
  snippets: Snippets;
  draft: Draft;
  /** Given what takes the place of the draft. */
  onChoose: (part: Partial<Draft>) => void;
};

/** Named payloads: choose one, keep the current text, exchange them as a file. */
export function SnippetBar(props: Props) {
  // A name that was typed, and what was said, are about one kind.
  return <Bar key={props.draft.kind} {...props} />;
}

function Bar({ snippets, draft, onChoose }: Props) {
  const [name, setName] = useState("");
  const [said, say] = useState<Said | undefined>(undefined);
  /** Whether a snippet of this name waits for a word before it is replaced. */
  const [isAsked, ask] = useState(false);
  const own = snippets.list.value.filter((each) => isOfShelf(each, draft.kind));
  const known = own.find((each) => each.name === name.trim());

  function rename(next: string): void {
    setName(next);
    say(undefined);
    ask(false);
  }
  function choose(chosen: Snippet | undefined): void {
    if (!chosen) return;
    rename(chosen.name);
    onChoose(partOf(chosen, draft.kind));
  }
  function keep(): void {
    const problem = snippets.save(snippetOf(name.trim(), draft));
    const news = `${known ? "Replaced" : "Kept as"} “${name.trim()}”.`;
    say({ text: problem ?? news, isProblem: problem !== undefined });
    ask(false);
  }
  function save(): void {
    if (name.trim() === "") return;
    if (!known) return keep();
    say(undefined);
    ask(true);
  }
  function remove(snippet: Snippet): void {
    snippets.remove(snippet);
    rename("");
    say({ text: `Deleted “${snippet.name}”.`, isProblem: false });
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
          choose(chosen);
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
        title="Name under which Save, or Enter, keeps the text of the editor"
        maxLength={80}
        value={name}
        onInput={({ currentTarget }) => rename(currentTarget.value)}
        onKeyDown={({ key, repeat, isComposing }) => {
          if (key === "Enter" && !repeat && !isComposing) save();
        }}
      />
      <LinkButton
        title={
          known
            ? "Asks whether to replace the snippet of this name"
            : "Keeps the text of the editor under this name, in this browser only"
        }
        disabled={name.trim() === ""}
        onClick={save}
      >
        Save
      </LinkButton>
      {known && (
        <LinkButton
          title="Deletes this snippet; the text in the editor stays"
          onClick={() => remove(known)}
        >
          Delete
        </LinkButton>
      )}
      <SnippetExchange
        snippets={snippets}
        onSaid={(news) => {
          ask(false);
          say(news);
        }}
      />
      {isAsked && known && (
        <span class="is-warning" role="status">
          “{known.name}” is there already.{" "}
          <LinkButton title="Puts the text of the editor in its place" onClick={keep}>
            Replace it
          </LinkButton>
        </span>
      )}
      {said && (
        <span class={said.isProblem ? "is-warning" : "problem"} role="status">
          {said.text}
        </span>
      )}
    </div>
  );
}

/** What of a draft a snippet replaces. */
function partOf({ text, isRaw = false, mergeStrategy }: Snippet, kind: DraftKind): Partial<Draft> {
  switch (kind) {
    case "send-app-message":
      return { text, isRaw };
    // A simulated message has no plain text: what is one becomes its JSON.
    case "receive-app-message":
      return { text: isRaw ? JSON.stringify(text) : text };
    // One that says nothing of it must not drop the rest of the room because a replace was chosen before.
    case "set-meeting-session-data":
      return { text, base: undefined, mergeStrategy: mergeStrategy ?? "shallow-merge" };
    case "set-user-data":
      return { text };
  }
}

/** A draft under a name, with what of its options belongs to the text. Recipients do not: they are of one call. */
const snippetOf = (name: string, draft: Draft): Snippet => ({
  name,
  kind: draft.kind,
  text: draft.text,
  ...(isPlain(draft) && { isRaw: true }),
  ...(draft.kind === "set-meeting-session-data" && { mergeStrategy: draft.mergeStrategy }),
});

/** What became of something that was asked for. */
type Said = { readonly text: string; readonly isProblem: boolean };

const TOO_LARGE = "a file of snippets has at most 1 MB.";
/** More new names than this are counted, not listed. */
const MAX_NAMES = 5;

/** All snippets as a file, and those of a file beside one's own. */
function SnippetExchange({
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
      <LinkButton
        title="Saves all snippets of every kind as a file"
        onClick={() => saveJson("daily-snippets.json", snippets.exported())}
      >
        Export
      </LinkButton>
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
