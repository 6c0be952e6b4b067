import { exportRecording, expect, row, test } from "./fixtures";
import { banner, open } from "./open-recording";

test("two recordings of a room show side by side who received what", async ({
  inspector,
  openCall,
  server,
}) => {
  const [ada, bob] = [await openCall("Ada"), await openCall("Bob")];
  const atAda = await inspector.openPanel(ada);
  const atBob = await inspector.openPanel(bob);
  for (const { panel } of [atAda, atBob])
    await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 1");
  await ada.evaluate(() => window.call.sendAppMessage({ type: "hi", text: "to Bob" }));
  await expect(row(atBob.panel, "to Bob")).toHaveCount(1);
  await bob.evaluate(() => window.call.sendAppMessage({ type: "hi", text: "to Ada" }));
  await expect(row(atAda.panel, "to Ada")).toHaveCount(1);

  const files = {
    ada: JSON.stringify(await exportRecording(atAda.panel, atAda.devtools)),
    bob: JSON.stringify(await exportRecording(atBob.panel, atBob.devtools)),
  };
  expect(files.ada).not.toContain('"seat"');

  const other = await inspector.newPage();
  await other.goto(`${server.origin}/pages/call.html?room=elsewhere&name=Eve`);
  const { panel, devtools } = await inspector.openPanel(other);
  const seats = panel.getByRole("button", { name: "Seats" });
  const delivered = row(panel, "to Bob").locator(".cell--delivered");
  const addBob = async () => {
    await seats.click();
    const chooser = devtools.waitForEvent("filechooser");
    await panel.getByText("Add a recording…").click();
    const buffer = Buffer.from(files.bob);
    await (await chooser).setFiles({ name: "bob.json", mimeType: "application/json", buffer });
  };

  await open(panel, devtools, "ada.json", files.ada);
  await expect(banner(panel)).toContainText("ada.json");
  await expect(delivered).toHaveCount(0);
  await addBob();
  await expect(seats).toHaveText("Seats 1");
  await expect(delivered).toHaveText(/^1 of 1 · ~/);

  // The same again says why it adds nothing, and harms nothing.
  await addBob();
  await expect(panel.getByRole("alert")).toContainText(
    "bob.json was not added. It adds no one: Bob is in view already.",
  );
  await expect(seats).toHaveText("Seats 1");

  await seats.click();
  const menu = panel.getByRole("dialog", { name: "Seats" });
  await expect(menu).toContainText(/Clock set by 2 messages: [+−]0\.\d{3} s ± /);
  await menu.getByRole("button", { name: "Remove bob.json" }).click();
  await expect(seats).toHaveText("Seats 0");
  await expect(delivered).toHaveCount(0);
});
