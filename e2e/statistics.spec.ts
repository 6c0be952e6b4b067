import type { Frame } from "@playwright/test";

import { expect, test } from "./fixtures";

const figure = (panel: Frame, label: string) =>
  panel.locator(".figures > div").filter({ has: panel.getByText(label, { exact: true }) });
const card = (panel: Frame, name: string) => panel.getByRole("region", { name, exact: true });

/** Opens the tab, and lets go of the session state that came with the join. */
async function openStatistics(panel: Frame): Promise<void> {
  await panel.getByRole("tab", { name: "Statistics" }).click();
  await expect(figure(panel, "Messages")).toContainText("1 0 out, 1 in");
  await panel.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(panel.getByText("Nothing recorded since the log was cleared")).toBeVisible();
}

test("totals are what was sent, and the filter and a click narrow them", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const bob = server.room(room).join({ userName: "Bob" });
  const { panel } = await inspector.openPanel(ada);
  await openStatistics(panel);

  await ada.evaluate(() => {
    window.call.sendAppMessage({ type: "chat", text: "hé" });
    window.call.sendAppMessage({ type: "cue" });
    try {
      window.call.sendAppMessage("x".repeat(5_000));
    } catch {
      // Refused, as it should be.
    }
  });
  bob.sendAppMessage({ type: "chat", text: "two" });
  bob.sendAppMessage({ type: "chat", text: "three" });
  bob.sendAppMessage("short");

  await expect(figure(panel, "Messages")).toContainText("6 3 out, 3 in");
  const chars = [27, 14, 5_002, 28, 30, 7].reduce((sum, each) => sum + each);
  await expect(
    figure(panel, "Characters").locator("[title$=' characters']").last(),
  ).toHaveAttribute("title", `${chars.toLocaleString("en-US")} characters`);
  await expect(figure(panel, "Refused").locator("dd")).toHaveText("1");
  await expect(figure(panel, "Over limit").locator("dd")).toHaveText("1");
  await expect(figure(panel, "Senders").locator("dd")).toHaveText("2");
  const types = card(panel, "Top types").locator("tbody tr");
  await expect(types).toHaveText(["chat385", "cue114", "(no type)15 k", "short17"]);
  await expect(card(panel, "Largest payloads").locator("tbody tr").first()).toHaveText(
    /^5,002App\(no type\)Ada \(you\)Everyone"xxx/,
  );

  await ada.evaluate(() => window.call.setMeetingSessionData({ stage: "Ada" }, "shallow-merge"));
  await expect(card(panel, "Session data sync time")).toContainText("1 · max");
  await ada.evaluate(() => window.call.setUserData({ hand: "up" }));
  await expect(card(panel, "User data set time")).toContainText("1 · max");

  await card(panel, "Top senders").getByRole("button", { name: "Bob" }).click();
  await expect(panel.getByRole("combobox", { name: "Filter" })).toHaveValue(/Bob/);
  await expect(figure(panel, "Messages")).toContainText("3 0 out, 3 in");
  await card(panel, "Top types").getByRole("button", { name: "chat" }).click();
  await expect(figure(panel, "Messages")).toContainText("3 1 out, 2 in");
  await panel.getByRole("combobox", { name: "Filter" }).fill("nothing like this");
  await expect(panel.getByText("No matching events")).toBeVisible();
  await panel.getByRole("button", { name: "Clear filter" }).click();

  await card(panel, "Largest payloads").getByRole("button", { name: "5,002" }).click();
  await expect(panel.locator(".details")).toContainText("Message data too large");
});

test("a span of time is chosen in the table or by dragging in the chart, and left again", async ({
  inspector,
  openCall,
}) => {
  const ada = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(ada);
  await openStatistics(panel);
  /** Sends so many messages in the course of one second of the clock, and none of another second. */
  const sendWithinASecond = (count: number) =>
    ada.evaluate(
      (messages) =>
        new Promise<void>((resolve) => {
          const start = Math.floor(Date.now() / 1_000);
          const timer = setInterval(() => {
            const isEarly = Date.now() % 1_000 > 100 && Date.now() % 1_000 < 500;
            if (Math.floor(Date.now() / 1_000) === start || !isEarly) return;
            clearInterval(timer);
            for (let index = 0; index < messages; index++) window.call.sendAppMessage({ index });
            resolve();
          }, 5);
        }),
      count,
    );
  await sendWithinASecond(3);
  await sendWithinASecond(4);
  await expect(figure(panel, "Messages")).toContainText("7 7 out");
  await expect(figure(panel, "Peak")).toContainText("4/s");

  await panel.getByRole("checkbox", { name: "Table" }).check();
  const table = panel.getByRole("region", { name: "Rate as a table" });
  await expect(table.locator("tbody td")).toHaveText(["3/s", "4/s"]);
  await table.getByRole("button").first().click();
  await expect(figure(panel, "Messages")).toContainText("3 3 out");
  await panel.getByRole("button", { name: "Show all times", exact: true }).click();
  await expect(figure(panel, "Messages")).toContainText("7 7 out");

  await panel.getByRole("checkbox", { name: "Table" }).uncheck();
  const area = await panel.locator(".rate__plot .u-over").boundingBox();
  if (!area) throw new Error("The chart has no place");
  const y = area.y + area.height / 2;
  await devtools.mouse.move(area.x + 2, y);
  await devtools.mouse.down();
  await devtools.mouse.move(area.x + area.width / 2, y);
  await devtools.mouse.move(area.x + area.width - 2, y);
  await devtools.mouse.up();
  await expect(panel.getByRole("button", { name: "Show all times", exact: true })).toBeVisible();
  await expect(figure(panel, "Messages")).toContainText("7 7 out");
  await expect(panel.getByText("rows shown")).toBeVisible();
});

test("senders of one name are told apart, by their ids", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const { panel } = await inspector.openPanel(ada);
  await openStatistics(panel);
  for (const text of ["one", "two"])
    server.room(room).join({ userName: "Hugo" }).sendAppMessage({ type: "chat", text });
  const senders = card(panel, "Top senders").locator("tbody th");
  const hugo = /^Hugo · [0-9a-f]{8}…$/;
  await expect(senders).toHaveText([hugo, hugo]);

  await senders.getByRole("button").first().click();
  await expect(figure(panel, "Messages")).toContainText("1 0 out, 1 in");
  await expect(card(panel, "Largest payloads").locator("tbody tr")).toHaveText(
    /Ada \(you\)\{text: "one"\}/,
  );
  await expect(card(panel, "Payload sizes").locator("tbody th")).toHaveText(["< 29"]);
});
