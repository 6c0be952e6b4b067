import { expect, test } from "vitest";

import { ALL_RULES } from "./all-rules";
import { findingsIn, toldBy } from "../testing/findings-in";
import { session } from "../testing/session-text";

test("a secret is found in what was there at the join, and counts once while it stays", () => {
  const joined = `0 joined Ada having {"email":"ada@mail.example.org"} with Bob`;
  expect(toldBy("email-in-data", joined)).toEqual([
    "1 payload in user data, email. Up to 1 person could read it.",
  ]);
  const state = `{"config":{"apiKey":"5f1c0a9be7d24463a8b1"},"n":$n}`;
  expect(
    toldBy(
      "api-key-in-data",
      `0 joined Ada with Bob
       10 session-data replace {"config":{"apiKey":"5f1c0a9be7d24463a8b1"}}
       100 7 times every 1000: session-state ${state}`,
    ),
  ).toEqual([
    "1 payload in session data, config.apiKey: 5f1c… (20 characters). Up to 1 person could read it: bob.",
  ]);
});

test("readers of a secret are the others, and those who are too many to be named are counted", () => {
  const token = "eyJhbGciOiJIUzI1NiJ9.eyJyIjoicWEiLCJvIjp0cnVlfQ.c2lnbmF0dXJl";
  const others = Array.from({ length: 12 }, (_, index) => `P${index}`).join(" ");
  const text = `0 joined Ada with ${others}
    10 send {"type":"invite","token":"${token}"} to *`;
  expect(toldBy("token-in-data", text)).toEqual([
    expect.stringMatching(
      /^1 payload in app messages of type invite, token: .* Up to 12 people could read it: p0, .*p9 and 2 more\.$/,
    ),
  ]);
  expect(findingsIn(text)[0]?.subject.type).toBe("invite");
});

test("a write of state is never rewritten into a message, which anyone who joins later would miss", () => {
  for (const id of ["events-through-state", "user-data-churn", "session-writes-unseen"]) {
    const rule = ALL_RULES.find((each) => each.id === id);
    expect(rule, id).toBeDefined();
    expect(rule?.rewrite, id).toBeUndefined();
  }
});

test("a call that is rewritten keeps its recipients", () => {
  const { rewrite } = ALL_RULES.find(({ id }) => id === "double-encoded") ?? {};
  const json = JSON.stringify('{"type":"cue"}');
  expect(rewrite?.(json, "id-bob")).toBe('call.sendAppMessage({"type":"cue"}, "id-bob");');
  expect(rewrite?.(json, ["id-bob", "id-cy"])).toContain('}, ["id-bob","id-cy"]);');
  expect(rewrite?.(json, "*")).toBe('call.sendAppMessage({"type":"cue"});');
});

test("what is sent from the panel isn't a finding about the app", () => {
  const text = `0 joined Ada
    10 panel send {"type":"state"} to *
    20 panel send {"type":"dump","text":"<3500>"} to #nobody`;
  expect(findingsIn(text)).toEqual([]);
});

test("what arrived once is not said to have arrived within a time", () => {
  const text = (times: number) =>
    `0 joined Ada with Bob
     10 ${times} times every 900: unheard {"type":"chat"} from Bob`;
  expect(toldBy("nobody-listened", text(1))).toEqual([
    "1 message of type chat from bob had no listener.",
  ]);
  expect(toldBy("nobody-listened", text(3))).toEqual([
    "3 messages of type chat from bob arrived within 2 seconds and had no listener.",
  ]);
});

test("a message that no call of the page listened to is reported for each", () => {
  const text = `0 joined Ada with Bob
    10 another joined Helper with Ada Bob
    40 another unheard {"type":"chat"} from Bob
    41 unheard {"type":"chat"} from Bob`;
  expect(toldBy("nobody-listened", text)).toHaveLength(2);
});

test("listeners that come without anybody joining pile up, whoever joined before", () => {
  const text = `0 joined Ada
    10 joins Bob
    20 joins Cy
    30 joins Dee
    40 joins Eve
    50 joins Flo
    60 received {"type":"chat"} from Bob by 1
    9000 received {"type":"chat"} from Bob by 1
    10000 6 times every 900: received {"type":"chat"} from Bob by $n`;
  expect(toldBy("listeners-grow", text)).toEqual([
    "app-message has gone up to 6 listeners, and never down in this stay.",
  ]);
});

test("types beyond the bound are reported as others, and can’t be muted as a type", () => {
  const text = `0 joined Ada with Bob
    10 42 times every 10: unheard {"type":"t$n"} from Bob`;
  expect(toldBy("nobody-listened", text).at(-1)).toBe(
    "2 messages of other types from bob arrived within 1 second and had no listener.",
  );
  expect(findingsIn(text).at(-1)?.subject.type).toBeUndefined();
});

test("a secret of someone who was there before is found at the join and in a snapshot", () => {
  const [joined] = session("0 joined Ada with Bob Cy");
  const [bob] = session('0 updated Bob {"email":"bob@mail.example.org"}');
  if (joined?.kind !== "daily-event" || joined.name !== "joined-meeting") throw new Error("joined");
  if (bob?.kind !== "daily-event" || bob.name !== "participant-updated") throw new Error("Bob");
  const { participant, payload } = bob;
  const isBob = (id: string) => id === participant.session_id;
  const participants = joined.participants.map((each) =>
    isBob(each.participant.session_id) && payload ? { participant, payload } : each,
  );
  const { seq, at, callId } = joined;
  const snapshot = {
    seq,
    at,
    callId,
    participants,
    version: "",
    url: "",
    meetingState: "joined-meeting",
    kind: "call-snapshot",
    mode: "call-object",
  } as const;
  for (const event of [{ ...joined, participants }, snapshot])
    expect(toldBy("email-in-data", [event])).toEqual([
      "1 payload in user data, email. Up to 2 people could read it.",
    ]);
});
