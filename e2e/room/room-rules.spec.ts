import { expect } from "@playwright/test";

import { DAILY_SCRIPTS } from "./daily-builds";
import { received, sessionData, sessionId, userData } from "./inspect-call";
import { test } from "./room-fixtures";

test("several call objects live in one page", async ({ openCall, room }) => {
  const page = await openCall({ name: "One" });
  await page.evaluate(async (url) => {
    const create = (userName: string) =>
      window.Daily!.createCallObject({ url, userName, allowMultipleCallInstances: true });
    await Promise.all([create("Two").join(), create("Three").join()]);
  }, new URL("/qa", page.url()).href);
  const [one] = room.participants();
  room.join({ userName: "Bot" }).sendAppMessage("for One", one!.sessionId);
  await expect.poll(() => received(page)).toHaveLength(1);
  expect(room.participants().map(({ userName }) => userName)).toContain("Three");
  expect(room.participants()).toHaveLength(4);
});

test("the bundle also loads from an override, and as a script", async ({ page, server, room }) => {
  for (const daily of DAILY_SCRIPTS) {
    await page.goto(`${server.origin}/pages/call.html?override=1&autojoin=1&daily=${daily}`);
    await page.waitForFunction(() => window.call?.meetingState() === "joined-meeting");
  }
  await page.goto(`${server.origin}/pages/call.html`);
  await page.waitForFunction(() => window.call);
  await page.evaluate(() => window.call.join({ dailyConfig: { avoidEval: true } }));
  // Each page that was left has left the room.
  await room.until(() => room.participants().length === 1);
});

test("a meeting token says who owns the meeting", async ({ page, server, room }) => {
  await page.goto(`${server.origin}/pages/call.html?room=qa`);
  await page.waitForFunction(() => window.call);
  await page.evaluate(() =>
    window.call.join({ token: "owner:user-ada", userData: { from: "join" } }),
  );
  const { local } = await page.evaluate(() => window.call.participants());
  expect(local).toMatchObject({ owner: true, user_id: "user-ada", userData: { from: "join" } });
  expect(room.participants()[0]?.sessionId).toBe(local.session_id);
});

test("user data set while joining is not lost", async ({ page, server, room }) => {
  await page.goto(`${server.origin}/pages/call.html?room=qa`);
  await page.waitForFunction(() => window.call);
  await page.evaluate(async () => {
    // load() resolves before the machine has reported in, and only then does setUserData() talk to it.
    const loaded = new Promise<void>((resolve) => window.call.once("loaded", () => resolve()));
    await Promise.all([window.call.load(), loaded]);
    const joined = window.call.join();
    await window.call.setUserData({ early: true });
    await joined;
  });
  await expect.poll(() => userData(page)).toEqual({ Someone: { early: true } });
  await room.until(() => room.participants()[0]?.userData !== undefined);
});

test("a server sends through the REST API", async ({ openCall, server, room }) => {
  const page = await openCall();
  const post = async (path: string, body: unknown, key = "Bearer secret") => {
    const response = await fetch(`${server.origin}/v1/rooms/qa/${path}`, {
      method: "POST",
      headers: key ? { authorization: key } : {},
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  expect(await post("send-app-message", { data: { hi: 1 }, recipient: "*" })).toEqual({
    status: 200,
    body: { sent: "true" },
  });
  await expect.poll(() => received(page)).toEqual([{ data: { hi: 1 }, fromId: "API" }]);
  expect(await post("send-app-message", { data: {} }, "")).toMatchObject({
    status: 401,
    body: { error: "authentication-error" },
  });
  expect(await post("send-app-message", { data: { x: "x".repeat(4096) } })).toMatchObject({
    status: 400,
  });
  await post("set-session-data", { data: { a: 1 }, mergeStrategy: "shallow-merge" });
  await expect.poll(() => sessionData(page)).toEqual({ a: 1 });
  expect(room.messages()).toHaveLength(1);
});

test("the room damages app messages and keeps the truth about each", async ({ openCall, room }) => {
  const [ada, ben] = [await openCall({ name: "Ada" }), await openCall({ name: "Ben" })];
  room.damage({ seed: 3, dropShare: 0.2, doubleShare: 0.2, delayShare: 0.2, reorderShare: 0.2 });
  const count = 60;
  await ada.evaluate(async (length) => {
    for (let n = 0; n < length; n++) {
      window.call.sendAppMessage(n);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }, count);
  await room.until(() => room.messages().length === count);
  const deliveries = () => room.messages().flatMap((message) => message.deliveries);
  await room.until(() => deliveries().every(({ isPending }) => !isPending));

  room.damage(undefined);
  await ada.evaluate(() => window.call.sendAppMessage("end"));
  await expect.poll(async () => (await received(ben)).at(-1)?.data).toBe("end");
  const got = (await received(ben)).map(({ data }) => data as unknown);
  expect(deliveries().map(({ copies }) => copies)).toEqual(
    room.messages().map(({ data }) => got.filter((each) => each === data).length),
  );
  expect(new Set(deliveries().map(({ copies }) => copies))).toEqual(new Set([0, 1, 2]));
  expect(deliveries().some(({ isOvertaken }) => isOvertaken)).toBe(true);
});

test("the room sets the size of an app message", async ({ openCall, server, room }) => {
  const limit = (maxAppMessageSize?: number) => {
    Object.assign(server.settings, { maxAppMessageSize });
  };
  const page = await openCall();
  const send = () => page.evaluate(() => void window.call.sendAppMessage("x".repeat(5000)));
  await expect(send()).rejects.toThrow("Message data too large. Max size is 4096");
  limit(65_536);
  await page.evaluate(() => window.call.leave().then(() => window.call.join()));
  await send();
  await room.until(() => room.messages().length === 1);
});

test("session data that cannot be stored comes back as a nonfatal error", async ({
  openCall,
  room,
}) => {
  const page = await openCall();
  const errors = await page.evaluateHandle(() => {
    const seen: unknown[] = [];
    window.call.on("nonfatal-error", ({ type, errorMsg }) => seen.push({ type, errorMsg }));
    return seen;
  });
  const write = (key: string) =>
    page.evaluate(
      (name) => window.call.setMeetingSessionData({ [name]: "x".repeat(60_000) }, "shallow-merge"),
      key,
    );
  await write("a");
  await room.until(() => "a" in room.sessionData());
  await write("b");
  await expect
    .poll(() => errors.jsonValue())
    .toMatchObject([{ type: "meeting-session-data-error" }]);
  room.failNextSessionData("Not today");
  await write("a");
  await expect.poll(() => errors.jsonValue()).toMatchObject([{}, { errorMsg: "Not today" }]);
  expect(Object.keys(room.sessionData())).toEqual(["a"]);
});

test("the topology is part of the session state", async ({ openCall, room }) => {
  const page = await openCall();
  room.setTopology("sfu");
  await expect
    .poll(() => page.evaluate(() => window.call.meetingSessionState().topology))
    .toBe("sfu");
  expect(await page.evaluate(() => window.call.getNetworkTopology())).toEqual({ topology: "sfu" });
});

test("whoever is ejected gets a fatal error and may join again", async ({ openCall, room }) => {
  const page = await openCall();
  const events = await page.evaluateHandle(() => {
    const seen: unknown[] = [];
    window.call.on("error", ({ error }) => seen.push(error?.type));
    window.call.on("left-meeting", () => seen.push("left-meeting"));
    return seen;
  });
  room.eject(await sessionId(page));
  await expect.poll(() => events.jsonValue()).toEqual(["ejected", "left-meeting"]);
  await page.evaluate(() => window.call.join());
  expect(room.participants()).toHaveLength(1);
});

test("a server that goes away ends the call with a fatal error", async ({ openCall, server }) => {
  const page = await openCall();
  const errors = await page.evaluateHandle(() => {
    const seen: string[] = [];
    window.call.on("error", ({ errorMsg }) => seen.push(errorMsg));
    return seen;
  });
  await server.close();
  await expect.poll(() => errors.jsonValue()).toEqual(["The local room server cannot be reached"]);
  const refusal = page.evaluate(() => window.call.join().catch((error: unknown) => error));
  expect(await refusal).toMatchObject({ errorMsg: "The local room server cannot be reached" });
});
