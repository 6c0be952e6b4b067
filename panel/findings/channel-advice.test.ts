import { expect, test } from "vitest";

import { howItWouldBe } from "./channel-advice";
import { storeOf } from "../testing/recording-files";
import { CALL_ID, session } from "../../core/testing/session-text";

/** What the guide says of the first type of a session, on each of the three channels. */
async function advice(text: string): Promise<string[]> {
  const events = session(text);
  const store = storeOf(events);
  await expect.poll(() => store.findings.current.value.events).toBe(events.length);
  const [usage] = store.findings.current.value.types;
  const call = store.callOf(CALL_ID);
  return usage && call ? howItWouldBe(usage, call).map(({ text: said }) => said) : [];
}

test("the busiest sender decides what user data could hold", async () => {
  const text = `0 joined Ada with Bob Cy Dee
    10 10 times every 1300: received {"type":"reaction"} from Bob
    400 10 times every 1300: received {"type":"reaction"} from Cy
    800 10 times every 1300: received {"type":"reaction"} from Dee`;
  const [message, user, room] = await advice(text);
  expect(message).toMatch(/^0 sent and 30 received, 2\.\d a second\. Not kept: no one has joined/);
  expect(user).not.toContain("a second");
  expect(room).toContain("a second is more than about one a second (documented)");
});

test("one message has no rate, and no one misses what was for someone", async () => {
  const [message] = await advice(`0 joined Ada with Bob
    10 send {"type":"cue"} to Bob
    20 joins Cy`);
  expect(message).toBe(
    "1 sent and 0 received. Not kept: each was for someone who was there. The largest takes 1% of the limit.",
  );
});

test("who joined later missed what went to all, and perhaps what came in", async () => {
  const [sent] = await advice(`0 joined Ada with Bob
    10 send {"type":"layout"} to *
    20 joins Cy`);
  expect(sent).toContain("1 participant joined after the first and missed it.");
  const [received] = await advice(`0 joined Ada with Bob
    10 received {"type":"layout"} from Bob
    20 joins Cy`);
  expect(received).toContain(
    "1 participant joined after the first and missed it, if it went to all.",
  );
});
