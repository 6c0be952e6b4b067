import { writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

import { chromium } from "@playwright/test";
import { watchDaily } from "inspector-for-daily";

import { writeBaseline } from "../../core/contract/baseline";
import { createContract } from "../../core/contract/contract";
import { localPerson } from "../../core/session/people";
import { judgeRecording } from "../../headless/judge-recording";
import { readRecording } from "../../core/recording/read-recording";
import { joined } from "../fixtures";
import { routeDefaultBundle } from "../room/route-default-bundle";
import { failureOf } from "./failure-of";
import { expect, LAUNCH, test } from "./room";

test.use({ ...LAUNCH, failOn: "never" });

test("calls, messages, deliveries, the room and findings are asked for", async ({
  openCall,
  daily,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  await ada.evaluate(() => void window.call.sendAppMessage({ type: "chat", text: "hi" }));
  await bob.evaluate(() => void window.call.setUserData({ hand: true }));

  expect(await daily.calls()).toMatchObject([
    { name: "Ada", status: "joined", isLive: true },
    { name: "Bob", status: "joined", isLive: true },
  ]);
  expect((await daily.calls())[1]?.page).toBe(bob);
  expect(await daily.messages("type:chat")).toMatchObject([
    { direction: "sent", from: "Ada", to: ["Everyone"], data: { type: "chat", text: "hi" } },
    { direction: "received", from: "Ada", to: ["Bob"], of: "Bob" },
  ]);
  expect(await daily.rows("channel:session from:Ada")).toEqual([]);
  await expect(daily.messages("larger:3")).rejects.toThrow('The filter "larger:3": Unknown filter');
  const [delivery] = await daily.deliveries();
  expect(delivery?.receptions).toMatchObject([{ to: "Bob", verdict: "received" }]);
  await expect(ada).toHaveUserData({ hand: true }, { of: bob });
  expect((await daily.room(ada)).participants).toMatchObject([
    { name: "Ada", isLocal: true },
    { name: "Bob", isLocal: false, userData: { hand: true } },
  ]);
  await expect(daily.room("Cy")).rejects.toThrow(
    "There is no call of Cy. Calls in view: Ada, Bob.",
  );
  expect(await daily.findings({ level: "warning" })).toEqual([]);
});

test("frames of the hook have its name, and are left out of what it records", async ({
  openCall,
  daily,
}) => {
  const ada = await openCall("Ada");
  const stack = await ada.evaluate(() => {
    let frames = "";
    const call = window.call as unknown as { sendAppMessage(data: unknown): void };
    call.sendAppMessage({
      type: "traced",
      get read() {
        frames = new Error("here").stack ?? "";
        return 1;
      },
    });
    return frames;
  });
  expect(stack).toContain("inspector-for-daily-hook.js:");
  const { events } = JSON.parse(await daily.recording()) as {
    events: { kind: string; stack?: string }[];
  };
  const stacks = events.flatMap(({ kind, stack: own }) => (kind === "method-called" ? [own] : []));
  expect(stacks.join()).toContain("at ");
  expect(stacks.join()).not.toContain("inspector-for-daily");
});

test("what comes is waited for, and what doesn't come says so", async ({ openCall, daily }) => {
  const ada = await openCall("Ada");
  await openCall("Bob");
  const coming = daily.waitFor("type:later status:received");
  await ada.evaluate(() => void window.call.sendAppMessage({ type: "later" }));
  expect(await coming).toMatchObject({ type: "later", of: "Bob" });
  await expect(daily.waitFor("type:never", { timeout: 100 })).rejects.toThrow(
    /Nothing passed the filter "type:never" in 100 ms, of \d+ events so far. Calls in view: Ada, Bob./,
  );
});

test("a page's call is made to send, to set state, and to receive", async ({ openCall, daily }) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  expect(await daily.send(ada, { message: { type: "cue" }, to: "Bob" })).toMatchObject({
    name: "sendAppMessage()",
    to: ["Bob"],
  });
  await expect(bob).toHaveReceived({ type: "cue", from: "Ada" });
  await daily.send("Bob", { userData: { hand: true } });
  await daily.send(ada, { sessionData: { score: 1 }, mergeStrategy: "shallow-merge" });
  await expect(ada).toHaveUserData({ hand: true }, { of: "Bob" });
  await expect(daily).toHaveSessionData({ score: 1 });
  await daily.send(bob, { incoming: { type: "kick" }, from: ada });
  await expect(bob).toHaveReceived("kick");
  expect(
    await bob.evaluate(() => window.received.map(({ data }) => (data as { type: string }).type)),
  ).toEqual(["cue", "kick"]);
  await expect(daily.send(ada, { message: "x".repeat(5_000) })).rejects.toThrow(/too large/);
  await bob.evaluate(() => window.call.leave());
  await expect(daily.send(bob, { message: "x" })).rejects.toThrow("Join again to send.");
});

test("what can't be meant is refused with a sentence, and nothing is sent or set", async ({
  openCall,
  context,
  daily,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  await ada.evaluate(() => window.call.setUserData({ hand: "up" }));
  const message = { type: "cue" };
  const wrong: [what: unknown, sentence: string][] = [
    [{ message, to: "Bobb" }, 'No one has the name or id "Bobb". In the call: Ada, Bob.'],
    [{ message, to: ["Bob", "Cy"] }, 'No one has the name or id "Cy". In the call: Ada, Bob.'],
    [
      { mesage: message },
      'daily.send: unknown key "mesage" in what to send. Did you mean message?',
    ],
    [{ sessionData: "oops" }, 'daily.send: sessionData must be an object, not "oops".'],
  ];
  for (const [what, sentence] of wrong)
    await expect(daily.send(ada, what as { message: unknown })).rejects.toThrow(
      new Error(sentence),
    );
  const other = await openCall("Cy", "");
  await expect(daily.send(ada, { message, to: other })).rejects.toThrow("hasn't joined yet.");
  expect(await daily.messages()).toEqual([]);
  expect(await daily.rows("channel:session dir:out")).toEqual([]);
  await expect(bob).toHaveUserData({ hand: "up" }, { of: ada });

  // What becomes of a message to an id of no one is worth a test.
  const gone = "0b5c9ee1-5d6c-4c6f-8c57-6a2c7b1f0a11";
  expect(await daily.send(ada, { message, to: gone })).toMatchObject({ type: "cue" });
  await daily.send(ada, { userData: null });
  await expect(bob).not.toHaveUserData(expect.anything(), { of: ada });

  await daily.watch(context);
  await expect(watchDaily(context)).rejects.toThrow("This context is watched already.");
  const notContext = ada as unknown as typeof context;
  await expect(daily.watch(notContext)).rejects.toThrow(
    new Error("daily.watch: the context must be a BrowserContext, not a Page."),
  );
  const locator = ada.getByText("Ada") as unknown as typeof ada;
  const about = "the received value must be daily, a page or a frame, not";
  const errorOf = async (matcher: Promise<void>) =>
    stripVTControlCharacters(await failureOf(matcher));
  expect(await errorOf(expect(locator).toHaveSent("cue"))).toBe(
    `expect(received).toHaveSent(expected)\n\nMatcher error: ${about} a Locator.`,
  );
  expect(await errorOf(expect(ada).not.toHaveSent({ typ: "cue" } as object))).toBe(
    'expect(page).not.toHaveSent(expected)\n\nMatcher error: unknown key "typ" in the message. Did you mean type?',
  );
});

test("two contexts are one room, frames and reloads are seen, and all of it is a recording", async ({
  openCall,
  browser,
  daily,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const other = await browser.newContext();
  const bob = await openCall("Bob", "autojoin=1", other);
  await ada.evaluate(() => void window.call.sendAppMessage({ type: "over", n: 1 }));
  await expect(daily).toHaveDelivered("over");
  await bob.reload();
  await joined(bob);
  await ada.evaluate(() => void window.call.sendAppMessage({ type: "over", n: 2 }));
  await expect(bob).toHaveReceived({ type: "over", payload: { n: 2 } });
  expect(await daily.calls()).toMatchObject([
    { name: "Ada", isLive: true },
    { name: "Bob", isLive: false },
    { name: "Bob", isLive: true },
  ]);
  // A frame of a page without a call of its own.
  const outer = await ada.context().newPage();
  await outer.goto(`${server.origin}/pages/plain.html`);
  await outer.evaluate(
    (src) => document.body.append(Object.assign(document.createElement("iframe"), { src })),
    `${server.origin}/pages/call.html?room=${room}&name=Cy&autojoin=1`,
  );
  await expect.poll(async () => (await daily.calls()).map(({ name }) => name)).toContain("Cy");
  await daily.send("Cy", { message: { type: "from-frame" } });
  await expect(ada).toHaveReceived({ type: "from-frame", from: outer });

  const recording = readRecording(await daily.recording());
  expect(recording).toMatchObject({ ok: true, head: { isMasked: false } });
  // No one of them is more the user than the others: the panel marks none as such.
  const { scene } = judgeRecording("recording.json", await daily.recording());
  const names = [...scene.log.calls.values()].map((call) => localPerson(call));
  expect(names.map(({ label, name }) => label === name)).toEqual([true, true, true, true]);
  const masked = await daily.recording({ maskValues: true });
  expect(masked).not.toContain("Ada");
  await other.close();
});

test("without the test runner, a context is watched just the same, and the page sees nothing of it", async ({
  server,
  room,
}) => {
  const browser = await chromium.launch(LAUNCH.launchOptions);
  const context = await browser.newContext();
  const baseline = test.info().outputPath("contracts.json");
  writeFileSync(
    baseline,
    writeBaseline({ contract: createContract(), savedAt: new Date(), origin: server.origin }),
  );
  const daily = await watchDaily(context, { mutedTypes: ["noise"], baseline });
  await routeDefaultBundle(context, server);
  const page = await context.newPage();
  await page.goto(`${server.origin}/pages/call.html?room=${room}&name=Ada&autojoin=1`);
  await joined(page);
  expect(await daily.waitFor("joined-meeting")).toMatchObject({ of: "Ada" });
  await page.evaluate(() => {
    for (const type of ["noise", "hand"]) window.call.sendAppMessage({ type });
  });
  expect(await daily.findings({ rules: ["not-in-baseline"] })).toMatchObject([
    { level: "warning", text: "The session data isn’t in the baseline. Seen in 1 value." },
    { level: "warning", type: "hand", rows: [{ direction: "sent", data: { type: "hand" } }] },
  ]);
  await expect(watchDaily(context, { baseline: "none.json" })).rejects.toThrow(
    "none.json: There is no such file.",
  );
  expect(
    await page.evaluate(() => ({
      names: Object.keys(window).filter((name) => /inspector/i.test(name)),
      isFirst: window.__hookWasFirst,
    })),
  ).toEqual({ names: [], isFirst: true });
  await browser.close();
});
