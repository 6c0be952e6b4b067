import { expect, row, test } from "./fixtures";

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
  await expect(panel.locator(".log-list li")).toHaveCount(3);
  // The current one has nothing to restore, and the same columns.
  const events = panel.locator(".log-list").getByRole("button", { name: "event" });
  const lefts = await events.evaluateAll((all) =>
    all.map((event) => event.getBoundingClientRect().left),
  );
  expect(new Set(lefts).size).toBe(1);
  await expect(panel.getByText(/They’d miss 1 app message\./)).toBeVisible();

  // A moment in the past, and back.
  await panel
    .locator(".log-list li", { hasText: "by someone else" })
    .getByRole("button", { name: /^#/ })
    .click();
  await expect(panel.locator(".tree")).toContainText("votes:1");
  await panel.getByRole("button", { name: "Now" }).click();
  await expect(panel.locator(".tree")).toContainText("votes:2");

  await bobsRow.click();
  await expect(panel.getByText("History of Bob’s user data")).toBeVisible();
  bob.leave();
  await expect(bobsRow).toContainText("left");
  await panel.locator(".log-list li").first().getByRole("button", { name: "event" }).click();
  await expect(panel.locator(".details")).toContainText("participant-updated");
  await panel.getByRole("tab", { name: "Change" }).click();
  await expect(panel.getByLabel("Differences")).toContainText(`{"hand":"up"}`);
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
