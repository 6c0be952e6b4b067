import type { Frame } from "@playwright/test";

import { openConversation } from "../read-conversation";

/** The panel's Conversation view, as text. */
export type ShownConversation = {
  /** `RTVI 2.1.0`. */
  readonly protocol: string;
  readonly items: readonly ShownItem[];
  /** How long each leg of an answer took: `user stopped → first audio`, and `4 · max 313 ms`. */
  readonly totals: readonly (readonly [leg: string, took: string])[];
};

/** A turn, or a line between turns, which no one says. */
export type ShownItem = {
  readonly time: string;
  readonly who: string;
  readonly text: string;
  readonly calls: readonly string[];
  readonly legs: readonly string[];
};

const PARTS = [".talk__time", ".talk__who", ".talk__line", ".talk__call", ".talk__legtext"];

/** Shows the Conversation view and reads all of it. Only the rows in sight exist, so it is scrolled from top to bottom. */
export async function readConversation(panel: Frame): Promise<ShownConversation> {
  await openConversation(panel);
  const rows = await panel.evaluate(async (selectors) => {
    const grid = document.querySelector(".talk__grid");
    const found = new Map<number, { parts: string[][]; pieces: [kind: string, text: string][] }>();
    for (let top = 0; grid; top += grid.clientHeight / 2) {
      grid.scrollTop = top;
      await new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      });
      for (const row of grid.querySelectorAll(".talk__row"))
        found.set(Number(row.ariaRowIndex), {
          parts: selectors.map((selector) =>
            [...row.querySelectorAll(selector)].map(({ textContent }) => textContent.trim()),
          ),
          pieces: [...(row.querySelector(".talk__text")?.childNodes ?? [])].map((node) => [
            node instanceof Element ? node.className : "",
            node.textContent?.trim() ?? "",
          ]),
        });
      if (top + grid.clientHeight >= grid.scrollHeight) break;
    }
    // Back to where new turns appear.
    if (grid) grid.scrollTop = grid.scrollHeight;
    return [...found].toSorted(([a], [b]) => a - b).map(([, row]) => row);
  }, PARTS);

  const legs = await panel.locator(".talk__totals dt").allTextContents();
  const took = await panel.locator(".talk__totals dd").allTextContents();
  return {
    protocol: await panel.locator(".talk__head strong").innerText(),
    items: rows.map(({ parts, pieces }): ShownItem => {
      const [time = [], who = [], lines = [], calls = [], own = []] = parts;
      const text = [...pieces.map(([kind, piece]) => pieceText(kind, piece)), ...lines]
        .filter((piece) => piece !== "")
        .join(" ");
      return { time: time.join(""), who: who.join(""), text, calls, legs: own };
    }),
    totals: legs.map((leg, at) => [leg, took[at] ?? ""]),
  };
}

/** Part of what was said, by the class of its element; none for what was simply said. */
function pieceText(kind: string, text: string): string {
  if (kind === "") return text;
  if (kind === "talk__unsaid") return `[not said: ${text}]`;
  return kind === "talk__interim" ? `[interim: ${text}]` : `[${text}]`;
}
