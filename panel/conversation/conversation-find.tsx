import { FindField } from "../ui/find-field";
import { formatCount } from "../ui/format";
import type { Item } from "../../core/conversation/shown-turn";
import type { ConversationStore } from "./conversation-store";
import { functionName } from "../../core/conversation/conversation-text";

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
  if (isFinding.value === 0) return null;
  const found = placesOf(items, find.value);
  const now = found.indexOf(at);

  function step(by: 1 | -1): void {
    if (found.length === 0) return;
    const next =
      by === 1 ? found.find((place) => place > at) : found.findLast((place) => place < at);
    onGo(next ?? (found.at(by === 1 ? 0 : -1) as number));
  }

  const all = formatCount(found.length);
  return (
    <FindField
      find={find}
      isFinding={isFinding}
      label="Find in the conversation"
      count={now >= 0 ? `${formatCount(now + 1)} of ${all}` : `${all} found`}
      onStep={step}
      onClose={onClose}
    />
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
