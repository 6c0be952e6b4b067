import type { Frame } from "@playwright/test";

import { expect, joined, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

const TOO_LARGE = "Message data too large. Max size is 4096";
const status = (panel: Frame) => panel.locator("#send-status");

for (const dock of ["right", "bottom"] as const) {
  test.describe(`docked at the ${dock}`, () => {
    test.use({ options: { dock, dockedSize: dock === "right" ? 400 : 250 } });

    test("a refusal stands beside the editor until the next edit", async ({
      inspector,
      openCall,
    }) => {
      const page = await openCall("Ada");
      const { panel } = await inspector.openPanel(page);
      await openSend(panel, "App message");
      await panel.getByLabel("As plain text").check();
      await type(panel, "x".repeat(5_000));
      await submit(panel);
      await expect(status(panel)).toContainText(TOO_LARGE);
      await expect(status(panel)).toBeInViewport({ ratio: 0.9 });
      await panel.page().keyboard.insertText("y");
      await expect(status(panel)).toBeEmpty();
    });
  });
}

test("a merge that would fill the room too much is told before it is set", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const bob = server.room(room).join({ userName: "Bob" });
  bob.setMeetingSessionData({ bobs: "x".repeat(60_000) });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", "bobs")).toBeVisible();
  await openSend(panel, "Session data");
  await type(panel, `{"adas":"${"y".repeat(60_000)}"}`);
  await expect(status(panel)).toHaveText(
    "Daily will not take this: the room would hold 120,021 of 102,400 characters (documented).",
  );
  await type(panel, `{"adas":1}`);
  await expect(status(panel)).toBeEmpty();
});

test("a repetition that was stopped is not in the way any more", async ({
  inspector,
  openCall,
}) => {
  const { panel } = await inspector.openPanel(await openCall("Ada"));
  await openSend(panel, "App message");
  await panel.getByLabel("times").fill("100");
  await submit(panel);
  const stop = panel.locator(".send__foot").getByRole("button", { name: /^Stop/ });
  await expect(stop).toBeVisible();
  await submit(panel);
  await expect(status(panel)).toContainText("is still being repeated: stop that first.");
  await stop.click();
  await expect(status(panel)).toBeEmpty();
});

test("a repetition is stopped from any tab, and one that broke off does not hide what is in the way now", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await openSend(panel, "App message");
  await type(panel, `{"n":1}`);
  await panel.getByLabel("times").fill("100");
  await panel.getByLabel("ms").fill("50");
  await submit(panel);
  await panel.getByRole("tab", { name: "Traffic" }).click();
  await panel.getByRole("button", { name: /^Sending \d+ of 100 · Stop$/ }).click();
  await expect(panel.getByRole("button", { name: /^Sending/ })).toHaveCount(0);

  await openSend(panel, "App message");
  await submit(panel);
  const leave = async () => {
    await page.evaluate(() => window.call.leave());
    await expect(status(panel)).toHaveText("You have left the call. Join again to send.");
  };
  const rejoin = async () => {
    await page.evaluate(() => window.call.join());
    await joined(page);
  };
  await leave();
  await expect(panel.getByRole("button", { name: /^Sending/ })).toHaveCount(0);
  await rejoin();
  await expect(status(panel)).toContainText("Stopped after");
  await expect(sent(panel)).toHaveCount(2);
  await openSend(panel, "User data");
  await expect(status(panel)).toBeEmpty();
  await openSend(panel, "App message");
  await type(panel, `{"n":`);
  await expect(status(panel)).not.toContainText("Stopped after");
  await type(panel, `{"n":2}`);
  await expect(status(panel)).toBeEmpty();

  await leave();
  await submit(panel);
  await rejoin();
  await expect(status(panel)).toBeEmpty();
});
