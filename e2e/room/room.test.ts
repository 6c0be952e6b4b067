import { expect, test } from "vitest";

import { createRoom } from "./room";
import { DEFAULT_SETTINGS } from "./room-settings";
import type { ScriptedParticipant } from "./scripted-participant";
import type { FromRoom } from "./wire";

function setup() {
  const room = createRoom("qa", () => ({
    ...DEFAULT_SETTINGS,
    userDataDelayMs: 1,
    sessionDataWindowMs: 1,
  }));
  return { room, ada: room.join({ userName: "Ada" }), ben: room.join({ userName: "Ben" }) };
}

/** What a participant is told from now on, of one kind. */
function record<A extends FromRoom["action"]>(participant: ScriptedParticipant, action: A) {
  const heard: Extract<FromRoom, { action: A }>[] = [];
  participant.on((message) => {
    if (message.action === action) heard.push(message as Extract<FromRoom, { action: A }>);
  });
  return heard;
}

/** Scripted participants listen in a microtask. */
const listened = () => new Promise<void>((resolve) => queueMicrotask(resolve));

test("a broadcast reaches the others and not its sender", async () => {
  const { ada, ben, room } = setup();
  const [byAda, byBen] = [record(ada, "app-message"), record(ben, "app-message")];
  ada.sendAppMessage({ hello: 1 });
  await listened();
  expect(byAda).toEqual([]);
  expect(byBen).toEqual([{ action: "app-message", data: { hello: 1 }, fromId: ada.sessionId }]);
  expect(room.messages()).toEqual([
    {
      fromId: ada.sessionId,
      data: { hello: 1 },
      to: "*",
      deliveries: [
        { to: ben.sessionId, copies: 1, delayMs: 0, isOvertaken: false, isPending: false },
      ],
    },
  ]);
});

test("a message reaches the participant it is addressed to, and an unknown recipient is ignored", () => {
  const { ada, ben, room } = setup();
  const cyd = room.join({ userName: "Cyd", userId: "user-cyd" });
  ada.sendAppMessage(1, cyd.sessionId);
  ada.sendAppMessage(2, [ben.sessionId, cyd.sessionId, "gone"]);
  ada.sendAppMessage(3, "user-cyd");
  ada.sendAppMessage(4, ada.sessionId);
  expect(room.messages().map(({ deliveries }) => deliveries.map(({ to }) => to))).toEqual([
    [cyd.sessionId],
    [ben.sessionId, cyd.sessionId],
    [],
    [],
  ]);
});

test("data goes through JSON on the way", async () => {
  const { ada, ben } = setup();
  const byBen = record(ben, "app-message");
  ada.sendAppMessage({ when: new Date(0), nothing: undefined, nan: Number.NaN });
  await listened();
  expect(byBen[0]?.data).toEqual({ when: "1970-01-01T00:00:00.000Z", nan: null });
});

test("a late joiner gets everybody's user data and the session data, but no app message", async () => {
  const { ada, room } = setup();
  ada.sendAppMessage("missed");
  ada.setUserData({ hand: true });
  ada.setMeetingSessionData({ slide: 1 });
  await room.until(() => room.participants()[0]?.userData !== undefined);
  await room.until(() => "slide" in room.sessionData());
  const late = room.join({ userName: "Late" });
  const [joined, messages] = [record(late, "joined-meeting"), record(late, "app-message")];
  await listened();
  expect(joined[0]?.others[0]).toMatchObject({ userName: "Ada", userData: { hand: true } });
  expect(joined[0]?.meetingSessionState).toEqual({ data: { slide: 1 }, topology: "peer" });
  expect(messages).toEqual([]);
});

test("user data set to undefined is gone", async () => {
  const { ada, room } = setup();
  ada.setUserData(1);
  await room.until(() => room.participants()[0]?.userData === 1);
  ada.setUserData(undefined);
  await room.until(() => !("userData" in room.participants()[0]!));
});

test("a key is deleted, and everybody hears the whole state", async () => {
  const { ada, ben, room } = setup();
  const heard = [
    record(ada, "meeting-session-state-updated"),
    record(ben, "meeting-session-state-updated"),
  ];
  ada.setMeetingSessionData({ a: 1, b: 1 });
  await room.until(() => "a" in room.sessionData());
  ben.setMeetingSessionData({ a: undefined, c: 1 }, "shallow-merge");
  await room.until(() => "c" in room.sessionData());
  expect(room.sessionData()).toEqual({ b: 1, c: 1 });
  await listened();
  for (const states of heard) {
    expect(states.map(({ meetingSessionState }) => meetingSessionState.data)).toEqual([
      { a: 1, b: 1 },
      { b: 1, c: 1 },
    ]);
  }
});

test("session data that grows too large is refused, and only its writer hears of it", async () => {
  const { ada, ben, room } = setup();
  ada.setMeetingSessionData({ a: "x".repeat(60_000) });
  await room.until(() => "a" in room.sessionData());
  const [byAda, byBen] = [record(ada, "nonfatal-error"), record(ben, "nonfatal-error")];
  ben.setMeetingSessionData({ b: "x".repeat(60_000) }, "shallow-merge");
  await expect.poll(() => byBen).toMatchObject([{ type: "meeting-session-data-error" }]);
  expect(byAda).toEqual([]);
  expect(room.sessionData()).not.toHaveProperty("b");
});

test("a write fails once when told to", async () => {
  const { ada, room } = setup();
  const errors = record(ada, "nonfatal-error");
  room.failNextSessionData("The store is on fire");
  ada.setMeetingSessionData({ a: 1 });
  await expect.poll(() => errors).toMatchObject([{ errorMsg: "The store is on fire" }]);
  ada.setMeetingSessionData({ a: 2 });
  await room.until(() => room.sessionData()["a"] === 2);
});

test("session data ends with the last one to leave", async () => {
  const { ada, ben, room } = setup();
  ada.setMeetingSessionData({ a: 1 });
  await room.until(() => "a" in room.sessionData());
  ada.leave();
  expect(room.sessionData()).toEqual({ a: 1 });
  ben.leave();
  expect(room.sessionData()).toEqual({});
});

test("whoever is ejected gets a fatal error first, and what they had pending is lost", async () => {
  const { ada, ben, room } = setup();
  const told: string[] = [];
  ada.on(({ action }) => told.push(action));
  await listened();
  told.length = 0;
  ada.setUserData("pending");
  room.eject(ada.sessionId);
  await listened();
  expect(told).toEqual(["error", "left-meeting"]);
  expect(room.participants().map(({ sessionId }) => sessionId)).toEqual([ben.sessionId]);
  ada.sendAppMessage("from outside");
  expect(room.messages()).toEqual([]);
});

test("waiting for a room ends in a timeout when it does not get there", async () => {
  const { room } = setup();
  await expect(room.until(() => false, 1)).rejects.toThrow("Not within 1 ms");
});
