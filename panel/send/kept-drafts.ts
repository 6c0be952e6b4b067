import { effect } from "@preact/signals";

import type { DraftOwner } from "./draft-owner";
import type { Drafts } from "./drafts";
import type { DraftKind } from "../session/draft";
import { createKeptDrafts } from "./kept-draft";
import { createTextShelf, type ShelfStorage } from "./text-shelf";

const keyOf = (kind: DraftKind, whose: DraftOwner | undefined): string =>
  whose ? `draft:${kind}:${JSON.stringify([whose.room, whose.name])}` : `draft:${kind}`;

/**
 * Keeps drafts in a storage that only the extension can read, for when the panel is loaded anew or DevTools is closed. What
 * comes back is a text to go on with: nothing is sent by it, it is not repeated, and nothing says that it was sent. They
 * are kept by whose they are, and until that is known by their kind alone.
 */
export function keepDrafts(
  drafts: Drafts,
  storage: ShelfStorage,
  owner: () => DraftOwner | undefined,
): void {
  const shelf = createTextShelf(storage);
  for (const kind of Object.keys(drafts) as DraftKind[]) {
    const draft = drafts[kind];
    const kept = createKeptDrafts();
    let untouched = draft.peek();
    let written = untouched;
    let isKnown = false;

    /** Not in the place of what somebody has typed meanwhile. */
    function takeBack(whose: DraftOwner | undefined): void {
      if (draft.peek() !== untouched) return;
      const read = kept.read(shelf.read(keyOf(kind, whose)), untouched, whose?.room);
      if (read) draft.value = untouched = read;
    }

    takeBack(undefined);
    effect(() => {
      const whose = owner();
      const isNews = whose !== undefined && !isKnown;
      // Once: what is being looked at is not exchanged because another call has come.
      if (isNews) takeBack(whose);
      isKnown ||= isNews;
      const now = draft.value;
      kept.learn(now, whose?.room);
      // Nor does it take the place of what is kept for that call until somebody goes on with it.
      if (now === untouched || (now === written && !isNews)) return;
      written = now;
      shelf.write(keyOf(kind, whose), kept.textOf(now));
    });
  }
}
