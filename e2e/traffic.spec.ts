import { exportRecording, expect, row, test } from "./fixtures";

test("all three channels show, both ways, between two tabs", async ({ inspector, openCall }) => {
  const ada = await openCall("Ada");
  const { panel } = await inspector.openPanel(ada);
  const bob = await openCall("Bob");
  await expect(row(panel, "People", "Bob", "joined")).toBeVisible();

  await ada.evaluate(`call.sendAppMessage({ kind: "chat", text: "hello Bob" })`);
  await expect(row(panel, "App", "Ada (you) → Everyone", "hello Bob", "sent")).toBeVisible();
  await bob.evaluate(`call.sendAppMessage({ text: "hello Ada" })`);
  await expect(row(panel, "App", "Bob → Ada (you)", "hello Ada", "received")).toBeVisible();

  await ada.evaluate(`call.setUserData({ hand: "up" })`);
  await expect(
    row(panel, "sent by this page", "User", "Ada (you)", `{hand: "up"}`, "set"),
  ).toBeVisible();
  await bob.evaluate(`call.setUserData({ hand: "bob's" })`);
  await expect(row(panel, "received", "User", "Bob", `{hand: "bob's"}`)).toBeVisible();

  await ada.evaluate(`call.setMeetingSessionData({ stage: "Ada" }, "shallow-merge")`);
  await expect(
    row(panel, "sent by this page", "Session", `{stage: "Ada"}`, "queued"),
  ).toBeVisible();
  await expect(row(panel, "received", "Session", `{stage: "Ada"}`)).toBeVisible();
  await bob.evaluate(`call.setMeetingSessionData({ poll: 1 }, "shallow-merge")`);
  await expect(row(panel, "received", "Session", "poll: 1")).toBeVisible();

  await expect(panel.locator(".status-bar")).not.toContainText("dropped");
  await expect(panel.locator(".status-bar")).toContainText("connected");
});

test("refused calls show Daily's own words", async ({ inspector, openCall }) => {
  const page = await openCall("Ada", "");
  const { panel } = await inspector.openPanel(page);
  const refusals = [
    [`call.sendAppMessage("early")`, "early", "sendAppMessage() only supported after join."],
    [
      `call.setMeetingSessionData({ early: 2 })`,
      `{early: 2}`,
      "setMeetingSessionData only supported after join.",
    ],
  ] as const;
  for (const [code, payload, message] of refusals) {
    await expect(page.evaluate(code)).rejects.toThrow(message);
    await expect(row(panel, payload, "refused")).toBeVisible();
  }
  await page.evaluate(`call.setUserData({ early: 3 })`);
  await expect(row(panel, `{early: 3}`, "stored")).toBeVisible();

  await page.evaluate(`call.join()`);
  await expect(row(panel, "joined-meeting")).toBeVisible();
  const more = [
    [`call.sendAppMessage("x".repeat(4095))`, "xxx", "Message data too large. Max size is 4096"],
    [
      `call.sendAppMessage(undefined)`,
      "undefined",
      "Cannot read properties of undefined (reading 'length')",
    ],
    [
      `call.sendAppMessage({ n: 1n })`,
      "serialize a BigInt",
      "Do not know how to serialize a BigInt",
    ],
    [`call.sendAppMessage({ f() {} })`, "{}", "could not be cloned"],
    [
      `call.setUserData("y".repeat(4097))`,
      "yyy",
      "userData is too large (4097 characters). Maximum size suppported is 4096.",
    ],
    [
      `call.setMeetingSessionData([1])`,
      "[1]",
      "Meeting session data must be a plain (map-like) object",
    ],
    [
      `call.setMeetingSessionData({ z: 1 }, "deep")`,
      `{z: 1}`,
      "Unrecognized mergeStrategy provided. Options are: [replace,shallow-merge]",
    ],
  ] as const;
  for (const [code, payload, message] of more) {
    await expect(page.evaluate(code)).rejects.toThrow(message);
    await row(panel, payload, "refused").click();
    await expect(panel.locator(".failure")).toContainText(message);
  }
});

test("a server's message, a listener that throws and one that is missing are said plainly", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  const notice = await fetch(`${server.origin}/v1/rooms/${room}/send-app-message`, {
    method: "POST",
    headers: { authorization: "Bearer key", "content-type": "application/json" },
    body: JSON.stringify({ data: { notice: "five minutes left" }, recipient: "*" }),
  });
  expect(notice.status).toBe(200);
  await expect(row(panel, "Server (REST API) → Ada (you)", "five minutes left")).toBeVisible();

  const bob = server.room(room).join({ userName: "Bob" });
  await page.evaluate(
    `call.on("app-message", () => { throw new RangeError("in the page's own listener"); })`,
  );
  bob.sendAppMessage({ n: "throws" });
  const threw = row(panel, "throws", "listener threw");
  const status = threw.locator(".cell--status");
  await expect(threw).toHaveClass(/row--marked/);
  expect(await status.evaluate((cell) => cell.scrollWidth <= cell.clientWidth)).toBe(true);
  await threw.click();
  await expect(panel.locator(".failure")).toContainText("in the page's own listener");
  await page.evaluate(`call.removeAllListeners("app-message")`);
  bob.sendAppMessage({ n: "unheard" });
  await expect(row(panel, "unheard", "no listener")).toBeVisible();
});

test("an exported recording parses and holds what was shown", async ({ inspector, openCall }) => {
  const page = await openCall("Ada");
  const { panel, devtools } = await inspector.openPanel(page);
  const content = `function sendGreeting() { call.sendAppMessage({ text: "漢字 🎉 <b>" }); } //# sourceURL=greeting.js`;
  await page.addScriptTag({ content });
  await page.evaluate(`sendGreeting()`);
  await page.evaluate(`call.setUserData({ hand: true })`);
  await expect(row(panel, "hand", "set")).toBeVisible();
  await expect(row(panel, "received", "User", "hand")).toBeVisible();

  const recording = await exportRecording(panel, devtools);
  expect(recording).toMatchObject({
    format: "daily-recording",
    version: 1,
    page: { url: page.url(), title: "A call" },
  });
  expect(recording.events.map(({ seq }) => seq)).toEqual(
    recording.events.map((_, index) => index + 1),
  );
  const sent = recording.events.find((event) => event.kind === "method-called");
  expect(sent).toMatchObject({
    method: "sendAppMessage",
    by: "page",
    outcome: "returned",
    to: "*",
    limit: 4096,
    payload: { json: '{"text":"漢字 🎉 <b>"}', chars: 20, bytes: 26 },
  });
  expect(sent?.kind === "method-called" && sent.stack).toMatch(
    /^at sendGreeting \(.*greeting\.js:1:\d+\)/,
  );
  const rows = recording.events.filter(
    (event) =>
      event.kind !== "method-settled" &&
      !(event.kind === "daily-event" && event.name === "participant-counts-updated"),
  );
  await expect(panel.locator(".status-bar")).toContainText(`${recording.events.length} events`);
  await expect(panel.locator(".traffic__rows .row")).toHaveCount(rows.length);
});
