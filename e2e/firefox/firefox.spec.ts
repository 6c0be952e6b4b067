import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "@playwright/test";

import type { Panel, Tab } from "./firefox";
import { test } from "./fixtures";

const send = (tab: Tab, data: unknown) =>
  tab.evaluate(`call.sendAppMessage(${JSON.stringify(data)}); return true;`);
const preserveLog = (panel: Panel) => panel.click("label", "Preserve log");

test("all three channels show, both ways, in a panel that opens late", async ({ openCall }) => {
  const ada = await openCall("Ada");
  await send(ada, { kind: "chat", text: "before the panel" });
  const panel = await ada.openPanel();
  await panel.row("before the panel");
  expect(await ada.evaluate("return window.__hookWasFirst")).toBe(true);
  const bob = await openCall("Bob");
  await panel.row("People", "Bob", "joined");
  await send(bob, { text: "hello Ada" });
  await panel.row("received", "App", "Bob → Ada (you)", "hello Ada");
  await ada.evaluate("await call.setUserData({ hand: 'up' }); return true;");
  await panel.row("User", "Ada (you)", `hand: "up"`, "set");
  await bob.evaluate("await call.setUserData({ hand: 'down' }); return true;");
  await panel.row("received", "User", "Bob", `hand: "down"`);
  await ada.evaluate("call.setMeetingSessionData({ stage: 'Ada' }, 'shallow-merge'); return true;");
  await panel.row("received", "Session", `stage: "Ada"`);
});

test("without a call, the sample opens with one click, and the guide in a tab", async ({
  firefox,
  server,
}) => {
  const tab = await firefox.openTab(`${server.origin}/pages/plain.html`);
  const panel = await tab.openPanel();
  await panel.click("button", "Open sample recording");
  await panel.row("App", "question", "Can you all hear me?", "refused");
  await panel.click("button", "Back to live");
  await panel.click("a", "Guide");
  await expect
    .poll(() => firefox.urlInFront(), { timeout: 20_000 })
    .toMatch(/^moz-extension:.*\/docs\/index\.html$/);
});

for (const hasDocumentIds of [true, false])
  test.describe(
    hasDocumentIds ? "with the browser's ids of documents" : "without them (before Firefox 153)",
    () => {
      test.use({ hasDocumentIds });

      test("a reload shows the new call, and Preserve log keeps the old one, whenever it is ticked", async ({
        openCall,
      }) => {
        const ada = await openCall("Ada");
        const panel = await ada.openPanel();
        await send(ada, "first page");
        await panel.row("first page");
        await ada.reload();
        await ada.joined();
        await send(ada, "second page");
        await panel.row("second page");
        expect((await panel.rows()).join()).not.toContain("first page");
        // Ticked after a reload, it keeps the page that was just loaded.
        await preserveLog(panel);
        await ada.reload();
        await ada.joined();
        await send(ada, "third page");
        await panel.row("third page");
        await panel.row("second page");
      });

      test("a frame that is reloaded is seen again", async ({ openCall, server, room }) => {
        const ada = await openCall("Ada");
        const panel = await ada.openPanel();
        const src = `${server.origin}/pages/call.html?override=1&room=${room}&name=Framed&autojoin=1`;
        await ada.evaluate(`
        const frame = Object.assign(document.createElement("iframe"), { src: ${JSON.stringify(src)} });
        document.body.append(frame);
        return true;`);
        const say = (text: string) =>
          expect
            .poll(
              () =>
                ada.evaluate(`
              const { call } = frames[0];
              if (call?.meetingState() !== "joined-meeting") return false;
              frames[0].eval("call.sendAppMessage(${JSON.stringify(text).replaceAll('"', "'")})");
              return true;`),
              { timeout: 20_000 },
            )
            .toBe(true);
        await say("from the frame");
        await panel.row("from the frame");
        await ada.evaluate("frames[0].call = undefined; frames[0].location.reload(); return true;");
        await say("from the frame again");
        await panel.row("from the frame again");
      });
    },
  );

test("a suspended event page comes back with all that happened, after a reload as well", async ({
  openCall,
}) => {
  const ada = await openCall("Ada");
  const panel = await ada.openPanel();
  await ada.reload();
  await ada.joined();
  for (const round of [1, 2]) {
    // The event page sleeps 3 s after its last message: the status bar says so until the link is made again.
    await expect
      .poll(
        () =>
          panel.evaluate(`return window.sawCut ??= (new MutationObserver(() => {
        if (!document.querySelector(".status-bar").innerText.includes("connected")) window.sawCut = "cut";
        else if (document.querySelector(".status-bar").innerText.includes("disconnected")) window.sawCut = "cut";
      }).observe(document.querySelector(".status-bar"), { subtree: true, childList: true, characterData: true }), "watching")`),
        { timeout: 30_000 },
      )
      .toBe("cut");
    await panel.evaluate("window.sawCut = undefined; return true;");
    await send(ada, `after suspension ${round}`);
    await panel.row(`after suspension ${round}`);
  }
});

test("a line that Firefox can't open is plain text, and can be copied", async ({ openCall }) => {
  const ada = await openCall("Ada");
  const panel = await ada.openPanel();
  await ada.evaluate(`
    const script = document.createElement("script");
    script.src = URL.createObjectURL(new Blob(["call.sendAppMessage('from a script')"]));
    document.head.append(script);
    return true;`);
  await panel.row("from a script");
  await panel.click(".traffic__rows .row", "from a script");
  await panel.evaluate(`
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true });
    document.querySelector(".row[aria-selected=true]").dispatchEvent(enter);
    return true;`);
  await panel.click("[role=tab]", "Initiator");
  const stack = () =>
    panel.evaluate(`
      const list = document.querySelector(".stack");
      return [list?.innerText.includes("blob:"), list?.querySelectorAll("button").length];`);
  await expect.poll(stack, { timeout: 20_000 }).toEqual([true, 0]);
  await panel.click("button", "Copy");
});

test("another tab of the room is a seat, which shows what was delivered and brings its tab to the front", async ({
  openCall,
  firefox,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const panel = await ada.openPanel();
  const seats = () =>
    panel.evaluate(`return document.querySelector("button[aria-label^=Seats]").innerText`);
  await expect.poll(seats, { timeout: 20_000 }).toBe("Seats 0");
  const bob = await openCall("Bob");
  await expect.poll(seats, { timeout: 20_000 }).toBe("Seats 1");
  const elsewhere = `${server.origin}/pages/call.html?override=1&room=${room}-other&name=Eve&autojoin=1`;
  const eve = await firefox.openTab(elsewhere);
  await eve.joined();

  await send(ada, { text: "to Bob" });
  const delivered = async () =>
    (await panel.rows()).filter((each) => each.includes("to Bob")).join();
  await expect.poll(delivered, { timeout: 20_000 }).toMatch(/1 of 1 · \d+(\.\d+)? ms/);
  // No seat for the page in another room, which has announced itself by now.
  expect(await seats()).toBe("Seats 1");

  await panel.click("button[aria-label^=Seats]", "Seats");
  await panel.click("[aria-label=Seats] li button", "Bob");
  await expect.poll(() => firefox.urlInFront(), { timeout: 20_000 }).toContain("name=Bob");
  await bob.close();
  await expect.poll(seats, { timeout: 20_000 }).toBe("Seats 0");
});

test("two toolboxes on two tabs keep apart", async ({ openCall }) => {
  const ada = await openCall("Ada");
  const adasPanel = await ada.openPanel();
  const bob = await openCall("Bob");
  const bobsPanel = await bob.openPanel();
  await send(ada, "from Ada");
  await bobsPanel.row("received", "from Ada");
  await adasPanel.row("sent", "from Ada");
  const received = (await adasPanel.rows()).filter(
    (each) => each.includes("received") && each.includes("from Ada"),
  );
  expect(received).toEqual([]);
});

test("10,000 in a burst all arrive, once and in order", async ({ openCall, firefox }) => {
  const ada = await openCall("Ada");
  const panel = await ada.openPanel();
  await panel.row("joined-meeting");
  await ada.evaluate("for (let n = 1; n <= 10000; n++) call.sendAppMessage({ n }); return true;");
  await panel.row(`{n: 10000}`);
  await panel.click("button[aria-label='Export recording'], button[title*='Export']", "");
  await panel.click("button", "All events");
  type Saved = { events: { kind: string; payload?: { json: string } }[] };
  /** The file once it is there as a whole: Firefox makes it before it writes it. */
  function saved(): Saved | undefined {
    const name = readdirSync(firefox.downloads).find((each) => each.endsWith(".json"));
    const text = name === undefined ? "" : readFileSync(join(firefox.downloads, name), "utf8");
    return text.trimEnd().endsWith("}") ? (JSON.parse(text) as Saved) : undefined;
  }
  await expect.poll(() => saved() !== undefined, { timeout: 20_000 }).toBe(true);
  const { events } = saved() as Saved;
  const sent = events.flatMap(({ kind, payload }) =>
    kind === "method-called" ? [(JSON.parse(payload?.json ?? "") as { n: number }).n] : [],
  );
  expect(sent).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
});

test("after a reload of the extension, a panel that is opened again has the history", async ({
  openCall,
  firefox,
}) => {
  const ada = await openCall("Ada");
  await (await ada.openPanel()).row("joined-meeting");
  await send(ada, "before it");
  await firefox.reinstall();
  await send(ada, "after it");
  const panel = await ada.openPanel();
  await panel.row("before it");
  await panel.row("after it");
});

test("a page with the panel open goes into the back/forward cache, and continues when it is back", async ({
  firefox,
  server,
  room,
}) => {
  // Firefox keeps no page with a joined call.
  const tab = await firefox.openTab(
    `${server.origin}/pages/call.html?override=1&room=${room}&name=Ada`,
  );
  const panel = await tab.openPanel();
  await panel.row("call-created");
  await tab.evaluate("window.stays = true; return true;");
  await tab.goto(`${server.origin}/pages/plain.html`);
  await tab.back();
  expect(await tab.evaluate("return window.stays")).toBe(true);
  await tab.evaluate("await call.join(); return true;");
  await panel.row("joined-meeting");
});

test("a message is sent from the panel, and session data is edited in place", async ({
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  server.room(room).setSessionDataFromServer({ data: { votes: 1 }, mergeStrategy: "replace" });
  const panel = await ada.openPanel();
  await panel.click("[role=tab]", "Send");
  await panel.click(".send__go .button--main", "Send");
  await expect.poll(() => server.room(room).messages().length, { timeout: 20_000 }).toBe(1);
  await panel.click("[role=tab]", "Traffic");
  await panel.row("Ada (you) → Everyone", "Hello");

  await panel.click("[role=tab]", "Room");
  const begin = `
    const value = document.querySelector(".state-tree .tree__number");
    value?.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    return document.querySelector(".value-editor input") !== null;`;
  await expect.poll(() => panel.evaluate(begin), { timeout: 20_000 }).toBe(true);
  await panel.evaluate(`
    const input = document.querySelector(".value-editor input");
    input.value = "2";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return true;`);
  const propose = `
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true });
    document.querySelector(".value-editor input")?.dispatchEvent(enter);
    return document.querySelector(".proposal") !== null;`;
  await expect.poll(() => panel.evaluate(propose), { timeout: 20_000 }).toBe(true);
  await panel.click(".proposal .button--main", "Set");
  await expect.poll(() => server.room(room).sessionData()["votes"], { timeout: 20_000 }).toBe(2);
});
