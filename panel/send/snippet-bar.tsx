import { useState } from "preact/hooks";

import type { Draft, DraftKind } from "../session/draft";
import { isOfShelf, type Snippets } from "./snippets";
import type { Snippet } from "./snippets-file";
import { type Said, SnippetExchange } from "./snippet-exchange";

type Props = {
  snippets: Snippets;
  kind: DraftKind;
  draft: Draft;
  onChoose: (snippet: Snippet) => void;
};

/** Named payloads: choose one, keep the current text, exchange them as a file. */
export function SnippetBar(props: Props) {
  // A name that was typed, and what was said, are about one kind.
  return <Bar key={props.kind} {...props} />;
}

function Bar({ snippets, kind, draft, onChoose }: Props) {
  const [name, setName] = useState("");
  const [said, say] = useState<Said | undefined>(undefined);
  /** Whether a snippet of this name waits for a word before it is replaced. */
  const [isAsked, ask] = useState(false);
  const own = snippets.list.value.filter((each) => isOfShelf(each, kind));
  const known = own.find((each) => each.name === name.trim());

  function rename(next: string): void {
    setName(next);
    say(undefined);
    ask(false);
  }
  function choose(chosen: Snippet | undefined): void {
    if (!chosen) return;
    rename(chosen.name);
    onChoose(asTextFor(kind, chosen));
  }
  function keep(): void {
    const problem = snippets.save(snippetOf(name.trim(), kind, draft));
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
      <button
        type="button"
        class="link-button"
        title={
          known
            ? "Asks whether to replace the snippet of this name"
            : "Keeps the text of the editor under this name, in this browser only"
        }
        disabled={name.trim() === ""}
        onClick={save}
      >
        Save
      </button>
      {known && (
        <button
          type="button"
          class="link-button"
          title="Deletes this snippet; the text in the editor stays"
          onClick={() => remove(known)}
        >
          Delete
        </button>
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
          <button
            type="button"
            class="link-button"
            title="Puts the text of the editor in its place"
            onClick={keep}
          >
            Replace it
          </button>
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

/** A simulated message has no plain text: what is one becomes its JSON. */
const asTextFor = (kind: DraftKind, snippet: Snippet): Snippet =>
  kind === "receive-app-message" && snippet.isRaw === true
    ? { ...snippet, text: JSON.stringify(snippet.text), isRaw: false }
    : snippet;

/** A draft under a name, with what of its options belongs to the text. Recipients do not: they are of one call. */
const snippetOf = (name: string, kind: DraftKind, draft: Draft): Snippet => ({
  name,
  kind,
  text: draft.text,
  ...(kind === "send-app-message" && draft.isRaw && { isRaw: true }),
  ...(kind === "set-meeting-session-data" && { mergeStrategy: draft.mergeStrategy }),
});
