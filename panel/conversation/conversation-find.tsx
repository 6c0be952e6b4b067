import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { ToolButton } from "../ui/controls";
import { formatCount } from "../ui/format";
import { highlight } from "../ui/highlight";
import type { Item } from "./conversation-state";
import type { ConversationStore } from "./conversation-store";
import { functionName } from "./conversation-text";

type Props = {
  store: Pick<ConversationStore, "find" | "isFinding">;
  items: readonly Item[];
  /** Where the keyboard is; -1 for nowhere. */
  at: number;
  onGo: (index: number) => void;
  onClose: () => void;
};

/** Looks for a text in what was said, called and noted, and steps from one turn to the next. */
export function FindInConversation({
  store: { find, isFinding },
  items,
  at,
  onGo,
  onClose,
}: Props) {
  const input = useRef<HTMLInputElement>(null);

  // Asked for again while open: what was searched for is there to be typed over.
  useLayoutEffect(() => {
    if (isFinding.value === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [isFinding.value]);

  useEffect(() => (find.value === "" ? undefined : highlight(find.value)), [find.value]);

  if (isFinding.value === 0) return null;
  const found = placesOf(items, find.value);
  const now = found.indexOf(at);

  function step(by: 1 | -1): void {
    if (found.length === 0) return;
    const next =
      by === 1 ? found.find((place) => place > at) : found.findLast((place) => place < at);
    onGo(next ?? (found.at(by === 1 ? 0 : -1) as number));
  }

  function close(): void {
    isFinding.value = 0;
    find.value = "";
    onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const count = formatCount(found.length);
  return (
    <div class="find" role="search" onKeyDown={onKeyDown}>
      <input
        ref={input}
        type="text"
        aria-label="Find in the conversation"
        placeholder="Find in the conversation"
        value={find.value}
        onInput={({ currentTarget }) => void (find.value = currentTarget.value)}
      />
      <span class="find__count" role="status">
        {find.value && (now >= 0 ? `${formatCount(now + 1)} of ${count}` : `${count} found`)}
      </span>
      <ToolButton
        label="Previous match"
        title="Previous match (Shift+Enter)"
        icon="out"
        onClick={() => step(-1)}
      />
      <ToolButton label="Next match" title="Next match (Enter)" icon="in" onClick={() => step(1)} />
      <ToolButton label="Close find" title="Close (Esc)" icon="close" onClick={close} />
    </div>
  );
}

/** Where a text occurs. */
function placesOf(items: readonly Item[], text: string): number[] {
  if (text === "") return [];
  const wanted = text.toLowerCase();
  return items.flatMap((item, index) => (wordsOf(item).includes(wanted) ? [index] : []));
}

const known = new WeakMap<Item, { readonly revision: number; readonly words: string }>();

/** All that is looked through of an item, in lower case; put together once for each revision. */
function wordsOf(item: Item): string {
  const revision = item.kind === "turn" ? item.revision : 0;
  const before = known.get(item);
  if (before?.revision === revision) return before.words;
  const parts =
    item.kind === "line"
      ? [item.text]
      : [
          item.said().text,
          ...item.functionCalls.flatMap((call) => [
            functionName(call),
            JSON.stringify(call.arguments) ?? "",
            JSON.stringify(call.result) ?? "",
          ]),
        ];
  const words = parts.join("\n").toLowerCase();
  known.set(item, { revision, words });
  return words;
}
