import type { Frame, Page } from "@playwright/test";

import { ASK_FOR_PORT, HANDOVER } from "../extension/protocol/envelope";
import { expect, row, test } from "./fixtures";
import { addPlainFrame } from "./plain-frame";

/** Errors that no one caught in a page or DevTools window. */
function watchErrors(...pages: Page[]): string[] {
  const errors: string[] = [];
  for (const page of pages) page.on("pageerror", ({ message }) => errors.push(message));
  return errors;
}

test("a page can neither take the hook's place nor get its port", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const errors = watchErrors(page, devtools);
  await expect(row(panel, "joined-meeting")).toBeVisible();

  const frame = await addPlainFrame(page);
  for (const place of [page.mainFrame(), frame])
    await place.evaluate(
      ([ask, handover]) => {
        // It answers as the hook does, with a port of its own, on which it talks nonsense …
        const { port1, port2 } = new MessageChannel();
        window.tookPorts = 0;
        port1.onmessage = () => {
          window.tookPorts++;
          port1.postMessage({ kind: "here" });
          port1.postMessage({ kind: "to-panel", connection: 1, text: "{" });
        };
        window.dispatchEvent(new MessageEvent(handover, { ports: [port2] }));
        window.postMessage(handover, "*");
        // … and asks as the relay does.
        for (const type of [handover, "message"])
          window.addEventListener(type, (event) => {
            if ((event as MessageEvent).ports.length > 0) window.tookPorts++;
          });
        window.dispatchEvent(new Event(ask));
      },
      [ASK_FOR_PORT, HANDOVER] as const,
    );
  await page.evaluate(() => window.call.sendAppMessage("after it"));
  await expect(row(panel, "after it")).toBeVisible();
  await expect(panel.getByText(/malformed messages ignored/)).toHaveCount(0);
  for (const place of [page.mainFrame(), frame])
    expect(await place.evaluate(() => window.tookPorts)).toBe(0);
  expect(errors).toEqual([]);
});

for (const place of ["page", "about:blank frame"])
  test(`a call made after document.open() in a ${place} shows, and the page gets no port`, async ({
    inspector,
    openCall,
    server,
    room,
  }) => {
    const page = await openCall("Ada", "");
    const { panel } = await inspector.openPanel(page);
    await page.evaluate(
      ([inFrame, daily, url]) => {
        const frame = document.createElement("iframe");
        if (inFrame) document.body.append(frame);
        const target = inFrame ? (frame.contentDocument as Document) : document;
        target.open();
        target.write(`<script>
          window.tookPorts = 0;
          addEventListener("message", (event) => { tookPorts += event.ports.length; }, true);
        </script>
        <script src="${daily}"></script>
        <script>
          window.call = Daily.createCallObject({ url: "${url}", userName: "Dora" });
          call.join();
        </script>`);
        target.close();
      },
      [place !== "page", `${server.origin}/daily.js`, `${server.origin}/${room}`] as const,
    );
    await expect(row(panel, "joined-meeting", "Joined")).toBeVisible();
    const frame = place === "page" ? page.mainFrame() : (page.frames().at(-1) as Frame);
    expect(await frame.evaluate(() => window.tookPorts)).toBe(0);
  });

test("objects that only look like a call, and a broken page, do no harm", async ({
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
  await row(panel, "3 M", "refused").click();
  await expect(panel.locator(".details")).toContainText("3,000,002 of 4,096 characters");
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
