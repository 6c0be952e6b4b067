import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { useSignalEffect } from "@preact/signals";

import { type Entry, hasEntry } from "../../core/session/session-log";
import { hasCommandKey } from "../ui/command-key";
import { Button } from "../ui/controls";
import { copyText } from "../ui/copy-text";
import { FindInConversation } from "./conversation-find";
import { Head } from "./conversation-head";
import { itemId, ItemRow } from "./conversation-row";
import { type Item, speakerOf } from "../../core/conversation/shown-turn";
import type { ShownConversation } from "./conversation-state";
import type { ConversationStore } from "./conversation-store";
import { itemText } from "../../core/conversation/conversation-text";
import { useConversationScroll } from "./use-conversation-scroll";
import "./conversation.css";
import "./conversation-row.css";

type Props = {
  store: ConversationStore;
  /** The grid, for who gives the keyboard back to it. */
  gridRef: RefObject<HTMLDivElement | null>;
  /** The keyboard goes into the details, which are open. */
  onEnterDetails: () => void;
};

/** What user and bot of a call said to each other, and where the time went. */
export function ConversationView(props: Props) {
  const { conversations, filter } = props.store;
  const shown = conversations.current.value;
  if (shown) return <Talk key={shown.callId} {...props} shown={shown} />;
  const latest = conversations.callIds.value.at(-1);
  return (
    <div class="empty">
      <h2>No conversation in this call</h2>
      <p>Another call of this page has one.</p>
      <Button onClick={() => void (filter.value = { ...filter.value, callId: latest })}>
        Show that call
      </Button>
    </div>
  );
}

function Talk({ store, shown, gridRef, onEnterDetails }: Props & { shown: ShownConversation }) {
  const { selection, calls, isLive, callOf } = store;
  const { items, callId } = shown;
  const call = callOf(callId);
  const goesOn = isLive.value && calls.value.some((each) => each.callId === callId && each.isLive);
  const scroll = useConversationScroll(gridRef, items, isLive.value);
  const selected = store.selected.value;
  /** The item that was chosen: an event may tell of several. */
  const [chosen, choose] = useState<Item | undefined>(undefined);
  const at = placeOf(items, chosen, selected);
  // Of an item that isn't in sight there is no element to name.
  const active = scroll.rows.some(({ index }) => index === at) ? items[at] : undefined;

  // Whatever chose it, it comes into sight.
  useSignalEffect(() => {
    const entry = store.selected.value;
    const place = entry
      ? placeOf(store.conversations.current.peek()?.items ?? [], chosen, entry)
      : -1;
    if (place >= 0) scroll.show(place);
  });

  /** Goes to an item; `isOpening`: with its details. */
  function go(index: number, isOpening = false): void {
    const item = items[Math.max(0, Math.min(index, items.length - 1))];
    const [first] = item?.entries ?? [];
    if (!item || !first) return;
    choose(item);
    if (isOpening) selection.choose(first);
    else selection.move(first);
  }

  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const { key, altKey, target, currentTarget } = event;
    // Buttons in a row have their own.
    if (target !== currentTarget && key === "Enter") return;
    const page = Math.max(1, scroll.rows.length - 6);
    const item = items[at];
    if (hasCommandKey(event) && key === "c" && item && !String(getSelection() ?? ""))
      void copyText(itemText(item, call));
    else if (hasCommandKey(event) || altKey) return;
    else if (key === "ArrowDown") go(at + 1);
    else if (key === "ArrowUp") go(at < 0 ? items.length - 1 : at - 1);
    else if (key === "PageDown") go(at + page);
    else if (key === "PageUp") go(at - page);
    else if (key === "Home") go(0);
    else if (key === "End") go(items.length - 1);
    else if (key === "Enter" && item && selection.isOpen.value) onEnterDetails();
    else if (key === "Enter" && item) selection.setOpen(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onClick({ target }: MouseEvent): void {
    // Text was marked, to be copied.
    if (String(getSelection() ?? "") !== "") return;
    const row = target instanceof Element ? target.closest("[data-index]") : null;
    if (row) go(Number(row.getAttribute("data-index")), true);
  }

  const show = (entry: Entry) => selection.choose(entry);
  return (
    <div class="talk">
      <Head store={store} shown={shown} />
      <div class="talk__pane">
        <div
          class="talk__grid"
          role="grid"
          aria-label="Conversation"
          aria-rowcount={items.length}
          tabIndex={0}
          aria-activedescendant={active && itemId(active)}
          ref={gridRef}
          onScroll={scroll.onScroll}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          <div class="talk__rows" role="rowgroup" data-findable style={{ height: scroll.height }}>
            <div
              class="talk__seen"
              role="presentation"
              style={{ transform: `translateY(${scroll.rows[0]?.start ?? 0}px)` }}
            >
              {scroll.rows.map(({ index, key }) => {
                const item = items[index];
                if (!item) return undefined;
                const isSelected = index === at;
                return (
                  <ItemRow
                    key={String(key)}
                    item={item}
                    revision={item.kind === "turn" ? item.revision : 0}
                    index={index}
                    who={item.kind === "turn" ? speakerOf(item, call) : NO_ONE}
                    isSelected={isSelected}
                    isLive={goesOn}
                    selected={isSelected ? selected : undefined}
                    call={call}
                    measure={scroll.measure}
                    onShow={show}
                  />
                );
              })}
            </div>
          </div>
        </div>
        {scroll.followLatest && (
          <button type="button" class="button talk__latest" onClick={scroll.followLatest}>
            Follow the latest
          </button>
        )}
      </div>
      <FindInConversation
        store={store}
        items={items}
        at={at}
        onGo={(index) => go(index)}
        onClose={() => gridRef.current?.focus()}
      />
    </div>
  );
}

const NO_ONE = { name: "", role: "" };

/** The place of the item that the selected event tells of: the chosen one, if it is one of those. */
function placeOf(
  items: readonly Item[],
  chosen: Item | undefined,
  selected: Entry | undefined,
): number {
  if (!selected) return -1;
  if (chosen && hasEntry(chosen.entries, selected)) return items.indexOf(chosen);
  return items.findIndex(({ entries }) => hasEntry(entries, selected));
}
