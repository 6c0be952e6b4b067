import { expect, joined, row, test } from "./fixtures";
import { DAILY_SCRIPTS } from "./room/daily-builds";

for (const script of DAILY_SCRIPTS) {
  test(`all three channels of ${script} are seen`, async ({
    inspector,
    openCall,
    server,
    room,
  }) => {
    const page = await openCall("Ada", `autojoin=1&daily=${script}`);
    const bob = server.room(room).join({ userName: "Bob" });
    const { panel } = await inspector.openPanel(page);
    await expect(
      row(panel, "call-created", /daily-([\d.]+)\.js/.exec(script)?.[1] ?? "daily-js 0.9"),
    ).toBeVisible();
    await expect(row(panel, "joined-meeting", room)).toBeVisible();
    await expect(row(panel, "People", "Bob", "joined")).toBeVisible();
    await page.evaluate(`call.sendAppMessage({ n: 1 })`);
    await page.evaluate(`call.setUserData({ hand: 1 })`);
    await page.evaluate(`call.setMeetingSessionData({ stage: 1 })`);
    bob.sendAppMessage({ n: 2 });
    bob.setUserData({ hand: 2 });
    await expect(row(panel, "Ada (you) → Everyone", `{n: 1}`, "sent")).toBeVisible();
    await expect(row(panel, "sent by this page", "User", `{hand: 1}`, "set")).toBeVisible();
    await expect(row(panel, "received", "Session", `{stage: 1}`)).toBeVisible();
    await expect(row(panel, "Bob → Ada (you)", `{n: 2}`, "received")).toBeVisible();
    await expect(row(panel, "Bob", "User", `{hand: 2}`)).toBeVisible();
    await page.evaluate(async () => {
      await window.call.leave();
      await window.call.destroy();
    });
    await expect(row(panel, "left-meeting")).toBeVisible();
    await expect(panel.locator(".status-bar")).not.toContainText("dropped");
    await expect(row(panel, "capture problem")).toHaveCount(0);
  });
}

test("an app on daily-react, bundled, is seen", async ({ inspector, server, room }) => {
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/react.html?room=${room}&name=Ada`);
  await joined(page);
  const { panel } = await inspector.openPanel(page);
  await page.getByRole("button", { name: "Send app message" }).click();
  await expect(row(panel, "Ada (you) → Everyone", `{text: "hello"}`, "sent")).toBeVisible();
  await page.getByRole("button", { name: "Set user data" }).click();
  await expect(row(panel, "received", "User", `{hand: "raised"}`)).toBeVisible();
  await page.getByRole("button", { name: "Set session data" }).click();
  await expect(row(panel, "received", "Session", `{slide: 2}`)).toBeVisible();
  await row(panel, "Ada (you) → Everyone", "hello").click();
  await panel.getByRole("tab", { name: "Initiator" }).click();
  await expect(panel.getByRole("list", { name: "Call stack" })).toContainText("react");
});

for (const [where, host] of [
  ["the same origin", "127.0.0.1"],
  ["another origin", "localhost"],
] as const) {
  test(`a call in a frame of ${where} is seen beside that of the page`, async ({
    inspector,
    openCall,
    server,
    room,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    const origin = server.origin.replace("127.0.0.1", host);
    await page.evaluate((src) => {
      const frame = document.createElement("iframe");
      frame.src = src;
      document.body.append(frame);
    }, `${origin}/pages/call.html?room=${room}&url=${server.origin}/${room}&name=Framed&autojoin=1`);
    await expect(row(panel, "call-created")).toHaveCount(2);
    const frame = page
      .frames()
      .find((each) => each.url().startsWith(`${origin}/pages/call.html`) && each.parentFrame());
    if (!frame) throw new Error("no frame");
    await joined(frame);
    await frame.evaluate(`call.sendAppMessage("from the frame")`);
    await expect(row(panel, "Framed (you) → Everyone", "from the frame", "sent")).toBeVisible();
    await expect(row(panel, "Framed → Ada (you)", "from the frame", "received")).toBeVisible();
    // Both ends are seen here, so it is known who got it.
    await row(panel, "Framed (you) → Everyone", "from the frame").click();
    await panel.getByRole("tab", { name: "Delivery" }).click();
    await expect(
      panel.getByRole("listitem").filter({ hasText: /^Ada, received after [\d.]+ m?s by / }),
    ).toBeVisible();
    await panel.getByRole("button", { name: "Close details" }).click();

    const select = panel.getByRole("combobox", { name: "Call" });
    await select.selectOption({
      label: (await select.locator("option", { hasText: "in a frame" }).textContent()) ?? "",
    });
    await expect(row(panel, "call-created")).toHaveCount(1);
    await expect(row(panel, "Framed → Ada (you)")).toHaveCount(0);
    await select.selectOption("");
    await page.evaluate(() => document.querySelector("iframe")?.remove());
    await expect(select.locator("option", { hasText: "page left · in a frame" })).toHaveCount(1);
    await page.evaluate(`call.sendAppMessage("the page goes on")`);
    await expect(row(panel, "the page goes on")).toBeVisible();
    await expect(row(panel, "Framed (you) → Everyone", "from the frame")).toBeVisible();
  });
}
