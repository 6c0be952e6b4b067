import { expectFindings } from "./expect-findings";
import { expect, row, test } from "./rules-fixtures";

test("dead letters", async ({ scene: { page, panel, room, join, enter } }) => {
  const refused = await page.evaluate(() => {
    try {
      return void window.call.sendAppMessage({ type: "early" });
    } catch (error) {
      return String(error);
    }
  });
  expect(refused).toContain("after join");
  await join();
  const bob = await enter({ userName: "Bob", userId: "user-bob" });
  const cy = await enter({ userName: "Cy" });
  await page.evaluate(() => {
    window.call.sendAppMessage({ type: "cue" }, "nobody-has-this-id");
    window.call.sendAppMessage({ type: "hint" }, "user-bob");
    window.call.on("app-message", () => {});
    try {
      window.call.sendAppMessage({ type: "dump", text: "x".repeat(5000) });
    } catch {
      // Refused, as intended.
    }
  });
  bob.leave();
  await expect(row(panel, "Bob", "left")).toBeVisible();
  // Some messages cross with the leave; only those that come later are wrong.
  await page.evaluate((id) => {
    const send = () => window.call.sendAppMessage({ type: "late" }, id);
    send();
    setTimeout(send, 2_100);
  }, bob.sessionId);
  await room.until(() => room.messages().filter(({ to }) => to === bob.sessionId).length === 2);
  cy.leave();
  await expect(row(panel, "Cy", "left")).toBeVisible();
  await page.evaluate(async () => {
    window.call.sendAppMessage({ type: "state" });
    await window.call.leave();
    try {
      window.call.sendAppMessage({ type: "bye" });
    } catch {
      // Refused, as intended.
    }
    await window.call.setUserData({ hand: "down" });
    await window.call.destroy();
  });
  await expectFindings(panel, [
    {
      rule: "sent-before-join",
      says: "sendAppMessage() was called 1 time before",
      shows: `early`,
    },
    {
      rule: "over-limit",
      says: "1 call of sendAppMessage() of type dump was refused. The largest had 5,0",
      shows: `dump`,
    },
    { rule: "recipient-unknown", says: "that no one has: nobody-has-this-id", shows: `cue` },
    { rule: "user-id-recipient", says: "1 message of type hint went to the user", shows: `hint` },
    { rule: "recipient-left", says: "1 message of type late went to Bob", shows: `late` },
    { rule: "empty-room", says: "1 message of type state", shows: `state` },
    { rule: "sent-after-leave", says: "sendAppMessage() was called 1 time", shows: `bye` },
    { rule: "user-data-after-leave", says: "1 value set after", shows: `{hand: "down"}` },
  ]);
});

test("sizes", async ({ scene: { page, panel, join, enter } }) => {
  await join();
  await enter({ userName: "Bob" });
  await page.evaluate(() => {
    const { call } = window;
    const send = (data: unknown) => call.sendAppMessage(data);
    send({ type: "dump", first: "x".repeat(1750), second: "y".repeat(1750) });
    send({ type: "page", text: "x".repeat(2500) });
    send({ type: "chat", text: "漢".repeat(2000) });
    send(JSON.stringify({ type: "status", status: "ended", by: "ada", room: "qa", to: "all" }));
    send({ type: "image", data: "aB3d".repeat(200) });
    for (let index = 1; index <= 3; index++)
      send({ type: "file", index, total: 3, data: "z".repeat(1500) });
    // Each is small enough by itself.
    call.setMeetingSessionData({ log: "x".repeat(45_000) }, "shallow-merge");
    call.setMeetingSessionData({ notes: "y".repeat(45_000) }, "shallow-merge");
  });
  await expectFindings(panel, [
    { rule: "near-limit", says: "1 call of sendAppMessage() of type dump", shows: `dump` },
    {
      rule: "bytes-over-limit",
      says: "type chat took more bytes than the limit: up to 6,02",
      shows: `chat`,
    },
    { rule: "double-encoded", says: /1 message of type status, which cost \d\d/, shows: "ended" },
    { rule: "base64-blob", says: "type image held 800 characters", shows: `image` },
    { rule: "hand-chunking", says: "3 parts of type file were sent, 4,", shows: `file` },
    { rule: "room-state-near-limit", says: "Up to 90,0", shows: "Room" },
  ]);
});

test("data that JSON does not hold", async ({ scene: { page, panel, room, join, enter } }) => {
  await join();
  await enter({ userName: "Bob" });
  await page.evaluate(() => {
    const { call } = window;
    const circular: Record<string, unknown> = { type: "user" };
    circular["self"] = circular;
    try {
      call.sendAppMessage(circular);
    } catch {
      // Refused, as intended.
    }
    call.sendAppMessage({ type: "pin", id: 2 ** 60 });
    call.setMeetingSessionData({ stage: "Bob", poll: undefined });
  });
  await room.until(() => room.sessionUpdates().length === 1);
  await expectFindings(panel, [
    {
      rule: "not-serialisable",
      says: /1 call of sendAppMessage\(\): .*circular/i,
      shows: "circular",
    },
    { rule: "unsafe-number", says: /1 payload of sendAppMessage\(\).*At id/, shows: `pin` },
  ]);
});

test("what should not be in a room, or not be trusted", async ({
  scene: { page, panel, join, enter },
}) => {
  await page.evaluate(() => void window.call.on("app-message", () => {}));
  await join();
  const bob = await enter({ userName: "Bob" });
  await page.evaluate(() => {
    const { call } = window;
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJyIjoicWEiLCJvIjp0cnVlfQ.c2lnbmF0dXJlT2ZBVG9rZW4";
    call.sendAppMessage({ type: "invite", token });
    const url = "https://files.example/a.pdf?X-Amz-Signature=0123456789abcdef0123";
    call.sendAppMessage({ type: "file", url });
    call.setMeetingSessionData({ config: { apiKey: "5f1c0a9be7d24463a8b1" } });
  });
  bob.setUserData({ email: "bob@mail.example.org" });
  bob.sendAppMessage({ type: "mute-all", role: "host" });
  await expectFindings(panel, [
    {
      rule: "token-in-data",
      says: /1 payload in app messages of type invite, token: eyJh….*Up to 1 person.*: Bob\./,
      shows: `invite`,
    },
    {
      rule: "api-key-in-data",
      says: /1 payload in session data, config.apiKey: 5f1c….*: Bob\./,
      shows: "apiKey",
    },
    { rule: "email-in-data", says: "1 payload in user data, email", shows: "bob@mail" },
    {
      rule: "signed-url-in-data",
      says: "1 payload in app messages of type file, url",
      shows: `file`,
    },
    {
      rule: "role-by-message",
      says: "1 message of type mute-all with role from Bob",
      shows: `mute-all`,
    },
  ]);
});
