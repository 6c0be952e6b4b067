import type { Page } from "@playwright/test";

import { HANDOVER } from "../extension/protocol/envelope";
import { expect, row, test } from "./fixtures";
import { addPlainFrame } from "./plain-frame";

/** Errors that nobody caught in a page or DevTools window. */
function watchErrors(...pages: Page[]): string[] {
  const errors: string[] = [];
  for (const page of pages) page.on("pageerror", ({ message }) => errors.push(message));
  return errors;
}

test("garbage in place of the hook's messages is counted, told and survived", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const errors = watchErrors(page, devtools);
  await expect(row(panel, "joined-meeting")).toBeVisible();

  const frame = await addPlainFrame(page);
  await frame.evaluate((handover) => {
    // It takes the hook's place with a port of its own, and talks nonsense on it.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<{ kind: string; connection?: number }>) => {
      if (data.kind === "ready") port1.postMessage({ kind: "here" });
      if (data.kind !== "from-panel") return;
      const { connection } = data;
      const texts = [
        "{",
        "null",
        "[]",
        `{"protocol":1,"events":[null,1,{"kind":"x"}]}`,
        `{"protocol":2,"events":[]}`,
        "[".repeat(100_000),
        { not: "a text" },
      ];
      for (const text of texts) port1.postMessage({ kind: "to-panel", connection, text });
      port1.postMessage({ kind: "to-panel", connection: 999, text: "nobody" });
      port1.postMessage({ kind: "unknown" });
      port1.postMessage("garbage");
    };
    window.postMessage(handover, "*", [port2]);
    window.postMessage(handover, "*");
    window.postMessage({ kind: "from-panel" }, "*");
  }, HANDOVER);
  await expect(panel.getByText(/malformed messages ignored/)).toBeVisible();
  await expect(row(panel, "joined-meeting")).toBeVisible();
  expect(errors).toEqual([]);
});

test("objects that only look like a call, and a broken page, harm nobody", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const errors = watchErrors(page, devtools);
  const results = await page.evaluate(() => {
    const field = "_callObjectMode";
    const plain: Record<string, unknown> = {};
    plain[field] = 1;
    const frozen = Object.freeze({});
    const isSet = Reflect.set(frozen, field, 1);
    Reflect.set(Object(5) as object, field, 1);
    class Fake {
      emit() {
        throw new Error("fake emit");
      }
      listenerCount(): number {
        throw new Error("fake count");
      }
      get sendAppMessage() {
        return () => "sent";
      }
      get callClientId(): string {
        throw new Error("fake id");
      }
      _messageChannel = {};
    }
    const fake = new Fake() as Fake & Record<string, () => unknown>;
    Reflect.set(fake, field, true);
    let thrown = "";
    try {
      fake["emit"]?.();
    } catch (error) {
      thrown = String(error);
    }
    return [Object.keys(plain).join(), plain[field], isSet, fake["sendAppMessage"]?.(), thrown];
  });
  expect(results).toEqual(["_callObjectMode", 1, true, "sent", "Error: fake emit"]);
  await page.evaluate(`call.sendAppMessage("all is well")`);
  await expect(row(panel, "all is well", "sent")).toBeVisible();
  await expect(row(panel, "capture problem").first()).toBeVisible();
  expect(errors).toEqual([]);
});

test("what a page says is text, never markup", async ({ inspector, openCall }) => {
  const page = await openCall(encodeURIComponent(`<img src=x onerror=alert(1)>`));
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ "<b>key</b>": "<script>alert(1)</script>" })`);
  await row(panel, "<script>", "<img src=x").click();
  await expect(panel.locator(".details")).toContainText("<b>key</b>");
  expect(await panel.locator("img, script:not([src]), b").count()).toBe(0);
});

test("a payload of megabytes, one too deep and one too wide are shown with their true size", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(() => {
    const tries: unknown[] = ["x".repeat(3_000_000), Array.from({ length: 20_000 }, (_, n) => n)];
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    for (const data of [...tries, deep]) {
      try {
        window.call.sendAppMessage(data);
      } catch {
        // Refused, as it should be.
      }
    }
  });
  await row(panel, "3,000,002", "refused").click();
  await expect(panel.locator(".details")).toContainText(
    "only the first 1048576 of 3000002 characters were kept",
  );
  await row(panel, "108,891", "refused").click();
  await expect(panel.locator(".tree")).toBeVisible();
  await row(panel, "200,001", "refused").click();
  await expect(panel.locator(".tree")).toBeVisible();
  await panel.getByRole("tab", { name: "Raw" }).click();
  await expect(panel.getByRole("button", { name: "Show all 200,001 characters" })).toBeVisible();
});
