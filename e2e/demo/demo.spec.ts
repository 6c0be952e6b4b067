import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";
import type { Daily } from "inspector-for-daily/playwright";

import { expect, LAUNCH, test as base } from "../headless/room";
import { routeDefaultBundle } from "../room/route-default-bundle";

/** The app as its users have it, without the extension: it fails for what the package finds, down to warnings. */
const test = base.extend<{ open: (query: string) => Promise<Page> }>({
  open: async ({ context, server, room }, use) => {
    server.serve("/demo/", fileURLToPath(new URL("page", import.meta.url)));
    await routeDefaultBundle(context, server);
    await use(async (query) => {
      const page = await context.newPage();
      await page.goto(`${server.origin}/demo/?room=${room}&${query}`);
      return page;
    });
  },
});

test.use({ ...LAUNCH, failOn: "warning" });

/** Of what kinds the messages are that someone sent. */
const kindsFrom = async (daily: Daily, name: string) =>
  new Set((await daily.messages(`dir:out from:${name}`)).map(({ type }) => type));

test("a guest in a second tab is brought on stage and answers the cue", async ({ open, daily }) => {
  const ada = await open("name=Ada");
  await ada.getByRole("switch", { name: "Autopilot" }).uncheck();
  const grace = await open("name=Grace&host=0");
  await grace.getByRole("button", { name: "Raise hand" }).click();
  await expect(ada).toHaveUserData({ hand: "up", since: expect.any(Number) }, { of: grace });

  await ada.getByRole("button", { name: "Bring Grace on stage" }).click();
  await expect(daily).toHaveSessionData({ stage: { name: "Grace" }, answered: 0 });
  await expect(ada).toHaveSent({ type: "cue", payload: { action: "unmute" }, to: grace, times: 1 });
  await grace.getByRole("button", { name: "Unmute" }).click();
  await expect(ada).toHaveReceived({ type: "cue-answer", from: grace, to: ada, times: 1 });
  await expect(ada.getByText("Microphone on")).toBeVisible();
  await expect(daily).toHaveUserData({ role: "guest", hand: "down" }, { of: "Grace" });
  await expect(grace.getByRole("button", { name: "Raise hand" })).toHaveAttribute(
    "aria-pressed",
    "false",
  );

  await grace.getByRole("textbox", { name: "Ask a question" }).fill("<b>Is this bold?</b>");
  await grace.getByRole("button", { name: "Ask" }).click();
  await expect(daily).toHaveDelivered({ type: "question", payload: { text: /bold/ }, from: grace });
  await expect(ada.getByRole("log")).toContainText("Grace <b>Is this bold?</b>");

  await ada.getByRole("button", { name: "Clear stage" }).click();
  await expect(daily).toHaveSessionData({ stage: null, answered: 1 });
  await expect(grace.getByText("Nobody on stage")).toBeVisible();
  await expect(grace.locator(".score")).toHaveText("1 answered");
  expect(await kindsFrom(daily, "Grace")).toEqual(new Set(["cue-answer", "question"]));
});

test("two tabs on autopilot talk to each other", async ({ open, daily }) => {
  const ada = await open("name=Ada");
  const bob = await open("name=Bob&host=0&auto=1");
  await expect(ada).toHaveReceived({
    type: "question",
    payload: { text: "How do late joiners get the current state?" },
    from: bob,
  });
  await expect(ada.getByRole("log")).toContainText("Bob How do late joiners");
  await expect(ada).toHaveReceived({ type: "cue-answer", payload: { action: "unmuted" } });
  await expect(ada.getByRole("log")).toContainText("Bob is unmuted.");
  await expect(bob).toHaveSessionData({ answered: 1 });
  await expect(bob.locator(".score")).toHaveText("1 answered");
  expect(await kindsFrom(daily, "Bob")).toEqual(new Set(["question", "reaction", "cue-answer"]));
  expect(await kindsFrom(daily, "Ada")).toEqual(new Set(["reaction", "cue"]));
});
