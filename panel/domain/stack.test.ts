import fc from "fast-check";
import { expect, test } from "vitest";

import { initiatorOf, parseStack, placeText } from "./stack";

test.each([
  ["at sendGreeting (https://app.example/src/chat.ts:12:7)", "sendGreeting chat.ts:12"],
  ["    at https://app.example/main.js?v=3:1:20", " main.js:1"],
  ["at async Promise.all (index 0)\nat async go (https://app.example/go.js:2:1)", "go go.js:2"],
  [
    "at Object.send [as onClick] (webpack-internal:///./src/App.tsx:9:3)",
    "Object.send [as onClick] App.tsx:9",
  ],
  ["send@https://app.example/chat.ts:12:7", "send chat.ts:12"],
  ["async*send/<@https://app.example/chat.ts:12:7", "send chat.ts:12"],
  ["@https://app.example/chat.ts:3:1", " chat.ts:3"],
  ["at https://app.example/:5:1", " app.example:5"],
])("a frame of %s", (stack, expected) => {
  const [frame] = parseStack(stack);
  expect(frame && `${frame.functionName} ${placeText(frame)}`).toBe(expected);
});

test("the initiator is the app's own frame, behind those of libraries", () => {
  const frames = parseStack(`
    at n.sendAppMessage (https://app.example/node_modules/.vite/deps/@daily-co_daily-react.js?v=1:80:3)
    at onClick (https://app.example/src/Chat.tsx:31:5)
    at dispatch (https://unpkg.com/react-dom@19/index.js:1:1)`);
  expect(frames.map(({ isLibrary }) => isLibrary)).toEqual([true, false, true]);
  expect(initiatorOf(frames)?.line).toBe(31);
  expect(initiatorOf(frames.filter(({ isLibrary }) => isLibrary))?.line).toBe(80);
  expect(initiatorOf([])).toBeUndefined();
});

test("any text is read without a throw, and places are numbers", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { line, column } of parseStack(text)) {
        expect(Number.isNaN(line) || Number.isNaN(column)).toBe(false);
      }
    }),
  );
});
