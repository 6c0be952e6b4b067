import { describe, expect, test } from "vitest";

import type { ParticipantWithData } from "../../extension/protocol/event";
import { toPayload } from "../../extension/protocol/payload";
import { deliveryOf, deliveryProblem, oddSender } from "./delivery";
import { createPeopleTracker, isPresent, versionAt } from "./people-tracker";

function someone(name: string, userData?: unknown, local = false): ParticipantWithData {
  return {
    participant: { session_id: name, user_id: `user-${name}`, user_name: name, local },
    ...(userData !== undefined && { payload: toPayload(userData) }),
  };
}

/** Ada (the page) joins at 1, Bob is there; Cy joins at 3; Bob leaves at 5 and Dee joins at 7. */
function room() {
  const tracker = createPeopleTracker();
  tracker.all(1, 1, [someone("ada", undefined, true), someone("bob", { hand: 1 })]);
  tracker.seen(3, 3, someone("cy"));
  tracker.seen(4, 4, someone("bob", { hand: 2 }));
  tracker.left(5, 5, someone("bob", { hand: 2 }));
  tracker.seen(7, 7, someone("dee"));
  return tracker;
}

test("who was there, at any moment", () => {
  const { people } = room();
  const present = (seq: number) =>
    [...people.values()].filter((each) => isPresent(each, seq)).map(({ sessionId }) => sessionId);
  expect([0, 1, 3, 4, 5, 7].map(present)).toEqual([
    [],
    ["ada", "bob"],
    ["ada", "bob", "cy"],
    ["ada", "bob", "cy"],
    ["ada", "cy"],
    ["ada", "cy", "dee"],
  ]);
});

test("whoever is not in a new snapshot has left, and may come back", () => {
  const tracker = room();
  tracker.nobody(8, 8);
  tracker.all(9, 9, [someone("ada2", undefined, true), someone("cy")]);
  const cy = tracker.people.get("cy");
  expect(cy && [7, 8, 9].map((seq) => isPresent(cy, seq))).toEqual([true, false, true]);
  expect(tracker.localId()).toBe("ada2");
});

test("each value of user data is a version, an equal one is not", () => {
  const bob = room().people.get("bob");
  expect(bob?.versions.map(({ seq }) => seq)).toEqual([1, 4]);
  expect(versionAt(bob?.versions ?? [], 3)?.payload?.json).toBe('{"hand":1}');
});

test("what is forgotten leaves the value that still held", () => {
  const tracker = room();
  tracker.forgetBefore(5);
  expect(tracker.people.get("bob")?.versions.map(({ seq }) => seq)).toEqual([4]);
});

describe("delivery", () => {
  const standings = (to: string | string[], seq: number) =>
    deliveryOf(to, seq, room()).recipients.map(({ standing }) => standing);

  test("recipients are matched by session id", () => {
    expect(standings(["bob", "user-cy", "nobody", "ada", "local"], 4)).toEqual([
      "present",
      "user-id",
      "nobody",
      "self",
      "self",
    ]);
    expect(standings("bob", 6)).toEqual(["left"]);
  });

  test("a broadcast reaches who is there, and later ones miss it", () => {
    const { audience, joinedLater } = deliveryOf("*", 4, room());
    expect(audience.map(({ sessionId }) => sessionId)).toEqual(["bob", "cy"]);
    expect(joinedLater.map(({ sessionId }) => sessionId)).toEqual(["dee"]);
  });

  test.each([
    ["bob", 4, undefined, undefined],
    ["*", 4, undefined, undefined],
    ["*", 0, "no recipient", "no one else was in the call"],
    ["user-cy", 4, "no recipient", "a user id: the session id of cy is cy"],
    ["bob", 6, "no recipient", "bob had left"],
    [
      "local",
      4,
      "to itself",
      "it is addressed to this page itself; whether Daily loops that back is not documented",
    ],
    [["bob", "stranger"], 4, "some recipients missing", "no one has the session id stranger"],
  ] as const)("to %s after event %i: %s", (to, seq, label, detail) => {
    expect(deliveryProblem(deliveryOf(to, seq, room()))).toEqual(label && { label, detail });
  });

  test("before a snapshot that stands in for dropped events nothing is known", () => {
    const tracker = createPeopleTracker();
    tracker.all(900, 900, [someone("ada", undefined, true), someone("bob")], false);
    expect(deliveryProblem(deliveryOf("*", 800, tracker))).toBeUndefined();
    expect(oddSender("bob", 800, tracker)).toBeUndefined();
    expect(deliveryProblem(deliveryOf("*", 901, tracker))).toBeUndefined();
    expect(oddSender("stranger", 901, tracker)).toBeDefined();
  });

  test("only a broadcast is missed by who joins later", () => {
    expect(deliveryOf("bob", 4, room()).joinedLater).toEqual([]);
  });

  test("senders who aren't participants are told apart", () => {
    expect(oddSender("API", 4, room())).toContain("REST API");
    expect(oddSender("transcription", 4, room())).toContain("transcription");
    expect(oddSender("stranger", 4, room())).toContain("This page knows no one");
    expect(oddSender("bob", 6, room())).toContain("had left");
    expect(oddSender("bob", 4, room())).toBeUndefined();
  });
});
