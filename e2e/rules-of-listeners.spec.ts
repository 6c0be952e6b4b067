import { expectFindings } from "./expect-findings";
import { expect, row, test } from "./rules-fixtures";

test("listeners that are not there, throw or block", async ({
  scene: { page, panel, join, enter },
}) => {
  await join();
  const bob = await enter({ userName: "Bob" });
  bob.sendAppMessage({ type: "chat", text: "Anyone?" });
  bob.sendAppMessage({ type: "chat", text: "Hello?" });
  await expect(row(panel, "Hello?")).toBeVisible();
  await page.evaluate(() => {
    window.call.on("app-message", ({ data }) => {
      if (data.type === "crash") throw new Error("no such participant");
      const start = performance.now();
      while (data.type === "heavy" && performance.now() - start < 550);
    });
  });
  bob.sendAppMessage({ type: "crash" });
  bob.sendAppMessage({ type: "heavy" });
  await expectFindings(panel, [
    { rule: "nobody-listened", says: "2 messages of type chat from Bob", shows: "Anyone?" },
    {
      rule: "listener-threw",
      says: /A listener of app-message of type crash threw 1 time.*no such participant/,
      shows: `crash`,
    },
    {
      rule: "slow-listener",
      says: /app-message of type heavy blocked the page 1 time: /,
      shows: `heavy`,
    },
  ]);
});

test("listeners that pile up", async ({ scene: { page, panel, join, enter } }) => {
  await join();
  const bob = await enter({ userName: "Bob" });
  // Like an effect without a cleanup.
  await page.evaluate(() => void window.call.on("app-message", () => {}));
  for (let render = 1; render <= 6; render++) {
    bob.sendAppMessage({ type: "tick", render });
    await expect(row(panel, `render: ${render}`)).toBeVisible();
    await page.evaluate(() => void window.call.on("app-message", () => {}));
  }
  await expectFindings(panel, [
    { rule: "listeners-grow", says: "app-message has gone up to 6 listeners", shows: `tick` },
  ]);
});

test("a listener that is registered twice, and two that are not the same", async ({
  scene: { page, panel, join, enter },
}) => {
  await join();
  const bob = await enter({ userName: "Bob" });
  await page.evaluate(() => {
    const { call } = window;
    const onMessage = () => {};
    call.on("app-message", onMessage);
    call.on("app-message", onMessage);
    // Each has a reason of its own.
    for (const name of ["meeting-session-state-updated", "participant-updated"] as const)
      for (let tile = 1; tile <= 2; tile++) call.on(name, () => {});
  });
  bob.setUserData({ hand: "up" });
  bob.setMeetingSessionData({ stage: "Bob" }, "replace");
  bob.sendAppMessage({ type: "chat", text: "Twice" });
  await expect(row(panel, "Room", `stage: `)).toBeVisible();
  await expectFindings(panel, [
    {
      rule: "listener-twice",
      says: "1 app-message event ran the same function twice",
      shows: `chat`,
    },
  ]);
});

test("listeners that grow with every join", async ({ scene: { page, panel, room, join } }) => {
  const bob = room.join({ userName: "Bob" });
  for (let stay = 1; stay <= 3; stay++) {
    await page.evaluate(() => void window.call.on("app-message", () => {}));
    await join();
    bob.sendAppMessage({ type: "hello", stay });
    await expect(row(panel, `stay: ${stay}`)).toBeVisible();
    await page.evaluate(() => window.call.leave());
  }
  await expectFindings(panel, [
    { rule: "listeners-grow-with-joins", says: "app-message has 3 listeners now", shows: "hello" },
  ]);
});
