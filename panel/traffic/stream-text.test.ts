import { expect, test } from "vitest";

import { session } from "../../core/testing/session-text";
import type { Entry } from "../../core/session/session-log";
import type { RowGroup } from "../session/table-rows";
import { streamTextOf } from "./stream-text";

const group = (lines: readonly string[]): RowGroup => ({
  key: "k",
  label: "l",
  isOpen: false,
  entries: session(lines.join("\n")).map((event, index): Entry => ({
    index,
    documentId: "page",
    event,
  })),
});

const token = (text: string, at: number, type = "bot-llm-text") =>
  `${at} received ${JSON.stringify({ label: "rtvi-ai", type, data: { text } })} from Vera`;

test("the pieces of a stream are told as the text that they are so far", () => {
  const grown = group([token("It", 0), token(" is", 1)]);
  expect(streamTextOf(grown, undefined)).toBe("It is");
  grown.entries.push(...group([token(" noon.", 2)]).entries);
  expect(streamTextOf(grown, undefined)).toBe("It is noon.");
  const words = group([token("It", 0, "bot-tts-text"), token("is", 1, "bot-tts-text")]);
  expect(streamTextOf(words, undefined)).toBe("It is");
});

test("of a long text there is the end, and of other messages nothing", () => {
  const long = group(Array.from({ length: 700 }, (_, at) => token(` w${at}`, at)));
  const text = streamTextOf(long, undefined) ?? "";
  expect(text).toMatch(/^….* w699$/s);
  expect(text.length).toBeLessThanOrEqual(200);
  expect(streamTextOf(group(['0 received {"type":"chat"} from Bob']), undefined)).toBeUndefined();
});
