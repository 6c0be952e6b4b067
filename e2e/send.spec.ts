import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { HANDOVER } from "../extension/protocol/envelope";
import { exportRecording, expect, joined, row, test } from "./fixtures";
import { addPlainFrame } from "./plain-frame";
import { openSend, sent, submit, type } from "./send-tab";

/** What the relay passes on to the holder of the hook's port. */
type Asked = { kind: string; connection: number; text: string | null };

const DEMO = fileURLToPath(new URL("demo/page", import.meta.url));

const messages = (page: Page) =>
  page.evaluate(() =>
    window.received.map(({ data, fromId }) => ({ data: data as unknown, fromId })),
  );

test("a message to everyone, to one, and as plain text; nothing goes out before", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel } = await inspector.openPanel(ada);
  const adaId = await ada.evaluate(() => window.call.participants().local.session_id);
  await openSend(panel, "App message");
  await type(panel, `{"kind":"hello","n":1}`);
  expect(await messages(bob)).toEqual([]);
  await submit(panel);
  await expect(sent(panel).first()).toContainText("sent");
  await expect
    .poll(() => messages(bob))
    .toEqual([{ data: { kind: "hello", n: 1 }, fromId: adaId }]);

  await panel.getByLabel("Bob").check();
  await panel.getByLabel("As plain text").check();
  await type(panel, "playable");
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await expect.poll(async () => (await messages(bob)).at(-1)?.data).toBe("playable");

  await panel.getByRole("tab", { name: "Traffic" }).click();
  await row(panel, "Ada (you) → Bob", "playable").click();
  await panel.getByRole("tab", { name: "Event" }).click();
  await expect(panel.locator(".details")).toContainText(`"by": "panel"`);
});

test("resend, edit and resend, copy, repeat and stop", async ({ inspector, openCall }) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel } = await inspector.openPanel(ada);
  await ada.evaluate(`call.sendAppMessage({ n: 1 })`);
  await row(panel, `{n: 1}`, "sent").click();
  await panel.getByRole("button", { name: "Resend", exact: true }).click();
  await expect.poll(async () => (await messages(bob)).length).toBe(2);
  for (const name of ["JSON", "call", "curl"]) {
    await panel.getByRole("button", { name: `Copy as ${name}` }).click();
    await expect(panel.getByText(`Copied as ${name}.`)).toBeVisible();
  }
  await panel.getByRole("button", { name: "Edit and resend" }).click();
  await type(panel, `{"n":"many"}`);
  await panel.getByLabel("times").fill("50");
  await panel.getByLabel("ms").fill("100");
  await submit(panel);
  await expect.poll(async () => (await messages(bob)).length).toBeGreaterThan(4);
  await panel.getByRole("button", { name: /^Stop/ }).click();
  await expect(panel.getByRole("button", { name: /^Stop/ })).toHaveCount(0);
  // The one that was sent again, and the run as one.
  await expect(sent(panel)).toHaveCount(2);
  await expect(sent(panel).first()).toContainText(/× ([1-9]|[1-4]\d) /);
});

test("a simulated message reaches this page only, and snippets are a file", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel, devtools } = await inspector.openPanel(ada);
  await openSend(panel, "Simulate incoming");
  await type(panel, `{"kind":"from nobody"}`);
  await panel.getByLabel("Snippet name").fill("Ghost");
  await panel.getByRole("button", { name: "Save" }).click();
  await type(panel, `{}`);
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Ghost");
  await expect(panel.locator(".editor .cm-content")).toContainText("from nobody");
  await panel.getByLabel("Sender").selectOption({ label: "Bob" });
  expect(await messages(ada)).toEqual([]);
  await submit(panel);
  const bobId = await bob.evaluate(() => window.call.participants().local.session_id);
  await expect
    .poll(() => messages(ada))
    .toEqual([{ data: { kind: "from nobody" }, fromId: bobId }]);
  expect(await messages(bob)).toEqual([]);
  await expect(sent(panel).first()).toContainText("simulated");

  const downloading = devtools.waitForEvent("download");
  await panel.getByRole("button", { name: "Export", exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("daily-snippets.json");
  await panel.getByLabel("Import snippets").setInputFiles(await download.path());
  await expect(panel.getByText(/^0 snippets added/)).toBeVisible();
  expect(await ada.evaluate(() => JSON.stringify(Object.entries(localStorage)))).toBe("[]");
});

test("what the page's own wrapper sends is the page's, and what it hands on is the panel's", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  await page.evaluate(() => {
    const send = window.call.sendAppMessage.bind(window.call);
    window.call.sendAppMessage = (data: unknown, to?: string | string[]) => {
      send({ analytics: true });
      return send(data, to);
    };
  });
  const { panel, devtools } = await inspector.openPanel(page);
  await openSend(panel, "App message");
  await type(panel, `{"from":"panel"}`);
  await submit(panel);
  await expect(sent(panel).first()).toContainText("no recipient");
  const { events } = await exportRecording(panel, devtools);
  expect(
    events.flatMap((event) =>
      event.kind === "method-called" ? [[event.by, event.payload.json]] : [],
    ),
  ).toEqual([
    ["page", `{"analytics":true}`],
    ["panel", `{"from":"panel"}`],
  ]);
});

test("on the demo call, what the panel does is seen by the other tab's app", async ({
  inspector,
  server,
  room,
}) => {
  server.serve("/demo/", DEMO);
  const open = async (query: string) => {
    const page = await inspector.newPage();
    await page.goto(`${server.origin}/demo/?room=${room}&${query}`);
    await expect(page.locator("#presence")).toContainText("here");
    return page;
  };
  const ada = await open("name=Ada");
  // It would go on answering questions.
  await ada.getByRole("switch", { name: "Autopilot" }).uncheck();
  const grace = await open("name=Grace&host=0");
  const { panel } = await inspector.openPanel(ada);
  await expect(row(panel, "People", "Grace", "joined")).toBeVisible();
  const gracesId =
    server
      .room(room)
      .participants()
      .find(({ userName }) => userName === "Grace")?.sessionId ?? "";

  // A message to everyone, a cue to one, a snippet, and the same again from its row.
  await openSend(panel, "App message");
  await type(panel, `{"kind":"question","text":"Asked from the panel"}`);
  await submit(panel);
  const asked = grace.locator("#feed").getByText("Asked from the panel");
  await expect(asked).toHaveCount(1);
  await panel.getByLabel("Grace").check();
  await type(panel, `{"kind":"cue","action":"unmute"}`);
  await submit(panel);
  await expect(grace.locator("#cue")).toBeVisible();
  await panel.getByLabel("Everyone").check();
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Reaction");
  await submit(panel);
  await expect(sent(panel)).toHaveCount(3);
  await panel.getByRole("tab", { name: "Traffic" }).click();
  await row(panel, "Ada (you) → Everyone", "Asked from the panel").click();
  await panel.getByRole("button", { name: "Resend", exact: true }).click();
  await expect(asked).toHaveCount(2);

  // The room's data: a snippet, the whole, then one value in place, then a version put back.
  server.room(room).join({ userName: "Bob" });
  await openSend(panel, "Session data");
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Bring on stage");
  await submit(panel);
  await expect(grace.locator("#stage-name")).toHaveText("Bob");
  await expect(grace.locator("#people li", { hasText: "Bob" })).toContainText("on stage");
  await expect(sent(panel).first()).toContainText("synced");
  await type(panel, JSON.stringify({ stage: { sessionId: gracesId, name: "Grace" }, answered: 3 }));
  await submit(panel);
  await expect(grace.locator("#stage-name")).toHaveText("Grace");
  await expect(sent(panel).first()).toContainText("synced");
  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  const answered = panel.getByRole("treeitem").filter({ hasText: "answered:" }).last();
  await answered.getByText("3", { exact: true }).dblclick();
  await panel.getByLabel("Value of answered").fill("7");
  await panel.getByLabel("Value of answered").press("Enter");
  await expect(panel.locator(".proposal")).toContainText("answered 3 → 7");
  await expect(grace.locator("#answered")).toHaveText("3");
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await expect(grace.locator("#answered")).toHaveText("7");
  expect(server.room(room).sessionUpdates().at(-1)).toMatchObject({ data: { answered: 7 } });
  await panel.getByRole("tab", { name: "Send", exact: true }).click();
  await expect(sent(panel).first()).toContainText("synced");
  await sent(panel).first().getByRole("button", { name: "Undo" }).click();
  await expect(grace.locator("#answered")).toHaveText("3");

  // One's own user data, and a message that only this page gets.
  await openSend(panel, "User data");
  await type(panel, `{"role":"host","hand":"up","since":1}`);
  await submit(panel);
  await expect(grace.locator("#people li", { hasText: "Ada" })).toContainText("wants to speak");
  await openSend(panel, "Simulate incoming");
  await panel.getByLabel("Sender").selectOption({ label: "Grace" });
  await type(panel, `{"kind":"question","text":"Never sent by Grace"}`);
  await submit(panel);
  await expect(ada.locator("#feed").getByText("Never sent by Grace")).toBeVisible();
  await expect(grace.locator("#feed").getByText("Never sent by Grace")).toHaveCount(0);
});

test("commands reach the inspected page only, and no page can make the panel send", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const ofAda = await inspector.openPanel(ada);
  const ofBob = await inspector.openPanel(bob);
  await openSend(ofAda.panel, "App message");
  await type(ofAda.panel, `{"from":"the panel of Ada"}`);
  await submit(ofAda.panel);
  await expect(row(ofBob.panel, "the panel of Ada", "received")).toBeVisible();
  const { events } = await exportRecording(ofBob.panel, ofBob.devtools);
  expect(events.filter(({ kind }) => kind === "method-called")).toEqual([]);

  // A frame without a call hands over a port of its own, to answer with commands and outcomes of its own making.
  const frame = await addPlainFrame(ada);
  await frame.evaluate((handover) => {
    const asked: string[] = [];
    Reflect.set(window, "asked", asked);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Asked>) => {
      if (data.kind === "ready") port1.postMessage({ kind: "here" });
      if (data.kind !== "from-panel" || data.text === null) return;
      asked.push((JSON.parse(data.text) as { kind: string }).kind);
      const { connection } = data;
      const action = { kind: "send-app-message", json: "1", to: "*" };
      const command = { commandId: "x", callId: "x", action };
      for (const message of [{ protocol: 1, kind: "command", command, events: [command] }, {}]) {
        port1.postMessage({ kind: "to-panel", connection, text: JSON.stringify(message) });
      }
    };
    window.dispatchEvent(new MessageEvent(handover, { ports: [port2] }));
  }, HANDOVER);
  await ada.evaluate(() => window.call.sendAppMessage("after it"));
  await expect(row(ofBob.panel, "after it", "received")).toBeVisible();
  expect(await frame.evaluate<string[]>("asked")).toEqual([]);
  await expect(sent(ofAda.panel)).toHaveCount(1);
  await joined(bob);
  // The panel's and the page's own.
  expect(await bob.evaluate(() => window.received.length)).toBe(2);
});
