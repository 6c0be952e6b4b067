import { expect, row, test } from "./fixtures";

test("the menu of a row offers what its details do", async ({ inspector, openCall }) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  const { panel } = await inspector.openPanel(ada);
  await ada.evaluate(`call.sendAppMessage({ n: 1 })`);
  await ada.evaluate(`call.setMeetingSessionData({ stage: 1 }, "replace")`);
  await bob.evaluate(`call.sendAppMessage({ from: "Bob" })`);
  const received = () => bob.evaluate(() => window.received.length);
  const item = (name: string) => panel.getByRole("menuitem", { name, exact: true });
  const inDetails = (name: string) =>
    panel.locator(".details").getByRole("button", { name, exact: true });

  await row(panel, `{n: 1}`, "sent").click({ button: "right" });
  await expect(item("Copy")).toBeFocused();
  await item("Copy").press("ArrowRight");
  await expect(item("Copy row as TSV")).toBeFocused();
  await expect(item("Copy as curl")).toBeVisible();
  await item("Copy row as TSV").press("ArrowLeft");
  await expect(item("Copy")).toBeFocused();
  await item("Resend").click();
  await expect.poll(received).toBe(2);

  await row(panel, `{stage: 1}`, "synced").click({ button: "right" });
  await expect(item("Resend")).toBeDisabled();
  await expect(item("Resend")).toHaveAttribute("title", /A replace can drop/);
  await item("Resend").click({ force: true });
  await panel.locator(".menu").press("Escape");
  await row(panel, `{stage: 1}`, "synced").click();
  await expect(inDetails("Resend")).toBeDisabled();
  await expect(inDetails("Resend")).toHaveAttribute("title", /A replace can drop/);

  await row(panel, "Bob → Ada (you)", `{from: "Bob"}`).click();
  await row(panel, "Bob → Ada (you)", `{from: "Bob"}`).click({ button: "right" });
  await expect(inDetails("Simulate again…")).toBeVisible();
  await item("Simulate again…").click();
  await expect(panel.getByLabel("Sender")).toContainText("Bob");
  await expect(panel.locator(".editor .cm-content")).toContainText(`"from": "Bob"`);
  expect(await ada.evaluate(() => window.received.length)).toBe(1);
});
