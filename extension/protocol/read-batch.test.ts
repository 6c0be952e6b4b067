import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { PROTOCOL_VERSION } from "./envelope";
import { readBatch } from "./read-batch";
import { ALL_SAMPLES, SAMPLES } from "../../core/testing/samples";

const batchOf = (...events: unknown[]) => JSON.stringify({ protocol: PROTOCOL_VERSION, events });

describe("every kind of event", () => {
  test.each(
    ALL_SAMPLES.map(
      (sample) => [`${sample.kind} ${"name" in sample ? sample.name : ""}`, sample] as const,
    ),
  )("%s survives its way from page to panel", (_, sample) => {
    expect(structuredClone(sample)).toEqual(sample);
    expect(readBatch(batchOf(sample))).toEqual({ ok: true, events: [sample], invalid: 0 });
  });
});

describe("what no hook of ours sends", () => {
  test.each([
    ["no text", 42, "not a text"],
    ["no JSON", "{", "not JSON"],
    ["no batch", "null", "not a batch of events"],
    [
      "events that are no list",
      JSON.stringify({ protocol: 1, events: {} }),
      "not a batch of events",
    ],
    [
      "another version",
      JSON.stringify({ protocol: 99, events: [] }),
      "the page speaks protocol 99, this panel 1",
    ],
  ])("%s is refused", (_, text, reason) => {
    expect(readBatch(text)).toEqual({ ok: false, reason });
  });

  const call = SAMPLES["method-called"];
  test.each([
    ["unknown kind", { ...call, kind: "eval" }],
    ["no number", { ...call, seq: undefined }],
    ["number below one", { ...call, seq: 0 }],
    ["fractional number", { ...call, seq: 1.5 }],
    ["sizes that contradict the text", { ...call, payload: { json: "{}", chars: 9, bytes: 9 } }],
    ["endless id", { ...call, callId: "x".repeat(1_000) }],
    ["a number for a text", { ...call, error: { name: 1, message: "" } }],
    ["a time that no date can say", { ...call, at: 9e15 }],
    ["null", null],
  ])("an event with %s is left out and counted, the others stay", (_, event) => {
    expect(readBatch(batchOf(call, event, call))).toEqual({
      ok: true,
      events: [call, call],
      invalid: 1,
    });
  });

  test("anything at all is answered, never thrown", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.json(),
          fc.array(fc.jsonValue()).map((events) => batchOf(...events)),
        ),
        (text) => {
          expect(readBatch(text)).toHaveProperty("ok");
        },
      ),
    );
  });
});
