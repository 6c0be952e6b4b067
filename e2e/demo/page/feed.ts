import { element, find } from "./element";

const MAX_ITEMS = 60;

/** How an item looks: someone's question, word from the server, or something that just happened. */
type Look = "question" | "notice" | "event" | "problem";

export type Feed = {
  readonly add: (look: Look, text: string, from?: string) => void;
  /** Shows why something did not work; made to be the end of a promise. */
  readonly fail: (reason: unknown) => void;
};

/** The list of questions and notices, newest at the bottom. */
export function createFeed(): Feed {
  const list = find("feed", HTMLOListElement);

  function add(look: Look, text: string, from = ""): void {
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
    const item = element("li", `item item--${look}`);
    if (from) item.append(element("strong", "", from), " ");
    item.append(element("span", "", text));
    list.append(item);
    if (list.childElementCount > MAX_ITEMS) list.firstElementChild?.remove();
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  }

  return {
    add,
    fail: (reason) => add("problem", reason instanceof Error ? reason.message : String(reason)),
  };
}
