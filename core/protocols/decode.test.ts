import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { leafPaths, withValueAt } from "../lib/paths";
import { PROTOCOL_SAMPLES, type ProtocolSample } from "../testing/protocol-samples";
import { decode } from "./decode";
import { LEMONSLICE } from "./lemonslice";
import { PREBUILT_CHAT } from "./prebuilt-chat";
import { RTVI } from "./rtvi";
import { TAVUS } from "./tavus";
import { TRANSCRIPTION } from "./transcription";
import { VAPI } from "./vapi";

const decodeSample = ({ data, direction, fromId }: Omit<ProtocolSample, "type" | "line">) =>
  decode(data, { direction, ...(fromId !== undefined && { fromId }) });

describe("a message of a protocol", () => {
  test.each(PROTOCOL_SAMPLES.map((sample) => [sample.type, sample] as const))(
    "%s",
    (type, sample) => {
      const decoded = decodeSample(sample);
      expect(decoded).toMatchObject({ protocol: sample.protocol, type, isKnown: true });
      expect(decoded?.line).toBe(sample.line);
    },
  );

  test("has a sample, but for those whose form isn’t known", () => {
    const seen = new Set(PROTOCOL_SAMPLES.map(({ protocol, type }) => `${protocol} ${type}`));
    const missing = [RTVI, TAVUS, PREBUILT_CHAT, VAPI, LEMONSLICE, TRANSCRIPTION].flatMap(
      ({ id, types }) => [...types.keys()].filter((type) => !seen.has(`${id} ${type}`)),
    );
    expect(missing).toMatchInlineSnapshot(`
      [
        "send-file",
        "ui-cancel-task",
        "append-to-context-result",
        "config",
        "update-config",
        "get-config",
        "describe-config",
        "describe-actions",
        "action",
        "action-response",
        "actions-available",
        "conversation.pal.started_speaking",
        "conversation.pal.stopped_speaking",
        "guardrail",
        "chat.updated",
        "chat.deleted",
        "chat.delete.failed",
        "session.created",
        "session.deleted",
        "session.delete.failed",
        "call.created",
        "call.updated",
        "call.delete.failed",
      ]
    `);
  });
});

describe("a message that is not as it should be", () => {
  /** Every value with one place dropped or of another type. */
  function* mangled(value: unknown): Generator<unknown> {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      const { [key]: old, ...rest } = value as Record<string, unknown>;
      const put = (other: unknown) =>
        Array.isArray(value)
          ? value.map((each: unknown, at) => (String(at) === key ? other : each))
          : { ...rest, [key]: other };
      if (!Array.isArray(value)) yield rest;
      for (const other of [null, 7, "", "{", [], [null], {}, true, { toString: 1 }])
        yield put(other);
      for (const inner of mangled(old)) yield put(inner);
    }
  }

  test("still shows, with each field missing or of another type", () => {
    let count = 0;
    for (const sample of PROTOCOL_SAMPLES) {
      const isText = sample.protocol === "vapi" && typeof sample.data === "string";
      const value = isText && sample.data !== "listening" && sample.data !== "playable";
      const original: unknown = value ? JSON.parse(sample.data) : sample.data;
      for (const each of mangled(original)) {
        count++;
        const decoded = decodeSample({ ...sample, data: value ? JSON.stringify(each) : each });
        if (decoded) expectSound(decoded);
      }
    }
    expect(count).toBeGreaterThan(3_000);
  });

  test("whatever is put anywhere", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PROTOCOL_SAMPLES),
        fc.array(fc.tuple(fc.nat(40), fc.jsonValue()), { maxLength: 4 }),
        (sample, changes) => {
          const isText = typeof sample.data === "string" && sample.data.startsWith("{");
          let data: unknown = isText ? JSON.parse(sample.data) : sample.data;
          for (const [place, value] of changes) {
            const paths = leafPaths(data);
            data = withValueAt(data, paths[place % paths.length] ?? [], value);
          }
          if (isText) data = JSON.stringify(data);
          const decoded = decodeSample({ ...sample, data });
          if (decoded) expectSound(decoded);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("anything at all", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (data, isTranscription) => {
        const decoded = decode(data, {
          direction: "in",
          fromId: isTranscription ? "transcription" : "p1",
        });
        if (decoded) expectSound(decoded);
      }),
    );
  });

  /** All that others rely on. */
  function expectSound(decoded: NonNullable<ReturnType<typeof decode>>): void {
    expect(typeof decoded.label).toBe("string");
    if (decoded.line !== undefined) expect(decoded.line.length).toBeLessThan(2_000);
    for (const part of decoded.parts ?? []) {
      if ("text" in part) expect(typeof part.text).toBe("string");
      if ("name" in part) expect(typeof part.name).toBe("string");
    }
    if (decoded.stream) expect(typeof decoded.stream.text).toBe("string");
  }
});

describe("which protocol a message is of", () => {
  test.each([
    [{ label: "rtvi-ai", type: "new-one", data: { a: 1 } }, "rtvi new-one", false],
    [{ label: "rtvi-ai" }, "rtvi (no type)", false],
    [{ label: "rtvi-ai", type: "constructor" }, "rtvi constructor", false],
    [{ message_type: "conversation", event_type: "conversation.new" }, "conversation.new", false],
    [
      { message_type: "conversation", event_type: "conversation.guardrail_hit", guardrail: "x" },
      "conversation.guardrail_hit",
      true,
    ],
    [{ event: "chat-msg", message: "/imagine" }, "chat-msg", true],
    ['{"type":"transcript[transcriptType=\'final\']","role":"user"}', "transcript", true],
  ])("%j", (data, label, isKnown) => {
    expect(decode(data, { direction: "in" })).toMatchObject({ label, isKnown });
  });

  test.each([
    { type: "transcript", role: "user" },
    '{"type":"status"}',
    "hello",
    "{",
    { event: "interrupt" },
    { event_type: "joined" },
    null,
    7,
    [{ label: "rtvi-ai" }],
  ])("none: %j", (data) => {
    expect(decode(data, { direction: "in" })).toBeUndefined();
  });

  test("JSON text inside a string is read once", () => {
    const message = { label: "rtvi-ai", type: "bot-llm-text", data: { text: '{"a":1}' } };
    const decoded = decode(JSON.stringify(message), { direction: "in" });
    expect(decoded).toMatchObject({ inner: message, content: { text: '{"a":1}' } });
  });
});
