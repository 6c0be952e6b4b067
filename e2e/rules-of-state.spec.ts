import { expectFindings } from "./expect-findings";
import { expect, row, test } from "./rules-fixtures";

test("session data that loses what was there", async ({
  scene: { page, panel, room, join, enter },
}) => {
  room.setSessionDataFromServer({
    data: { user: { name: "Bob", country: "NL" }, topic: "Tea" },
    mergeStrategy: "replace",
  });
  await join();
  await enter({ userName: "Bob" });
  await page.evaluate(() =>
    window.call.setMeetingSessionData({ user: { name: "Rob" } }, "shallow-merge"),
  );
  await expect(row(panel, "Room", `user.name: "Bob" → "Rob", user.country: deleted`)).toBeVisible();
  await page.evaluate(() => window.call.setMeetingSessionData({ poll: "Tea?" }));
  await expect(row(panel, "Room", `poll: "Tea?"`)).toBeVisible();
  // One window: the second takes the first along.
  await page.evaluate(() => {
    window.call.setMeetingSessionData({ stage: "Ada" }, "shallow-merge");
    window.call.setMeetingSessionData({ poll: "Coffee?" });
  });
  await expect(row(panel, "Room", `poll: "Tea?" → "Coffee?"`)).toBeVisible();
  await page.evaluate(async () => {
    window.call.setMeetingSessionData({ host: "gone" }, "shallow-merge");
    await window.call.leave();
  });
  await expectFindings(panel, [
    { rule: "nested-lost", says: "1 merge lost user.country", shows: `country: "NL"` },
    {
      rule: "replace-drops-keys",
      says: /1 replace dropped (user, topic|topic, user)\./,
      shows: `user.name: "Bob" → "Rob"`,
    },
    { rule: "batch-poisoned", says: "1 write lost before the sync: stage", shows: `stage` },
    { rule: "write-lost-at-leave", says: "1 write waited for a sync", shows: `host` },
  ]);
});

test("session data that comes too often, or changes nothing", async ({
  scene: { page, panel, room, join, enter },
}) => {
  await join();
  await enter({ userName: "Bob" });
  await page.evaluate(() => {
    for (let x = 1; x <= 5; x++) window.call.setMeetingSessionData({ x }, "shallow-merge");
  });
  for (let writes = 1; writes <= 4; writes++) {
    await room.until(() => room.sessionUpdates().length === writes);
    if (writes < 4)
      await page.evaluate(() => window.call.setMeetingSessionData({ x: 5 }, "shallow-merge"));
  }
  await expectFindings(panel, [
    {
      rule: "session-writes-unseen",
      says: "4 values of x were replaced by a later write before sync, in 1 update",
      shows: `{x: 1}`,
    },
    { rule: "unchanged-write", says: "3 writes changed nothing", shows: `{x: 5}` },
  ]);
});

test("session data that everyone writes for the same reason", async ({
  scene: { page, panel, room, join, enter },
}) => {
  await join();
  const bob = await enter({ userName: "Bob" });
  await page.evaluate(() =>
    window.call.setMeetingSessionData({ recording: true }, "shallow-merge"),
  );
  await room.until(() => room.sessionUpdates().length === 1);
  for (const states of [2, 3]) {
    bob.setMeetingSessionData({ recording: true });
    await room.until(() => room.sessionUpdates().length === states);
  }
  await expectFindings(panel, [
    {
      rule: "same-write-by-all",
      says: "3 equal states in a row after a change of recording",
      shows: "recording",
    },
  ]);
});

test("two writers of session data", async ({ scene: { page, panel, room, join, enter } }) => {
  room.setSessionDataFromServer({ data: { votes: 1 }, mergeStrategy: "replace" });
  await join();
  await enter({ userName: "Bob" });
  await expect(row(panel, "Room", `{votes: 1}`)).toBeVisible();
  await page.evaluate(() => window.call.setMeetingSessionData({ votes: 2 }, "shallow-merge"));
  // Before the page's write goes out.
  room.setSessionDataFromServer({ data: { votes: 7 }, mergeStrategy: "shallow-merge" });
  await expect(row(panel, "Room", "votes: 7 → 2")).toBeVisible();
  await expectFindings(panel, [{ rule: "lost-update", says: "1 time with votes", shows: "votes" }]);
});

test("a key that two writers fight for", async ({ scene: { page, panel, join, enter } }) => {
  await join();
  const bob = await enter({ userName: "Bob" });
  await page.evaluate(() => {
    const { call } = window;
    call.on("meeting-session-state-updated", ({ meetingSessionState: { data } }) => {
      if ((data as { stage?: string }).stage === "Bob")
        call.setMeetingSessionData({ stage: "Ada" }, "shallow-merge");
    });
  });
  let rounds = 0;
  bob.on((message) => {
    if (message.action !== "meeting-session-state-updated") return;
    if (message.meetingSessionState.data["stage"] === "Ada" && ++rounds < 3)
      bob.setMeetingSessionData({ stage: "Bob" }, "shallow-merge");
  });
  bob.setMeetingSessionData({ stage: "Bob" }, "shallow-merge");
  // Each of them saw what the other had set: no update was lost.
  await expectFindings(panel, [
    { rule: "flip-flop", says: /A change of stage was undone \d times, by turns/, shows: `"Ada"` },
  ]);
});

test("writes that fail", async ({ scene: { page, panel, room, join, enter } }) => {
  await join();
  await enter({ userName: "Bob" });
  room.failNextSessionData("merged data too large");
  await page.evaluate(() => window.call.setMeetingSessionData({ log: "long" }, "shallow-merge"));
  await expectFindings(panel, [
    { rule: "write-failed", says: "1 write failed. Daily says: merged data too", shows: `log` },
    {
      rule: "unheard-error",
      says: "meeting-session-data-error came 1 time without a listener. Daily says: merged data too large",
      shows: "merged data too large",
    },
  ]);
});

test("a write that no one hears of again", async ({
  server,
  scene: { page, panel, join, enter },
}) => {
  const { sessionDataWindowMs } = server.settings;
  server.settings.sessionDataWindowMs = 3_600_000;
  await join();
  server.settings.sessionDataWindowMs = sessionDataWindowMs;
  await enter({ userName: "Bob" });
  await page.evaluate(() => window.call.setMeetingSessionData({ stage: "Bob" }, "shallow-merge"));
  await expectFindings(panel, [
    { rule: "never-confirmed", says: "1 write not seen in any state", shows: `stage` },
  ]);
});

test("user data that is lost, churns or stays the same", async ({
  scene: { page, panel, room },
}) => {
  room.join({ userName: "Bob" });
  await page.evaluate(async () => {
    await window.call.setUserData({ hand: "up" });
    await window.call.join({ userData: { role: "guest" } });
    for (let x = 1; x <= 6; x++) await window.call.setUserData({ x });
    for (let again = 1; again <= 3; again++) await window.call.setUserData({ x: 6 });
  });
  await expectFindings(panel, [
    { rule: "join-overwrites-user-data", says: "1 stored value lost", shows: `{hand: "up"}` },
    { rule: "user-data-churn", says: "5 values replaced within a second", shows: `{x: 1}` },
    { rule: "user-data-same", says: "3 calls with the value", shows: `{x: 6}` },
  ]);
});

test("one user in two tabs", async ({ scene: { panel, join, enter } }) => {
  await join();
  const bob = await enter({ userName: "Bob", userId: "user-bob" });
  const bobby = await enter({ userName: "Bobby", userId: "user-bob" });
  bob.setUserData({ hand: "up" });
  bobby.setUserData({ hand: "down" });
  await expectFindings(panel, [
    { rule: "tabs-disagree", says: "2 sessions of Bob", shows: `{hand: "up"}` },
  ]);
});
