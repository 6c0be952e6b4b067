import { expectFindings } from "./expect-findings";
import { expect, row, test } from "./rules-fixtures";

test("app messages that do the work of state", async ({
  scene: { page, panel, room, join, enter },
}) => {
  await join();
  await enter({ userName: "Bob" });
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
  for (const userName of ["Cy", "Dee", "Eve"]) await enter({ userName });
  await room.until(() => room.messages().length === 7);
  await expectFindings(panel, [
    {
      rule: "state-by-message",
      says: "type layout was sent again right after 3 joins. 3 late joiners",
      shows: `layout`,
    },
    {
      rule: "history-replay",
      says: "3 messages of type chat-history to Cy, Dee, Eve",
      shows: "Cy",
    },
  ]);
});

test("state in the wrong place", async ({ scene: { page, panel, join, enter } }) => {
  await join();
  const bob = await enter({ userName: "Bob" });
  const cy = await enter({ userName: "Cy" });
  await page.evaluate(
    ([first, second]) => {
      window.call.setMeetingSessionData({ hands: { [first]: "up", [second]: "down" } });
      return window.call.setUserData({ poll: { question: "Tea?" } });
    },
    [bob.sessionId, cy.sessionId] as const,
  );
  await expect(row(panel, "Room", bob.sessionId)).toBeVisible();
  await expectFindings(panel, [
    {
      rule: "people-in-session-data",
      says: `2 keys are the id of a participant: hands.${bob.sessionId}`,
      shows: bob.sessionId,
    },
    {
      rule: "room-state-in-user-data",
      says: "Ada (you) has poll in their user data",
      shows: "Tea?",
    },
  ]);
});

test("a stream of events through a channel for state", async ({
  scene: { page, panel, room, join, enter },
}) => {
  await join();
  await enter({ userName: "Bob" });
  await page.evaluate(() => {
    let x = 0;
    const timer = setInterval(() => {
      window.call.setMeetingSessionData({ x: ++x }, "shallow-merge");
      if (x === 21) clearInterval(timer);
    }, 100);
  });
  await room.until(() => room.sessionData()["x"] === 21, 15_000);
  // What comes so fast is not seen, either.
  await expectFindings(panel, [
    {
      rule: "events-through-state",
      says: "21 calls of setMeetingSessionData(), more than 2 a second",
      shows: `{x: 1}`,
    },
    {
      rule: "session-writes-unseen",
      says: /\d+ values of .* were replaced by a later write/,
      shows: `{x: 1}`,
    },
  ]);
});

test("more messages than anybody can use", async ({ scene: { page, panel, join, enter } }) => {
  await join();
  await enter({ userName: "Bob" });
  await enter({ userName: "Cy" });
  await page.evaluate(() => {
    let x = 0;
    const timer = setInterval(() => {
      for (let each = 0; each < 10; each++) window.call.sendAppMessage({ type: "pos", x: ++x });
    }, 50);
    window.call.on("left-meeting", () => clearInterval(timer));
  });
  const title = (name: string) => panel.locator(".rule__title", { hasText: name });
  await panel.getByRole("tab", { name: "Findings" }).click();
  await expect(title("More messages than frames")).toBeVisible();
  await page.evaluate(() => window.call.leave());
  await expectFindings(panel, [
    { rule: "message-storm", says: /Type pos from Ada \(you\): up to \d+/, shows: `pos` },
  ]);
});

test("messages that answer themselves", async ({ scene: { page, panel, join, enter } }) => {
  await page.evaluate(() => {
    // Sends on what it gets, as if its own user had done it.
    window.call.on("app-message", ({ data }) => window.call.sendAppMessage(data));
  });
  await join();
  const bob = await enter({ userName: "Bob" });
  let rounds = 1;
  bob.on((message) => {
    if (message.action === "app-message" && rounds++ < 20) bob.sendAppMessage(message.data);
  });
  bob.sendAppMessage({ type: "state", value: 1 });
  await expectFindings(panel, [
    { rule: "feedback-loop", says: /\d\d times a message of type state/, shows: `state` },
  ]);
});

test("call objects that should not be", async ({ scene: { page, panel, join, enter } }) => {
  await join();
  await enter({ userName: "Bob" });
  const refusals = await page.evaluate(() => {
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
    { rule: "session-data-in-prebuilt", says: "threw 1 time", shows: `stage` },
    { rule: "failed-constructor", says: "The constructor threw", shows: "The constructor threw" },
  ]);
});

test("two call objects of one page in one room", async ({ scene: { page, panel, join } }) => {
  await join();
  await page.evaluate(async () => {
    const Daily = window.Daily ?? window.DailyIframe;
    const second = Daily.createCallObject({ allowMultipleCallInstances: true });
    const room = new URLSearchParams(location.search).get("room");
    await second.join({ url: `${location.origin}/${room}` });
  });
  await expectFindings(panel, [
    { rule: "several-calls", says: "Joined while 1 other call object of this page was", shows: "" },
  ]);
});
