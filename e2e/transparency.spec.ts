import type { BrowserContext } from "@playwright/test";

import { expect, test } from "./fixtures";
import { HANDOVER } from "../extension/protocol/envelope";
import { DAILY_SCRIPTS } from "./room/daily-builds";
import type { RoomServer } from "./room/server";
import { liveACall } from "./live-a-call";

/** What a page sees of one call's life, with or without the extension. */
async function observe(
  context: BrowserContext,
  server: RoomServer,
  script: string,
  room: string,
): Promise<string[]> {
  const bob = server.room(room).join({ userName: "Bob" });
  // Answers with what it got, so that messages come in as well as go out.
  bob.on((message) => {
    if (message.action === "app-message") bob.sendAppMessage({ echo: message.data });
  });
  const page = await context.newPage();
  await page.goto(`${server.origin}/pages/call.html?daily=${script}&room=${room}&name=Ada`);
  await page.waitForFunction(() => window.call !== undefined);
  const seen = await page.evaluate(liveACall);
  bob.leave();
  await page.close();
  return seen;
}

for (const script of DAILY_SCRIPTS) {
  test(`a page with ${script} sees the same with the extension as without`, async ({
    server,
    room,
    inspector,
    plain,
  }) => {
    const without = await observe(plain.context, server, script, `${room}-without`);
    const withIt = await observe(inspector.context, server, script, `${room}-with`);
    expect(without).toContainEqual(
      expect.stringMatching(/^unhandled: Error: userData is too large/),
    );
    expect(withIt).toEqual(without);
  });
}

test("a page without Daily gets one hidden accessor and not a word more", async ({
  inspector,
  plain,
  server,
}) => {
  const [without, withIt] = await Promise.all(
    [plain.context, inspector.context].map(async (context) => {
      const page = await context.newPage();
      await page.addInitScript(() => {
        const messages: unknown[] = [];
        Reflect.set(window, "messages", messages);
        window.addEventListener("message", ({ data }) => messages.push(data), true);
      });
      await page.goto(`${server.origin}/pages/plain.html`);
      const seen = await page.evaluate(() => ({
        globals: Object.getOwnPropertyNames(window).sort(),
        prototype: Reflect.ownKeys(Object.prototype).map(String),
        enumerable: Object.keys(Object.prototype),
        value: Reflect.get({}, "_callObjectMode") as unknown,
        messages: Reflect.get(window, "messages") as unknown[],
        html: document.documentElement.outerHTML,
      }));
      await page.close();
      return seen;
    }),
  );
  expect(withIt).toEqual({
    ...without,
    prototype: [...(without?.prototype ?? []), "_callObjectMode"],
  });
  expect(withIt?.messages).toEqual([]);
});

test("no script of the page sees the port go by", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await expect(panel.locator(".status-bar")).toContainText("connected");
  const messages = await page.evaluate(() => window.__messages);
  expect(messages.length).toBeGreaterThan(0);
  expect(messages).not.toContain(HANDOVER);
});
