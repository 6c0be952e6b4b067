import { expect, row, test } from "./fixtures";

test("what became of each write of a window is told, with the window drawn", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(() => {
    const { call } = window;
    call.setMeetingSessionData({ first: 1 }, "shallow-merge");
    call.setMeetingSessionData({ second: 2 }, "replace");
    call.setMeetingSessionData({ third: 3 }, "shallow-merge");
  });
  await expect(row(panel, `{third: 3}`, "synced")).toBeVisible();
  await row(panel, `{first: 1}`, "merged").click();
  await expect(panel.locator(".facts")).toContainText("Replaced before sync: first.");
  await panel.getByRole("tab", { name: "Timing" }).click();
  await expect(panel.locator(".details")).toContainText(
    "3 writes synced as one; 1 earlier value of first was never sent",
  );
  await expect(panel.locator(".details")).toContainText("Sent as one replace: second, third");
  await expect(panel.locator(".window__write")).toHaveCount(3);

  server.room(room).failNextSessionData("Too much for the room");
  await page.evaluate(() => window.call.setMeetingSessionData({ refused: true }, "shallow-merge"));
  await expect(row(panel, `{refused: true}`, "failed")).toBeVisible();
});

test("the Room tab shows people, state, history and what a late joiner misses", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob", owner: true, userId: "bobs-user-id" });
  const { panel } = await inspector.openPanel(page);
  bob.setUserData({ hand: "up" });
  bob.sendAppMessage({ kind: "chat", text: "before" });
  bob.setMeetingSessionData({ stage: "Bob", votes: 1 });
  await expect(row(panel, "Room", `{stage: "Bob", votes: 1}`)).toBeVisible();
  await page.evaluate(() => window.call.setMeetingSessionData({ votes: 2 }, "shallow-merge"));
  await expect(row(panel, `{votes: 2}`, "synced")).toBeVisible();

  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  const bobsRow = panel.locator(".people tbody tr", { hasText: "Bob" });
  await expect(bobsRow).toContainText(`{"hand":"up"}`);
  await expect(bobsRow).toContainText("owner");
  await expect(bobsRow).toContainText("bobs-user-id");
  await expect(panel.locator(".tree")).toContainText("votes:2");
  await expect(panel.getByLabel("Differences")).toContainText("votes 1 → 2");
  await expect(panel.locator(".versions li")).toHaveCount(3);
  await expect(panel.getByText(/never get the 1 app message before/)).toBeVisible();

  // A moment in the past, and back.
  await panel
    .locator(".versions li", { hasText: "by someone else" })
    .getByRole("button", { name: /^#/ })
    .click();
  await expect(panel.locator(".tree")).toContainText("votes:1");
  await panel.getByRole("button", { name: "Now" }).click();
  await expect(panel.locator(".tree")).toContainText("votes:2");

  await bobsRow.click();
  await expect(panel.getByText("History of Bob’s user data")).toBeVisible();
  bob.leave();
  await expect(bobsRow).toContainText("left");
  await panel.locator(".versions li").first().getByRole("button", { name: "event" }).click();
  await expect(panel.locator(".details")).toContainText("participant-updated");
  await panel.getByRole("tab", { name: "Change" }).click();
  await expect(panel.getByLabel("Differences")).toContainText(`{"hand":"up"}`);
});

test("delivery tells who was there, who was not, and who came too late", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage("into an empty room")`);
  await row(panel, "empty room", "no recipient").click();
  await expect(panel.locator(".facts")).toContainText("no one else was in the call");
  const here = server.room(room);
  here.join({ userName: "Cy", userId: "cys-user-id" });
  await expect(row(panel, "People", "Cy", "joined")).toBeVisible();
  await panel.getByRole("tab", { name: "Delivery" }).click();
  await expect(panel.locator(".details .names")).toHaveText("Cy");
  await page.evaluate(`call.sendAppMessage("by user id", "cys-user-id")`);
  await row(panel, "by user id", "no recipient").click();
  await expect(panel.locator(".details")).toContainText("a user id, not a session id");
  await page.evaluate(`call.sendAppMessage("well addressed")`);
  await expect(row(panel, "well addressed").locator(".cell--status")).toHaveText("sent");
  await page.evaluate(
    `call.sendAppMessage(JSON.stringify({ type: "status-update", status: "ended" }))`,
  );
  await expect(row(panel, "status-update", `{status: "ended"}`)).toBeVisible();
});

test.describe("at 400 px", () => {
  test.use({ options: { dock: "right", dockedSize: 400 } });

  test("of a long name the end is cut, and what is said beside it stays", async ({
    inspector,
    openCall,
    server,
    room,
  }) => {
    const page = await openCall("Ada");
    const name = "Wolfeschlegelsteinhausenbergerdorff Senior";
    server.room(room).join({ userName: name, owner: true });
    const { panel } = await inspector.openPanel(page);
    await panel.getByRole("tab", { name: "Room", exact: true }).click();
    const long = panel.locator(".people tbody tr", { hasText: name });
    const button = long.getByRole("button");
    await expect(button).toHaveAttribute("title", new RegExp(name));
    await expect(button).toHaveCSS("text-overflow", "ellipsis");
    expect(await button.evaluate((cut) => cut.scrollWidth > cut.clientWidth)).toBe(true);
    await expect(long.getByText("owner")).toBeInViewport({ ratio: 0.9 });
  });
});
