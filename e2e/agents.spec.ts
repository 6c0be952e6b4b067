import { fileURLToPath } from "node:url";

import type { BrowserContext } from "@playwright/test";

import { AGENT_HANDOVER, AGENT_TOOLS, ASK_FOR_AGENT_PORT } from "../extension/protocol/agent-tools";
import { type Agent, startAgent } from "./agent";
import { startAudience } from "./demo/audience";
import { expect, joined, row, test as base } from "./fixtures";
import { useInPage } from "./use-in-page";

const test = base.extend<{ agent: Agent }>({
  agent: async ({ inspector }, use) => {
    const agent = await startAgent(inspector.debuggingUrl());
    await use(agent);
    await agent.close();
  },
});
test.use({ options: { remoteDebugging: true } });

/** Whether the background of the extension runs. */
async function isBackgroundRunning(context: BrowserContext): Promise<boolean> {
  const session = await context.browser()?.newBrowserCDPSession();
  const targets = await session?.send("Target.getTargets");
  await session?.detach();
  return targets?.targetInfos.some(({ type }) => type === "service_worker") ?? false;
}

/** Ends the background, as Chromium does after a while. Playwright goes on believing in it: for a browser of one's own. */
async function endBackground(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("chrome://serviceworker-internals/");
  await page.getByText("Stop", { exact: true }).click();
  await expect.poll(() => isBackgroundRunning(context)).toBe(false);
  await page.close();
}

test("an agent lists the tools of a page with a call, and uses them", async ({
  agent,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  await ada.evaluate(() => {
    window.call.sendAppMessage({ type: "chat", text: "hi" });
    window.call.setMeetingSessionData({ stage: "Ada" });
  });
  await bob.evaluate(() => window.call.sendAppMessage({ type: "cue", n: 1 }));
  await ada.waitForFunction(() => window.received.length > 0);

  const listed = await agent.call(ada, "list_3p_developer_tools");
  for (const { name } of AGENT_TOOLS) expect(listed).toContain(`name="${name}"`);

  expect(await agent.use(ada, "daily_calls")).toMatchObject({
    calls: [{ state: "joined", ownName: "Ada", participants: 2, dailyJs: "0.92.2" }],
  });
  expect(await agent.use(ada, "daily_events", { filter: "channel:app" })).toMatchObject({
    events: [
      { event: "sendAppMessage()", type: "chat", to: ["Everyone"], status: "sent" },
      { event: "app-message", type: "cue", from: "Bob", status: "received" },
    ],
  });
  const { events } = (await agent.use(ada, "daily_events", { filter: "type:chat" })) as {
    events: { number: number }[];
  };
  expect(await agent.use(ada, "daily_event", { number: events[0]?.number })).toMatchObject({
    data: { type: "chat", text: "hi" },
    maxChars: 4_096,
  });
  expect(await agent.use(ada, "daily_findings")).toMatchObject({ total: 0 });
  expect(await agent.use(ada, "daily_conversation")).toMatchObject({ total: 0 });
  expect(await agent.use(ada, "daily_types", { language: "TypeScript" })).toMatchObject({
    contract: expect.stringContaining("export type Chat"),
  });
  // What happens between two questions is in the second answer.
  await ada.waitForFunction(() => window.call.meetingSessionState().data !== undefined);
  expect(await agent.use(ada, "daily_room")).toMatchObject({
    participants: [{ name: "Ada", isLocal: true }, { name: "Bob" }],
  });
  for (let n = 0; n < 5; n++) {
    await ada.evaluate((text) => window.call.sendAppMessage({ type: "more", text }), `${n}`);
    expect(await agent.use(ada, "daily_events", { filter: "type:more" })).toMatchObject({
      total: n + 1,
    });
  }
  await expect(agent.use(ada, "daily_events", { filter: "larger:3" })).rejects.toThrow(
    "Unknown filter",
  );
});

test("on the demo page an agent sees the Q&A, and that nothing goes wrong in it", async ({
  agent,
  inspector,
  server,
  room,
}) => {
  server.serve("/demo/", fileURLToPath(new URL("demo/page", import.meta.url)));
  const audience = startAudience(server, { room });
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/demo/?room=${room}`);
  const total = async (filter: string) =>
    ((await agent.use(page, "daily_events", { filter })) as { total: number }).total;
  await expect.poll(() => total("type:question")).toBeGreaterThan(0);
  await expect.poll(() => total("channel:session dir:out")).toBeGreaterThan(0);

  const listed = await agent.call(page, "list_3p_developer_tools");
  for (const { name } of AGENT_TOOLS) expect(listed).toContain(`name="${name}"`);
  expect(await agent.use(page, "daily_types")).toMatchObject({
    types: expect.arrayContaining([expect.objectContaining({ type: "question" })]),
  });
  expect(await agent.use(page, "daily_findings")).toMatchObject({ total: 0 });
  await audience.stop();
});

test("a long session is answered from all of it", async ({ agent, openCall }) => {
  const ada = await openCall("Ada");
  await ada.evaluate(() => {
    for (let n = 0; n < 3_000; n++)
      window.call.sendAppMessage({ type: "tick", n, text: "x".repeat(500) });
  });
  expect(await agent.use(ada, "daily_events", { filter: "type:tick", limit: 1 })).toMatchObject({
    total: 3_000,
    more: "2,999 older: offset 1",
  });
});

test("a command is refused until the user allows it, and then it is marked as an agent's", async ({
  agent,
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const message = { data: { type: "cue" }, to: "Bob" };
  await expect(agent.use(ada, "daily_send_app_message", message)).rejects.toThrow(
    "Commands of agents are off.",
  );
  const { panel } = await inspector.openPanel(ada);
  const setting = panel.getByRole("checkbox", { name: "Let coding agents send and set data" });
  await panel.getByRole("button", { name: "Settings" }).click();
  await expect(setting).not.toBeChecked();
  await setting.check();
  await panel.getByRole("button", { name: "Settings" }).press("Escape");

  const sent = (await agent.use(ada, "daily_send_app_message", message)) as { number: number };
  await bob.waitForFunction(() => window.received.length > 0);
  expect(await bob.evaluate(() => window.received.map(({ data }) => data as unknown))).toEqual([
    { type: "cue" },
  ]);
  expect(await agent.use(ada, "daily_event", { number: sent.number })).toMatchObject({
    by: "panel",
    commandId: expect.stringMatching(/^agent-/),
  });
  await expect(row(panel, "cue", "agent")).toBeVisible();
  await agent.use(ada, "daily_set_user_data", { data: { hand: true } });
  await agent.use(ada, "daily_set_session_data", { data: { stage: "Ada" } });
  await bob.waitForFunction(() => {
    const { data } = window.call.meetingSessionState() as { data?: { stage?: string } };
    return data?.stage === "Ada";
  });
  await expect(
    agent.use(ada, "daily_send_app_message", { data: "x".repeat(5_000) }),
  ).rejects.toThrow("too large");

  await panel.getByRole("button", { name: "Settings" }).click();
  await setting.uncheck();
  await expect(setting).not.toBeChecked();
  await expect(agent.use(ada, "daily_send_app_message", message)).rejects.toThrow(
    "Commands of agents are off.",
  );
});

test("a page that uses the tools itself gets nothing but what its own hook saw", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  // Its panel sees Bob's tab as a seat, and remembers things.
  const { panel } = await inspector.openPanel(ada);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  await panel.evaluate(() => localStorage.setItem("setting:test", '"kept-by-panel"'));
  await bob.evaluate(() => {
    const [local] = Object.values(window.call.participants());
    window.call.sendAppMessage({ type: "bob-only" }, local?.session_id ?? "");
  });
  const bobs = await useInPage(bob, "daily_calls");
  const [{ callId = "" } = {}] = (JSON.parse(bobs) as { calls: { callId?: string }[] }).calls;
  expect(callId).not.toBe("");

  const answers: string[] = [];
  for (const { name, isCommand } of AGENT_TOOLS) {
    const args = isCommand ? { data: {} } : name === "daily_event" ? { number: 1 } : {};
    const answer = await useInPage(ada, name, args);
    if (isCommand) expect(answer).toContain("Commands of agents are off.");
    answers.push(answer);
    answers.push(await useInPage(ada, name, { ...args, documentId: "1", tabId: 1 }));
  }
  answers.push(await useInPage(ada, "daily_events", { filter: "seat:*" }));
  answers.push(await useInPage(ada, "daily_events", { filter: "seat:Bob" }));
  const refused = await useInPage(ada, "daily_events", { callId });
  expect(refused).toContain("There is no call");
  for (const answer of answers) {
    expect(answer).not.toContain("bob-only");
    expect(answer).not.toContain(callId);
    expect(answer).not.toContain("kept-by-panel");
    expect(answer).not.toContain(new URL(bob.url()).search);
  }
});

test("a page that breaks its world can't hear the port of the tools, and its errors stay its own", async ({
  agent,
  openCall,
}) => {
  const ada = await openCall("Ada", "");
  const errors: string[] = [];
  ada.on("pageerror", ({ message }) => errors.push(message));
  await ada.evaluate(
    ([ask, handover]) => {
      window.tookPorts = 0;
      // It answers as the tools do, and asks as their relay does …
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => void window.tookPorts++;
      dispatchEvent(new MessageEvent(handover, { ports: [port2] }));
      addEventListener(
        handover,
        (event) => void (window.tookPorts += (event as MessageEvent).ports.length),
        true,
      );
      dispatchEvent(new Event(ask));
      // … and listens wherever a message could pass.
      const heard = () => void window.tookPorts++;
      // oxlint-disable-next-line typescript/unbound-method -- called on the port
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (this: MessagePort, ...args: [unknown]) {
        heard();
        postMessage.apply(this, args);
      };
      const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
      Object.defineProperty(MessageEvent.prototype, "data", {
        get(this: MessageEvent) {
          if (this.target instanceof MessagePort) heard();
          return data?.get?.call(this) as unknown;
        },
      });
      for (const name of ["parse", "stringify"] as const) {
        const builtin = JSON[name] as (...args: unknown[]) => unknown;
        Object.defineProperty(JSON, name, {
          value: (...args: unknown[]) => {
            if (new Error().stack?.includes("chrome-extension:")) heard();
            return builtin(...args);
          },
        });
      }
      Object.defineProperty(Object.prototype, "kind", { value: "here", writable: true });
    },
    [ASK_FOR_AGENT_PORT, AGENT_HANDOVER] as const,
  );
  await ada.evaluate(() => void window.call.join());
  await joined(ada);
  expect(await agent.use(ada, "daily_calls")).toMatchObject({ calls: [{ state: "joined" }] });
  expect(await ada.evaluate(() => window.tookPorts)).toBe(0);
  expect(errors).toEqual([]);
});

test("a page without a call has no tools, nor has one whose call is in a frame", async ({
  agent,
  inspector,
  server,
  openCall,
  room,
}) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/plain.html`);
  expect(await useInPage(page, "daily_calls")).toBe("no tools");
  await page.evaluate(
    (src) => document.body.append(Object.assign(document.createElement("iframe"), { src })),
    `${server.origin}/pages/call.html?room=${room}&name=Cy&autojoin=1`,
  );
  await expect.poll(() => page.frames().length).toBe(2);
  await joined(page.frames()[1] as never);
  expect(await useInPage(page, "daily_calls")).toBe("no tools");
  expect(await agent.call(page, "list_3p_developer_tools")).not.toContain("daily_calls");
  await openCall("Ada");
});

test.describe("the background", () => {
  test.use({ ownBrowser: true });

  test("isn't woken by pages without a call, and knows what the user allowed when it is", async ({
    inspector,
    openCall,
    server,
  }) => {
    const { context } = inspector;
    const ada = await openCall("Ada");
    const { panel } = await inspector.openPanel(ada);
    await panel.getByRole("button", { name: "Settings" }).click();
    await panel.getByRole("checkbox", { name: "Let coding agents send and set data" }).check();
    await endBackground(context);

    const plain = await inspector.newPage();
    await plain.goto(`${server.origin}/pages/plain.html`);
    expect(await isBackgroundRunning(context)).toBe(false);
    const bob = await openCall("Bob");
    await ada.evaluate(() => window.call.sendAppMessage({ type: "greeting" }));
    await bob.waitForFunction(() => window.received.length > 0);
    const filter = "type:greeting";
    expect(await useInPage(bob, "daily_events", { filter })).toContain('"total":1');
    expect(await useInPage(bob, "daily_set_user_data", { data: { hand: true } })).toContain("Done");

    // Ended while a page is connected to it, it is started again.
    await endBackground(context);
    expect(await useInPage(bob, "daily_events", { filter })).toContain('"total":1');
  });
});

test.describe("where the browser has a model context", () => {
  test.use({ options: { remoteDebugging: true, features: "WebMCP" } });

  test("the tools are registered with it, as untrusted and for debugging", async ({
    agent,
    openCall,
  }) => {
    const ada = await openCall("Ada");
    const listed = await agent.call(ada, "list_3p_developer_tools");
    expect(listed).toContain("WebMCP Tools");
    for (const { name } of AGENT_TOOLS) expect(listed.split(`name="${name}"`)).toHaveLength(3);
    expect(await agent.use(ada, "daily_calls")).toMatchObject({ calls: [{ state: "joined" }] });
  });
});

test("an answer that never comes is an error, so that the agent can go on", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  await useInPage(ada, "daily_calls");
  // Busy for longer than anyone waits.
  const [background] = inspector.context.serviceWorkers();
  const busy = background?.evaluate(() => {
    const end = Date.now() + 15_000;
    while (Date.now() < end);
  });
  expect(await useInPage(ada, "daily_calls")).toContain(
    "Inspector for Daily didn't answer in time.",
  );
  await busy;
  expect(await useInPage(ada, "daily_calls")).toContain('"state":"joined"');
});
