import type { Frame, Page } from "@playwright/test";

import { exportRecording, expect, joined, row, test } from "./fixtures";

const METHODS = ["emit", "sendAppMessage", "setUserData", "setMeetingSessionData"];

async function turnOff(panel: Frame): Promise<void> {
  await panel.getByRole("button", { name: "Settings" }).click();
  await panel.getByRole("button", { name: "Turn off until reload" }).click();
  await expect(panel.getByRole("button", { name: "Turn off until reload" })).toBeHidden();
}

/** Adds a frame of the page's own origin, with a call of its own. */
async function addFrame(page: Page, name: string): Promise<Frame> {
  await page.evaluate((query) => {
    const frame = document.createElement("iframe");
    frame.src = location.href.replace(/name=\w+/, `name=${query}`);
    document.body.append(frame);
  }, name);
  const find = () => page.frame({ url: new RegExp(`name=${name}&`) });
  await expect.poll(find).not.toBeNull();
  const frame = find() as Frame;
  await joined(frame);
  return frame;
}

/** What the class of a page's call has of the methods that are wrapped, as source text. */
const sources = (page: Page | Frame) =>
  page.evaluate((names) => {
    const { prototype } = window.call.constructor;
    return names.map((name) => {
      const own = Object.getOwnPropertyDescriptor(prototype, name)?.value as { toString(): string };
      return own?.toString().slice(0, 60);
    });
  }, METHODS);

test("turned off, a page with frames is left alone until its reload, and what was recorded stays", async ({
  inspector,
  openCall,
  plain,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const framed = await addFrame(page, "Framed");
  const { panel, devtools } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage("before")`);
  await framed.evaluate(`call.sendAppMessage("before, framed")`);
  await expect(row(panel, "before, framed", "sent")).toBeVisible();

  await turnOff(panel);
  await expect(panel.getByText("Off on this page.")).toBeVisible();
  await expect(panel.locator(".status-bar")).toContainText("off until reload");

  // The methods are Daily's own again, as in a browser without the extension.
  const untouched = await plain.context.newPage();
  await untouched.goto(`${server.origin}/pages/call.html?room=${room}-plain&name=Ada`);
  await untouched.waitForFunction(() => window.call !== undefined);
  const own = await sources(untouched);
  await untouched.close();
  for (const place of [page, framed]) await expect.poll(() => sources(place)).toEqual(own);

  // Nothing more is recorded: not here, not in the frame, not in one that comes later.
  await page.evaluate(`call.sendAppMessage("after")`);
  await framed.evaluate(`call.sendAppMessage("after, framed")`);
  const late = await addFrame(page, "Late");
  await expect.poll(() => sources(late)).toEqual(own);
  await late.evaluate(`call.sendAppMessage("after, late")`);
  const recorded = await exportRecording(panel, devtools);
  const texts = recorded.events.flatMap((event) =>
    event.kind === "method-called" ? [event.payload.json] : [],
  );
  expect(texts).toEqual([`"before"`, `"before, framed"`]);
  await expect(row(panel, "before, framed", "sent")).toBeVisible();

  // A panel that is opened again finds the page off, and gets no history.
  await devtools.close();
  const again = await inspector.openPanel(page);
  await expect(again.panel.getByText("Off on this page.")).toBeVisible();
  await expect(again.panel.locator(".traffic__rows .row")).toHaveCount(0);

  await again.panel.getByRole("button", { name: "Reload page" }).click();
  await expect(row(again.panel, "joined-meeting").first()).toBeVisible();
  await page.evaluate(`call.sendAppMessage("on again")`);
  await expect(row(again.panel, "on again", "sent")).toBeVisible();
  await expect(again.panel.locator(".status-bar")).toContainText("connected");
});

test("turned off before there is a call, the page's call isn't touched", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada", "");
  await page.evaluate(() => window.call.destroy());
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "call-instance-destroyed")).toBeVisible();
  await turnOff(panel);
  await expect(panel.locator(".status-bar")).toContainText("off until reload");
  const isOwn = await page.evaluate(() => {
    const call = (window.Daily as NonNullable<typeof window.Daily>).createCallObject();
    return Object.keys(call).includes("_callObjectMode");
  });
  expect(isOwn).toBe(true);
  await expect(row(panel, "call-created")).toHaveCount(1);
});

test("a wrapper that the page put around ours stays, and passes calls on", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  await page.evaluate(() => {
    const { prototype } = window.call.constructor as { prototype: Record<string, unknown> };
    const inner = prototype["sendAppMessage"] as (...args: unknown[]) => unknown;
    prototype["sendAppMessage"] = function (this: unknown, ...args: unknown[]) {
      Reflect.set(window, "wrapped", true);
      return Reflect.apply(inner, this, args);
    };
  });
  await turnOff(panel);
  await expect(panel.locator(".status-bar")).toContainText("off until reload");
  await page.evaluate(`call.sendAppMessage("through both")`);
  expect(await page.evaluate("wrapped")).toBe(true);
  await expect.poll(() => server.room(room).messages().length).toBe(1);
  await expect(row(panel, "through both")).toHaveCount(0);
});
