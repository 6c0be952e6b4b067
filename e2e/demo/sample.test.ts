import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { judgeRecording } from "../../headless/judge-recording";
import { SAMPLE } from "./sample";

const text = readFileSync(SAMPLE.file, "utf8");

test("the sample is read without a loss, has both ends, and teaches six things", () => {
  const { judge, skipped, scene } = judgeRecording("sample", text);
  expect(skipped).toBe(0);
  const people = [...scene.log.documents.values()].map(({ seat }) => (seat ? "seat" : "page"));
  expect(people.sort()).toEqual(["page", "seat"]);
  expect(
    judge
      .findings()
      .map(({ rule }) => rule.id)
      .sort(),
  ).toEqual(SAMPLE.rules);
});

test("the sample is small and tells nothing of the machine that it was made on", () => {
  expect(text.length).toBeLessThan(SAMPLE.maxChars);
  expect(text).not.toMatch(/127\.0\.0\.1|localhost|\/home\/|\/root\//);
});
