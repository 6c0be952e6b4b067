// Rules are tested one by one on sessions as text (`core/rules`). Here: that the real daily-js, in a browser, gives them
// what they look at, for each kind of event that they listen to.
import type { Frame, Page } from "@playwright/test";

import { ALL_RULES } from "../core/rules/all-rules";
import { expect, joined, row, test as base } from "./fixtures";
import type { Room } from "./room/room";
import type { ScriptedParticipant } from "./room/scripted-participant";
import type { JoinRequest } from "./room/wire";

type Scene = {
  readonly page: Page;
  readonly panel: Frame;
  readonly room: Room;
  /** Joins the page's call. */
  readonly join: () => Promise<void>;
  /** Has someone join without a browser, and waits until the page knows. */
  readonly enter: (request: JoinRequest) => Promise<ScriptedParticipant>;
};

/** A page with a call that listens to nothing, the panel beside it, and a room of their own. */
const test = base.extend<{ scene: Scene }>({
  scene: async ({ inspector, server, room: name }, use) => {
    const page = await inspector.newPage();
    await page.goto(`${server.origin}/pages/sins.html?silent=1&room=${name}`);
    const { panel } = await inspector.openPanel(page);
    const room = server.room(name);
    await use({
      page,
      panel,
      room,
      async join() {
        await page.evaluate(() => void window.call.join());
        await joined(page);
      },
      async enter(request) {
        const someone = room.join(request);
        await expect(row(panel, request.userName ?? "", "joined")).toBeVisible();
        return someone;
      },
    });
  },
});

/** A finding as the panel has to show it: its rule, what it says, in part, and what the row of its first event says. */
type Expected = readonly [rule: string, says: string | RegExp, shows: string];

/** Waits until the panel shows these findings, and checks that it shows no other, and the event behind each. */
async function expectFindings(panel: Frame, expected: readonly Expected[]): Promise<void> {
  const titleOf = (rule: string) => ALL_RULES.find(({ id }) => id === rule)?.title ?? rule;
  const titles = [...new Set(expected.map(([rule]) => titleOf(rule)))].sort();
  const shownTitles = async () => (await panel.locator(".rule__title").allTextContents()).sort();
  const openFindings = () => panel.getByRole("tab", { name: "Findings" }).click();
  await openFindings();
  await expect.poll(shownTitles, { timeout: 20_000 }).toEqual(titles);
  for (const [rule, says, shows] of expected) {
    const card = panel.getByRole("region", { name: titleOf(rule), exact: true });
    const finding = card.locator(".finding").filter({ hasText: says });
    await expect(finding, (await card.allTextContents()).join("\n")).toHaveCount(1);
    await finding
      .getByRole("button", { name: /^#\d+$/ })
      .first()
      .click();
    await expect(panel.locator(".row[aria-selected=true]")).toContainText(shows);
    await openFindings();
  }
  expect(await shownTitles()).toEqual(titles);
  await expect(panel.locator(".finding")).toHaveCount(expected.length);
}

test("messages that are sent, and refused", async ({ scene: { page, panel, join, enter } }) => {
  const refused = await page.evaluate(() => {
    try {
      return void window.call.sendAppMessage({ type: "early" });
    } catch (error) {
      return String(error);
    }
  });
  expect(refused).toContain("after join");
  await join();
  await enter({ userName: "Bob", userId: "user-bob" });
  await page.evaluate(async () => {
    const { call } = window;
    const send = (data: unknown, to?: string) => {
      try {
        call.sendAppMessage(data, to);
      } catch {
        // Refused, as intended.
      }
    };
    send({ type: "cue" }, "nobody-has-this-id");
    send({ type: "hint" }, "user-bob");
    send({ type: "dump", text: "x".repeat(5000) });
    send({ type: "long", first: "x".repeat(1750), second: "y".repeat(1750) });
    send({ type: "chat", text: "漢".repeat(2000) });
    send(JSON.stringify({ type: "status", status: "ended", by: "ada", room: "qa", to: "all" }));
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJyIjoicWEiLCJvIjp0cnVlfQ.c2lnbmF0dXJlT2ZBVG9rZW4";
    send({ type: "invite", token });
    for (let index = 1; index <= 3; index++)
      send({ type: "file", index, total: 3, data: "z".repeat(1500) });
    await call.leave();
    send({ type: "bye" });
  });
  await expectFindings(panel, [
    ["sent-before-join", "sendAppMessage() was called 1 time before", "early"],
    [
      "over-limit",
      "1 call of sendAppMessage() of type dump was refused. The largest had 5,0",
      "dump",
    ],
    [
      "token-in-data",
      /app messages of type invite, token: eyJh….*Up to 1 person.*: Bob\./,
      "invite",
    ],
    ["user-id-recipient", "1 message of type hint went to the user", "hint"],
    ["sent-after-leave", "sendAppMessage() was called 1 time", "bye"],
    ["recipient-unknown", "that no one has: nobody-has-this-id", "cue"],
    ["near-limit", "1 call of sendAppMessage() of type long", "long"],
    ["bytes-over-limit", "type chat took more bytes than the limit: up to 6,02", "chat"],
    ["double-encoded", /1 message of type status, which cost \d\d/, "ended"],
    ["hand-chunking", "3 parts of type file were sent, 4,", "file"],
  ]);
});

test("data that JSON loses, changes or has no form for, and how a promise settles", async ({
  scene: { page, panel, room, join, enter },
}) => {
  await join();
  await enter({ userName: "Bob" });
  await page.evaluate(async () => {
    class Point {
      x = 1;
      move(): void {}
    }
    const { call } = window;
    call.sendAppMessage({
      type: "mixed",
      tags: new Set(["a"]),
      by: new Map(),
      at: new Date(0),
      spot: new Point(),
      x: NaN,
    });
    call.sendAppMessage({ type: "list", items: [1, undefined] });
    call.sendAppMessage({ type: "pin", id: 2 ** 60 });
    const circular: Record<string, unknown> = { type: "user" };
    circular["self"] = circular;
    try {
      call.sendAppMessage(circular);
    } catch {
      // Refused, as intended.
    }
    await call.setUserData({ nick: "Ada", run() {} }).catch(() => undefined);
  });
  await room.until(() => room.messages().length === 3);
  await page.evaluate(async () => {
    await window.call.leave();
    await window.call.setUserData({ nick: "Later", run() {} });
  });
  const mixed = "1 time in sendAppMessage() of type mixed:";
  await expectFindings(panel, [
    ["lost-in-json", `${mixed} a Set becomes {}, at tags.`, "mixed"],
    ["lost-in-json", `${mixed} a Map becomes {}, at by.`, "mixed"],
    ["lost-in-json", `${mixed} NaN becomes null, at x.`, "mixed"],
    ["lost-in-json", "type list: undefined becomes null, at items[1].", "list"],
    ["changed-by-json", `${mixed} a Date becomes text, at at.`, "mixed"],
    [
      "changed-by-json",
      `${mixed} an instance of a class becomes a plain object, at spot.`,
      "mixed",
    ],
    ["unsafe-number", /1 payload of sendAppMessage\(\).*At id/, "pin"],
    ["not-serialisable", /1 call of sendAppMessage\(\): .*circular/i, "circular"],
    ["not-serialisable", "1 call of setUserData()", `"Ada"`],
    ["poisoned-user-data", "1 call kept a value", `"Later"`],
  ]);
});

test("messages that are received, and what their listeners do", async ({
  scene: { page, panel, join, enter },
}) => {
  await join();
  const bob = await enter({ userName: "Bob" });
  bob.sendAppMessage({ type: "chat", text: "Anyone?" });
  bob.sendAppMessage({ type: "chat", text: "Hello?" });
  await expect(row(panel, "Hello?")).toBeVisible();
  await page.evaluate(() => {
    const { call } = window;
    call.on("app-message", ({ data }) => {
      if (data.type === "crash") throw new Error("no such participant");
      // Sends on what it gets, as if its own user had done it.
      if (data.type === "state") call.sendAppMessage(data);
      const start = performance.now();
      while (data.type === "heavy" && performance.now() - start < 550);
    });
  });
  bob.sendAppMessage({ type: "crash" });
  bob.sendAppMessage({ type: "heavy" });
  bob.sendAppMessage({ type: "mute-all", role: "host" });
  let rounds = 1;
  bob.on((message) => {
    if (message.action === "app-message" && rounds++ < 20) bob.sendAppMessage(message.data);
  });
  bob.sendAppMessage({ type: "state", value: 1 });
  await expect.poll(() => rounds).toBe(21);
  await page.evaluate(() => {
    const onMessage = () => {};
    for (let times = 1; times <= 2; times++) window.call.on("app-message", onMessage);
    // Each has a reason of its own.
    for (let tile = 1; tile <= 2; tile++) window.call.on("participant-updated", () => {});
  });
  bob.setUserData({ hand: "up" });
  bob.sendAppMessage({ type: "note", text: "Twice" });
  await expectFindings(panel, [
    ["listener-threw", /A listener of app-message of type crash threw 1 time.*no such/, "crash"],
    ["feedback-loop", /\d\d times a message of type state/, "state"],
    ["nobody-listened", "2 messages of type chat from Bob", "Anyone?"],
    ["slow-listener", /app-message of type heavy blocked the page 1 time: /, "heavy"],
    ["role-by-message", "1 message of type mute-all with role from Bob", "mute-all"],
    ["listener-twice", "1 app-message event ran the same function twice", "note"],
  ]);
});

test("people who join, set their data, and leave", async ({
  scene: { page, panel, room, join, enter },
}) => {
  await join();
  const people = [await enter({ userName: "Bob" })];
  await page.evaluate(() => {
    const { call } = window;
    const sendLayout = () => call.sendAppMessage({ type: "layout", value: "grid" });
    let items = 0;
    call.on("participant-joined", ({ participant: { session_id } }) => {
      sendLayout();
      call.sendAppMessage({ type: "chat-history", items: ++items }, session_id);
    });
    sendLayout();
  });
  for (const userName of ["Cy", "Dee", "Eve"]) people.push(await enter({ userName }));
  await room.until(() => room.messages().length === 7);
  people[0]?.setUserData({ email: "bob@mail.example.org", topic: "Tea" });
  await expect(row(panel, "bob@mail")).toBeVisible();
  for (const person of people) person.leave();
  for (const name of ["Bob", "Cy", "Dee", "Eve"])
    await expect(row(panel, name, "left")).toBeVisible();
  await page.evaluate(() => window.call.sendAppMessage({ type: "alone" }));
  await expectFindings(panel, [
    [
      "state-by-message",
      "type layout was sent again right after 3 joins. 3 late joiners",
      "layout",
    ],
    ["history-replay", "3 messages of type chat-history to Cy, Dee, Eve", "Cy"],
    ["email-in-data", "1 payload in user data, email", "bob@mail"],
    ["room-state-in-user-data", "Bob has topic in their user data", "Tea"],
    ["empty-room", "1 message of type alone", "alone"],
  ]);
});

test("session data that is written, synced, refused by Daily and left behind", async ({
  scene: { page, panel, room, join, enter },
}) => {
  room.setSessionDataFromServer({
    data: { user: { name: "Bob", country: "NL" }, topic: "Tea" },
    mergeStrategy: "replace",
  });
  await join();
  await enter({ userName: "Bob" });
  const write = (data: object, strategy?: "shallow-merge") =>
    page.evaluate(([given, how]) => window.call.setMeetingSessionData(given, how), [
      data,
      strategy,
    ] as const);
  await write({ user: { name: "Rob" } }, "shallow-merge");
  await expect(row(panel, "Room", `user.name: "Bob" → "Rob", user.country: deleted`)).toBeVisible();
  await write({ poll: "Tea?" });
  await expect(row(panel, "Room", `poll: "Tea?"`)).toBeVisible();
  // One window: the second takes the first along.
  await page.evaluate(() => {
    window.call.setMeetingSessionData({ stage: "Ada" }, "shallow-merge");
    window.call.setMeetingSessionData({ poll: "Coffee?" });
  });
  await expect(row(panel, "Room", `poll: "Tea?" → "Coffee?"`)).toBeVisible();
  room.failNextSessionData("merged data too large");
  await write({ log: "long" }, "shallow-merge");
  await expect(row(panel, "merged data too large").first()).toBeVisible();
  await page.evaluate(async () => {
    window.call.setMeetingSessionData({ host: "gone" }, "shallow-merge");
    await window.call.leave();
  });
  await expectFindings(panel, [
    ["write-failed", "1 write failed. Daily says: merged data too", "log"],
    ["nested-lost", "1 merge lost user.country", `country: "NL"`],
    ["replace-drops-keys", /1 replace dropped (user, topic|topic, user)\./, `"Bob" → "Rob"`],
    ["batch-poisoned", "1 write lost before the sync: stage", "stage"],
    ["write-lost-at-leave", "1 write waited for a sync", "host"],
    [
      "unheard-error",
      "meeting-session-data-error came 1 time without a listener. Daily says: merged data too",
      "merged data too large",
    ],
  ]);
});

test("session data that someone else writes at the same time", async ({
  scene: { page, panel, room, join, enter },
}) => {
  room.setSessionDataFromServer({ data: { votes: 1 }, mergeStrategy: "replace" });
  await join();
  const bob = await enter({ userName: "Bob" });
  const cy = await enter({ userName: "Cy" });
  await expect(row(panel, "Room", `{votes: 1}`)).toBeVisible();
  await page.evaluate(() => window.call.setMeetingSessionData({ votes: 2 }, "shallow-merge"));
  // Before the page's write goes out.
  room.setSessionDataFromServer({
    data: { votes: 7, hands: { [bob.sessionId]: "up", [cy.sessionId]: "down" } },
    mergeStrategy: "shallow-merge",
  });
  await expect(row(panel, "Room", "votes: 7 → 2")).toBeVisible();
  await expectFindings(panel, [
    ["lost-update", "1 time with votes", "votes"],
    ["people-in-session-data", `2 keys are the id of a participant: hands.`, bob.sessionId],
  ]);
});

test("user data before, in and after a call", async ({ scene: { page, panel, room } }) => {
  room.join({ userName: "Bob" });
  await page.evaluate(async () => {
    const { call } = window;
    await call.setUserData({ hand: "up" });
    await call.join({ userData: { role: "guest" } });
    for (let x = 1; x <= 6; x++) await call.setUserData({ x });
    for (let again = 1; again <= 3; again++) await call.setUserData({ x: 6 });
    await call.leave();
    await call.setUserData({ hand: "down" });
    await call.destroy();
  });
  await expectFindings(panel, [
    ["join-overwrites-user-data", "1 stored value lost", `{hand: "up"}`],
    ["user-data-churn", /[56] values replaced within a second/, `{x: 1}`],
    ["user-data-same", "3 calls with the value", `{x: 6}`],
    ["user-data-after-leave", "1 value set after", `{hand: "down"}`],
  ]);
});

test("call objects that should not be", async ({ scene: { page, panel, join, enter } }) => {
  await join();
  await enter({ userName: "Bob" });
  const refusals = await page.evaluate(async () => {
    const Daily = window.Daily ?? window.DailyIframe;
    const refusalOf = (act: () => void) => {
      try {
        act();
        return undefined;
      } catch (error) {
        return String(error);
      }
    };
    const isSecond = { allowMultipleCallInstances: true };
    const second = Daily.createCallObject(isSecond);
    const room = new URLSearchParams(location.search).get("room");
    await second.join({ url: `${location.origin}/${room}` });
    return [
      refusalOf(() => {
        const frame = Daily.createFrame({ ...isSecond, url: `${location.origin}/prebuilt` });
        frame.setMeetingSessionData({ stage: "Bob" });
      }),
      refusalOf(() => Daily.createCallObject({ ...isSecond, userData: "x".repeat(9_000) })),
    ];
  });
  expect(refusals[0]).toContain("only supported on custom callObject");
  expect(refusals[1]).toContain("invalid userData");
  await expectFindings(panel, [
    ["several-calls", "Joined while 1 other call object of this page was", ""],
    ["session-data-in-prebuilt", "threw 1 time", "stage"],
    ["failed-constructor", "The constructor threw", "The constructor threw"],
  ]);
});

test("what time alone brings to light", async ({ server, scene: { page, panel, join, enter } }) => {
  const { sessionDataWindowMs } = server.settings;
  server.settings.sessionDataWindowMs = 3_600_000;
  await join();
  server.settings.sessionDataWindowMs = sessionDataWindowMs;
  const bob = await enter({ userName: "Bob", userId: "user-bob" });
  const bobby = await enter({ userName: "Bobby", userId: "user-bob" });
  bob.setUserData({ hand: "up" });
  bobby.setUserData({ hand: "down" });
  await page.evaluate(() => window.call.setMeetingSessionData({ stage: "Bob" }, "shallow-merge"));
  await expectFindings(panel, [
    ["never-confirmed", "1 write not seen in any state", "stage"],
    ["tabs-disagree", "2 sessions of Bob", `{hand: "up"}`],
  ]);
});
