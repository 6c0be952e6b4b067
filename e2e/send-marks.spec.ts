import { expect, row, test } from "./fixtures";
import { openSend, submit, type } from "./send-tab";

test.use({ options: { dock: "right", dockedSize: 400 } });

test("a row that the panel made is marked where there is no room for its initiator", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.evaluate(`call.sendAppMessage({ by: "the page" })`);
  await openSend(panel, "App message");
  await type(panel, `{"by":"us"}`);
  await submit(panel);
  await panel.getByRole("tab", { name: "Traffic" }).click();
  const summary = (text: string) =>
    row(panel, text).getByRole("gridcell").filter({ hasText: text });
  await expect(summary(`{by: "us"}`)).toHaveAccessibleName(/^sent from this panel/);
  await expect(summary(`{by: "the page"}`)).not.toHaveAccessibleName(/panel/);
});
