import type { Page } from "@playwright/test";

import { createRandom } from "./room/random";

/** A message that a page is told to send: its content as JSON text, and to whom, by name. */
export type Line = { readonly content: string; readonly to: "*" | readonly string[] };

/**
 * What someone says in a call with others, by chance: half of it to everyone, the rest to some of them by name. Most
 * contents are said once only; a few are said again at once, or all the time.
 */
export function linesOf(
  name: string,
  others: readonly string[],
  count: number,
  seed: number,
): readonly Line[] {
  const random = createRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const choices = ["*", "*", "*", ...others.map((each) => [each]), others] as const;
  const lines: Line[] = [];
  for (let n = 0; n < count; n++) {
    const chance = random();
    const content =
      chance < 0.1
        ? JSON.stringify({ type: "ping", n: Math.floor(random() * 3) })
        : chance < 0.2
          ? (lines.at(-1)?.content ?? "0")
          : JSON.stringify({ type: "line", n, by: name });
    lines.push({ content, to: pick(choices) });
  }
  return lines;
}

/** What a page got, in order, by session id of the sender and content. */
export type Got = readonly { readonly fromId: string; readonly content: string }[];

/**
 * Has a page send these, one every so many milliseconds. Resolves when all are sent. After each message that it sends or
 * gets, it waits for its clock to go on, so that no two of them have the same time.
 */
export async function talk(
  page: Page,
  lines: readonly Line[],
  idOf: Readonly<Record<string, string>>,
  everyMs: number,
): Promise<void> {
  const addressed = lines.map(({ content, to }) => ({
    content,
    to: to === "*" ? to : to.map((name) => idOf[name] as string),
  }));
  await page.evaluate(
    async ([all, ms]) => {
      function nextTick(): void {
        const now = performance.now();
        while (performance.now() === now);
      }
      window.call.on("app-message", nextTick);
      const start = performance.now();
      for (const [n, { content, to }] of all.entries()) {
        while (performance.now() < start + n * ms) await new Promise((run) => setTimeout(run, 1));
        window.call.sendAppMessage(JSON.parse(content), to);
        nextTick();
      }
    },
    [addressed, everyMs] as const,
  );
}

/** What a page got so far, by its own listener. */
export const gotBy = (page: Page): Promise<Got> =>
  page.evaluate(() =>
    window.received.map(({ fromId, data }) => ({ fromId, content: JSON.stringify(data) })),
  );
