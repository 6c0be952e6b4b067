import { AGENT_TOOLS, type AgentToolName } from "../../extension/protocol/agent-tools";
import { joined } from "../fixtures";
import { useInPage } from "../use-in-page";
import { expect, LAUNCH, test } from "./room";

test.use({ ...LAUNCH, failOn: "never" });

test("the tools for coding agents are in watched pages, and tell of their own page only", async ({
  openCall,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  await ada.evaluate(() => void window.call.sendAppMessage({ type: "cue" }));
  const { participants } = JSON.parse(await useInPage(ada, "daily_room")) as {
    participants: { name: string; sessionId: string }[];
  };
  expect(participants.map(({ name }) => name)).toEqual(["Ada", "Bob"]);
  await bob.evaluate(
    (to) => void window.call.sendAppMessage({ type: "bob-only" }, to),
    "11111111-1111-4111-8111-111111111111",
  );
  expect(await useInPage(bob, "daily_events", { filter: "type:bob-only" })).toContain('"total":1');
  expect(await useInPage(ada, "daily_events", { filter: "type:cue dir:out" })).toContain(
    '"total":1',
  );
  for (const { name, isCommand } of AGENT_TOOLS) {
    const args = isCommand ? { data: {} } : name === "daily_event" ? { number: 1 } : {};
    const answer = await useInPage(ada, name as AgentToolName, args);
    expect(answer).not.toContain("bob-only");
    if (isCommand) expect(answer).toContain("Commands of agents are off.");
  }
});

test("a page without a call and a frame have no tools", async ({ page, server, room }) => {
  await page.goto(`${server.origin}/pages/plain.html`);
  expect(await useInPage(page, "daily_calls")).toBe("no tools");
  await page.evaluate(
    (src) => document.body.append(Object.assign(document.createElement("iframe"), { src })),
    `${server.origin}/pages/call.html?room=${room}&name=Cy&autojoin=1&override=1`,
  );
  await expect.poll(() => page.frames().length).toBe(2);
  await joined(page.frames()[1] as never);
  expect(await useInPage(page, "daily_calls")).toBe("no tools");
});

test.describe("a test that allows it", () => {
  test.use({ agentCommands: true });

  test("lets agents send", async ({ openCall }) => {
    const ada = await openCall("Ada");
    const bob = await openCall("Bob");
    const message = { data: { type: "cue" }, to: "Bob" };
    expect(await useInPage(ada, "daily_send_app_message", message)).toContain("Done");
    await expect(bob).toHaveReceived("cue");
    expect(await useInPage(ada, "daily_events", { filter: "by:agent" })).toContain('"total":1');
    expect(await useInPage(ada, "daily_send_app_message", { data: "x".repeat(5_000) })).toContain(
      "too large",
    );
  });
});
