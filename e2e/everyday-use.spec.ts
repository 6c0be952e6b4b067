import { expect, joined, row, test } from "./fixtures";
import { saveRecording } from "./save-recording";

test("a key's history tells every change, by whom, and the line of one's own", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await page.route("**/stage.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `// A script of the app.\nconst setStage = (stage) =>\n  call.setMeetingSessionData({ stage }, "shallow-merge");\n`,
    }),
  );
  await page.addScriptTag({ url: "/stage.js" });
  await page.evaluate(`setStage("Ada")`);
  await expect(row(panel, `{stage: "Ada"}`, "synced")).toBeVisible();
  server.room(room).join({ userName: "Bob" }).setMeetingSessionData({ stage: "Bob" });
  const own = row(panel, `{stage: "Ada"}`, "replaced");
  await expect(row(panel, "Room", `stage: "Ada" → "Bob"`)).toBeVisible();

  // From the write to what replaced it, and back.
  await own.click();
  const replacedBy = panel.locator(".facts div", { hasText: /^Replaced by/ });
  await expect(replacedBy).toContainText("someone else: stage");
  await replacedBy.getByRole("button").click();
  await expect(panel.locator('.row[aria-selected="true"]')).toContainText(`"Ada" → "Bob"`);

  await own.click({ button: "right" });
  await panel.getByRole("menuitem", { name: "History of stage" }).click();
  const changes = panel.getByRole("region", { name: "History of stage" }).getByRole("listitem");
  await expect(changes).toHaveCount(2);
  await expect(changes.first()).toContainText(`"Ada" → "Bob"by someone else`);
  await expect(changes.last()).toContainText("by you");
  await expect(changes.last().getByRole("button", { name: "stage.js:3" })).toBeVisible();
  await panel.getByRole("button", { name: "Show all keys" }).click();
  await panel.getByRole("treeitem", { name: /stage/ }).last().hover();
  await panel.getByRole("button", { name: "History of stage" }).click();
  await expect(changes).toHaveCount(2);
});

test("the empty filter offers its keys, and nothing moves when it is clicked", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  const places = () =>
    panel
      .locator(".toolbar")
      .evaluate((bar) =>
        [...bar.querySelectorAll("button, .check, .call, input")].map((each) =>
          JSON.stringify(each.getBoundingClientRect()),
        ),
      );
  const before = await places();
  await panel.getByRole("combobox", { name: "Filter" }).click();
  await expect(panel.getByRole("option", { name: /^channel:/ })).toBeVisible();
  expect(await places()).toEqual(before);
});

test("views are tabs that the arrows choose, and the toolbar has few stops", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const tab = (name: string) => panel.getByRole("tab", { name });
  await tab("Traffic").focus();
  await tab("Traffic").press("ArrowRight");
  await expect(tab("Room")).toBeFocused();
  await expect(tab("Room")).toHaveAttribute("aria-selected", "true");
  await tab("Room").press("ArrowLeft");
  await expect(panel.getByRole("tabpanel", { name: "Traffic" })).toBeAttached();
  let stops = 0;
  const isInTable = () =>
    panel.evaluate(() => document.activeElement?.closest(".traffic") !== null);
  while (!(await isInTable())) {
    await devtools.keyboard.press("Tab");
    expect(++stops).toBeLessThan(13);
  }
  await devtools.keyboard.press("?");
  const dialog = panel.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toBeVisible();
  await devtools.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("rows of two calls are told apart by a column and a colour, and Room names its call", async ({
  inspector,
  openCall,
  server,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  await expect(panel.getByRole("columnheader", { name: "Call", exact: true })).toHaveCount(0);
  await page.evaluate((url) => {
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
  }, `${server.origin}/pages/call.html?name=Bea&autojoin=1&room=other`);
  const frame = page.frames().at(-1);
  if (frame) await joined(frame);
  await page.evaluate(`call.sendAppMessage("from Ada")`);
  await frame?.evaluate(`call.sendAppMessage("from Bea")`);
  const callOf = (text: string) => row(panel, text).locator(".cell--call");
  await expect(callOf("from Ada")).toHaveText("Ada");
  await expect(callOf("from Bea")).toHaveText("Bea");
  const colour = (text: string) => callOf(text).evaluate((cell) => getComputedStyle(cell).color);
  expect(await colour("from Ada")).not.toBe(await colour("from Bea"));
  await panel.getByRole("tab", { name: "Room" }).click();
  await expect(panel.locator(".room__call")).toContainText(/Ada|Bea/);
});

test.describe("docked at the side", () => {
  test.use({ options: { dock: "right", dockedSize: 400 } });

  test("a row has two lines, the channels are a menu, and a status is a sign", async ({
    inspector,
    openCall,
  }) => {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    await page.evaluate(`call.sendAppMessage({ type: "chat", text: "${"long ".repeat(20)}" })`);
    const chat = row(panel, "chat");
    await expect(chat).toHaveCSS("height", "38px");
    const widthOf = (selector: string) =>
      chat.evaluate(
        (each, inner) => (each.querySelector(inner) ?? each).getBoundingClientRect().width,
        selector,
      );
    expect(await widthOf(".cell--summary")).toBeGreaterThan((await widthOf("none")) - 4);
    await expect(chat.locator(".cell--status")).toHaveCSS("font-size", "0px");
    await expect(panel.locator("canvas")).toHaveCount(0);
    const toolbar = panel.locator(".toolbar");
    expect(await toolbar.evaluate((bar) => bar.getBoundingClientRect().height)).toBeLessThan(64);
    await panel.getByRole("button", { name: "Channels" }).click();
    await panel.getByRole("checkbox", { name: "App" }).click();
    await expect(chat).toHaveCount(0);
  });
});

test("a room is compared with itself at another moment, and with one of a recording", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const bob = server.room(room).join({ userName: "Bob" });
  bob.setMeetingSessionData({ stage: "Bob" });
  const { panel, devtools } = await inspector.openPanel(page);
  await expect(
    row(panel, "Room", `stage: "Bob"`).or(row(panel, "Room", `{stage: "Bob"}`)),
  ).toBeVisible();
  const path = await saveRecording(panel, devtools, "All events");
  bob.setMeetingSessionData({ stage: "Cy" });
  await expect(row(panel, "Room", `"Bob" → "Cy"`)).toBeVisible();
  await panel.getByRole("tab", { name: "Room" }).click();
  const card = panel.getByRole("region", { name: "Compare rooms" });
  await card.locator("input[type=file]").setInputFiles(path);
  await expect(card.getByLabel("Differences")).toContainText(`session.stage "Bob" → "Cy"`);
  await expect(panel.locator(".recording")).toHaveCount(0);
  const first = await card
    .getByRole("option", { name: /^after event/ })
    .last()
    .getAttribute("value");
  await card.getByRole("combobox").selectOption(first);
  await expect(card.getByLabel("Differences")).toContainText("session.stage");
});
