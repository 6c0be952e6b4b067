import { expect, test } from "./fixtures";
import { openSend } from "./send-tab";

test.use({ options: { dock: "right", dockedSize: 400 } });

test("of many people some are found and chosen, and their number is told", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const here = server.room(room);
  for (let n = 1; n <= 60; n++) here.join({ userName: `Person ${n}` });
  await page.waitForFunction(() => Object.keys(window.call.participants()).length === 61);
  const { panel } = await inspector.openPanel(page);
  await openSend(panel, "App message");
  const people = panel.getByRole("group", { name: "To", exact: true });
  await expect(people).toContainText("60 people");
  await panel.getByLabel("Find a person").fill("person 5");
  await expect(people).toContainText("11 found");
  await people.getByLabel("Person 55").check();
  await panel.getByLabel("Find a person").fill("Person 7");
  await people.getByLabel("Person 7", { exact: true }).check();
  await panel.getByLabel("Find a person").press("Escape");
  await expect(people.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await expect(people).toContainText("2 of 60 chosen");
});
