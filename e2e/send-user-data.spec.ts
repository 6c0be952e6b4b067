import { expect, test } from "./fixtures";
import { openSend, sent, submit, type } from "./send-tab";

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
});

test("what a value of one's own user data would drop is shown first, and the value can be edited", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const adas = () => server.room(room).participants()[0]?.userData;
  const { panel } = await inspector.openPanel(page);
  await openSend(panel, "User data");
  const edit = panel.getByRole("button", { name: "Edit your user data" });
  await expect(edit).toBeDisabled();
  await page.evaluate(() => window.call.setUserData({ role: "host", hand: "down" }));
  await panel.getByLabel("Snippet", { exact: true }).selectOption("Raise hand");
  const preview = panel.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("Replaces your user data. Removes role.");
  await expect(preview.getByRole("listitem")).toHaveText(['−role "host"', '~hand "down" → "up"']);
  await edit.click();
  await expect(preview).toContainText("No difference.");
  await expect(panel.locator(".editor .cm-content")).toContainText(`"role": "host"`);
  await type(panel, `{"role":"host","hand":"up"}`);
  await expect(preview.getByRole("listitem")).toHaveText(['~hand "down" → "up"']);
  const news = preview.getByText("Your user data changed since you began");
  await expect(news).toHaveCount(0);
  await page.evaluate(() => window.call.setUserData({ role: "guest" }));
  await expect(news).toBeVisible();
  await submit(panel);
  await expect.poll(adas).toEqual({ role: "host", hand: "up" });
  await expect(news).toHaveCount(0);
});

test("a version without user data is put back by a clear", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const adas = () => server.room(room).participants()[0]?.userData;
  const { panel } = await inspector.openPanel(page);
  for (const data of [{ n: 1 }, undefined, { n: 2 }]) {
    await page.evaluate((value) => window.call.setUserData(value), data);
    await expect.poll(adas).toEqual(data);
  }
  await panel.getByRole("tab", { name: "Room", exact: true }).click();
  await panel.locator(".people tbody tr", { hasText: "Ada" }).click();
  const none = panel.locator(".versions li", { hasText: "none" });
  await none.getByRole("button", { name: "Restore" }).click();
  await expect(panel.locator(".proposal")).toContainText("Will clear your user data");
  expect(adas()).toEqual({ n: 2 });
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await expect.poll(adas).toBeUndefined();
});

test("the editor starts from one's own user data, and Set waits for a change", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const adas = () => server.room(room).participants()[0]?.userData;
  await page.evaluate(() => window.call.setUserData({ role: "host" }));
  const { panel } = await inspector.openPanel(page);
  await openSend(panel, "User data");
  await expect(panel.locator(".editor .cm-content")).toContainText(`"role": "host"`);
  await expect(panel.getByText("This is your user data already.")).toBeVisible();
  await submit(panel);
  await expect(sent(panel)).toHaveCount(0);
  await type(panel, `{"role":"guest"}`);
  await submit(panel);
  await expect.poll(adas).toEqual({ role: "guest" });
});
