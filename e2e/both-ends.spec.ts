import { expect, joined, row, test } from "./fixtures";

test("another tab of the room is a seat, whose arrivals are shown as deliveries", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const { panel } = await inspector.openPanel(ada);
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 0");
  const bob = await openCall("Bob");
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 1");
  // Another room is left alone.
  const other = await inspector.newPage();
  await other.goto(`${server.origin}/pages/call.html?room=${room}-other&name=Eve&autojoin=1`);
  await joined(other);

  await ada.evaluate(() => window.call.sendAppMessage({ type: "hi", text: "to Bob" }));
  const sent = row(panel, "to Bob").first();
  await expect(sent.locator(".cell--delivered")).toHaveText(/^1 of 1 · \d+(\.\d+)? ms$/);
  await sent.click();
  await panel.getByRole("tab", { name: "Delivery" }).click();
  await expect(panel.getByRole("tabpanel", { name: "Delivery" })).toContainText(
    /Bob, received after \d+(\.\d+)? ms by 1 listener/,
  );
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 1");

  await bob.close();
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 0");
});
