import { expect, joined, row, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

test("session data with a preview, a rebase, undo, and a version put back", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ stage: "Bob", votes: 1 });
  await here.until(() => "votes" in here.sessionData());
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `{stage: "Bob", votes: 1}`)).toBeVisible();
  await openSend(panel, "Session data");
  await type(panel, `{"poll":true}`);
  const preview = panel.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("1 key will change");
  await panel.getByLabel("replace").check();
  await expect(preview).toContainText("The replace drops stage, votes");
  expect(here.sessionData()).toEqual({ stage: "Bob", votes: 1 });

  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await expect(panel.locator(".editor .cm-content")).toContainText(`"votes": 1`);
  await type(panel, `{"stage":"Ada","votes":1}`);
  bob.setMeetingSessionData({ votes: 2 }, "shallow-merge");
  await expect(preview).toContainText("The room changed since you began: votes");
  await panel.getByRole("button", { name: "Apply my edit to the current data" }).click();
  await expect(panel.locator(".editor .cm-content")).toContainText(`"votes": 2`);
  await submit(panel);
  await expect(sent(panel).first()).toContainText("synced");
  expect(here.sessionData()).toEqual({ stage: "Ada", votes: 2 });
  expect(here.sessionUpdates().at(-1)).toMatchObject({
    data: { stage: "Ada" },
    mergeStrategy: "shallow-merge",
  });

  await sent(panel).first().getByRole("button", { name: "Undo" }).click();
  await here.until(() => here.sessionData()["stage"] === "Bob");
  bob.setMeetingSessionData({ stage: "Cy" }, "shallow-merge");
  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  await expect(panel.getByRole("treeitem", { name: /stage/ }).first()).toContainText("Cy");
  await openSend(panel, "Session data");
  await sent(panel).first().getByRole("button", { name: "Undo" }).click();
  await expect(
    panel.getByText("stage changed since then. Undo would overwrite that."),
  ).toBeVisible();

  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  const versions = panel.locator(".log-list li", { hasText: "by someone else: stage, votes" });
  await versions.last().getByRole("button", { name: "Restore" }).click();
  await expect(preview).toContainText("Cy");
  await submit(panel);
  await here.until(() => here.sessionData()["stage"] === "Bob");
});

test("an edit that outlives a reload still knows what others wrote, and a refused write is not resent as another", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const bob = here.join({ userName: "Bob" });
  bob.setMeetingSessionData({ a: 1, b: 1 });
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "Room", `{a: 1, b: 1}`)).toBeVisible();
  await openSend(panel, "Session data");
  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await type(panel, `{"a":1,"b":1,"mine":2}`);
  bob.setMeetingSessionData({ votes: 9 }, "shallow-merge");
  const preview = panel.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("The room changed since you began: votes");
  await page.reload();
  await joined(page);
  // Until the panel has seen it, what is sent would go to the call that is gone.
  await expect(panel.getByText(/^Page reloaded or left/)).toBeVisible();
  await expect(panel.locator("#send-status")).toBeEmpty();
  await expect(preview).toContainText("The room changed since you began: votes");
  await submit(panel);
  await here.until(() => "mine" in here.sessionData());
  expect(here.sessionData()).toEqual({ a: 1, b: 1, votes: 9, mine: 2 });

  await expect(page.evaluate(`call.setMeetingSessionData({ x: 1 }, "merge")`)).rejects.toThrow(
    "Unrecognized",
  );
  await panel.getByRole("tab", { name: "Traffic" }).click();
  await row(panel, `{x: 1}`, "refused").click();
  await expect(panel.locator(".details")).toContainText("Unrecognized mergeStrategy");
  const resend = panel.getByRole("button", { name: "Resend", exact: true });
  await expect(resend).toBeDisabled();
  await expect(resend).toHaveAttribute("title", /Daily knows no such merge strategy/);
});

test("own user data is set, cleared of mistakes by undo, and others' cannot be", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  const { panel } = await inspector.openPanel(page);
  const adas = () => here.participants()[0]?.userData;
  await openSend(panel, "User data");
  await expect(panel.getByText("You can’t set other participants’ data")).toBeVisible();
  await type(panel, `{"hand":"up"}`);
  await submit(panel);
  await expect.poll(adas).toEqual({ hand: "up" });
  await type(panel, `{"hand":"down"}`);
  await submit(panel);
  await expect.poll(adas).toEqual({ hand: "down" });
  await sent(panel).first().getByRole("button", { name: "Undo" }).click();
  await expect.poll(adas).toEqual({ hand: "up" });
  await panel.getByRole("button", { name: "Clear user data" }).click();
  await expect.poll(adas).toBeUndefined();

  // A version without user data is put back by a clear.
  await page.evaluate(() => window.call.setUserData({ n: 2 }));
  await expect.poll(adas).toEqual({ n: 2 });
  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  await panel.locator(".people tbody tr", { hasText: "Ada" }).click();
  const none = panel.locator(".log-list li", { hasText: "none" });
  await none.first().getByRole("button", { name: "Restore" }).click();
  await expect(panel.locator(".proposal")).toContainText("Will clear your user data");
  expect(adas()).toEqual({ n: 2 });
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await expect.poll(adas).toBeUndefined();
});
