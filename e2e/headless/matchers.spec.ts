import { expect as baseExpect } from "@playwright/test";
import { dailyMatchers } from "inspector-for-daily/playwright";

import { failureOf, SOON } from "./failure-of";
import { expect, LAUNCH, test } from "./room";

test.use({ ...LAUNCH, failOn: "never" });

test("two pages of a room: what is sent, received, delivered and kept", async ({
  openCall,
  daily,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  await ada.evaluate(() => {
    window.call.sendAppMessage({ type: "hand", raised: true, at: 7 });
    window.call.setMeetingSessionData({ score: { ada: 1 } });
    void window.call.setUserData({ hand: "up" });
  });
  await expect(ada).toHaveSent("hand");
  await expect(ada).toHaveSent({
    type: "hand",
    payload: { at: expect.any(Number), raised: true },
    to: "*",
    times: 1,
  });
  await expect(bob).toHaveReceived({ type: "hand", from: "Ada" });
  await expect(daily).toHaveReceived({ type: "hand", from: ada, to: bob });
  await expect(daily).toHaveDelivered("hand");
  await expect(daily).toHaveDelivered({ type: "hand", within: 5_000 });
  await expect(daily).toHaveSessionData({ score: { ada: 1 } });
  await expect(ada).toHaveUserData({ hand: "up" });
  await expect(bob).toHaveUserData({ hand: "up" }, { of: "Ada" });
  await expect(daily).toHaveNoFindings();
  await expect(bob).not.toHaveSent("hand");
  await expect(ada).not.toHaveReceived({ type: "hand" }, { watchFor: 100 });
  await expect(bob).not.toHaveSessionData({ score: { ada: 2 } });
  await expect(daily).not.toHaveDelivered({ type: "hand", within: 0 });
});

test("an expect of one's own takes the matchers", async ({ openCall, daily }) => {
  const ada = await openCall("Ada");
  const ownExpect = baseExpect.extend(dailyMatchers).configure({ timeout: 200 });
  await ownExpect(daily).toHaveNoFindings();
  expect(await failureOf(ownExpect(ada).toHaveSent("hand"))).toContain("Timeout: 200 ms");
});

test("a message before the join is red, with the rule, the line and what to do", async ({
  openCall,
  daily,
}) => {
  const ada = await openCall("Ada", "");
  await ada.waitForFunction(() => "call" in window);
  await ada.addScriptTag({
    content: `function sayHello() {
      try { call.sendAppMessage({ type: "hello" }); } catch {}
    }
    sayHello();
    //# sourceURL=http://app.example/hello.js`,
  });
  const sent = await failureOf(expect(ada).toHaveSent("hello", SOON));
  expect(sent).toMatch(/Expected: the page http.* to have sent a message of type "hello"/);
  expect(sent).toMatch(/Daily refused it: .*only supported after join/);
  expect(sent).toContain("hello.js:2");
  expect(sent).toContain("error sent-before-join");
  expect(sent).toContain("To do: Wait for the `joined-meeting` event");
  expect(sent).toContain("Timeout: 300 ms");
  const findings = await failureOf(expect(daily).toHaveNoFindings({ level: "error" }));
  expect(findings).toMatch(/Found: 1 finding\n  error sent-before-join/);
  await expect(daily).toHaveNoFindings({ except: ["sent-before-join"] });
  await expect(daily).not.toHaveNoFindings({ rules: ["sent-before-join"] });
  expect(await daily.findings()).toMatchObject([
    { rule: "sent-before-join", count: 1, location: expect.stringMatching(/hello\.js:2:\d+$/) },
  ]);
  await expect(
    failureOf(expect(daily).toHaveNoFindings({ rules: ["sent-before-joined"] })),
  ).resolves.toContain("There is no rule sent-before-joined. Did you mean sent-before-join?");
});

test("a lost message is red at the one who never got it", async ({
  openCall,
  server,
  room,
  daily,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  server.room(room).damage({ seed: 1, dropShare: 1 });
  await ada.evaluate(() => void window.call.sendAppMessage({ type: "cue", n: 1 }));
  const delivered = await failureOf(expect(daily).toHaveDelivered("cue", SOON));
  expect(delivered).toContain(`Expected: delivered: a message of type "cue"`);
  expect(delivered).toMatch(/Not delivered: 1 of 1 message\n  Ada, to everyone: cue \{n: 1\}/);
  expect(delivered).toContain("✗ Bob: not received yet");
  const received = await failureOf(expect(bob).toHaveReceived("cue", SOON));
  expect(received).toContain("Received: no message");
  expect(received).toMatch(/It was sent:\n  Ada, to everyone: cue .*\n.* {4}Bob: not received yet/);
  server.room(room).damage(undefined);
  // Not lost for as long as it may still come: Bob's page has to run for seconds without it.
  await expect(daily).not.toHaveNoFindings({ rules: ["message-lost"], timeout: 15_000 });
});

test("the nearest message and the last writes are told", async ({ openCall, daily }) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  await ada.evaluate(() => {
    window.call.sendAppMessage({ type: "chat", text: "hi", tags: ["a"] });
    window.call.sendAppMessage({ type: "cue" });
    window.call.setMeetingSessionData({ score: 1 });
  });
  await expect(daily).toHaveSessionData({ score: 1 });
  const received = await failureOf(
    expect(bob).toHaveReceived(
      { type: "chat", payload: { text: "hello", tags: ["a", "b"] } },
      SOON,
    ),
  );
  expect(received).toContain(
    [
      `Expected: Bob to have received a message of type "chat" with {text: "hello", tags: ["a", "b"]}`,
      "",
      "Received: 2 messages, none like it",
      "",
      "Nearest:",
      `  Bob, from Ada: chat {text: "hi", tags: ["a"]} (received)`,
      `    text is "hi", expected "hello"`,
      `    tags is ["a"], expected ["a", "b"]`,
    ].join("\n"),
  );
  expect(await failureOf(expect(daily).not.toHaveSent("cue"))).toContain("It was sent 1 time: Ada");
  expect(await failureOf(expect(daily).toHaveSent({ type: "cue", times: 2 }, SOON))).toContain(
    "2 times",
  );
  const state = await failureOf(expect(bob).toHaveSessionData({ score: 2 }, SOON));
  expect(state).toContain("score is 1, expected 2");
  expect(state).toMatch(/Written last: Ada.*score: 1.*synced/);
  expect(await failureOf(expect(daily).toHaveUserData({}, SOON))).toContain("Whose user data?");
});
