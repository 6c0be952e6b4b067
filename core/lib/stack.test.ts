import fc from "fast-check";
import { expect, test } from "vitest";

import { initiatorOf, listedUrl, parseStack, placeText } from "./stack";

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
  ["at Page (https://app.example/routes/(app)/room/page.js:4:9)", "Page page.js:4"],
  ["at https://app.example/routes/(app)/room/page.js:4:9", " page.js:4"],
  ["at send (webpack-internal:///(app-pages-browser)/./src/page.tsx:7:3)", "send page.tsx:7"],
  ["at async send (webpack-internal:///./src/(a)/page.tsx:7:3)", "send page.tsx:7"],
  ["at new Room (https://app.example/room.js:2:5)", "new Room room.js:2"],
  ["at eval (eval at run (https://app.example/run.js:8:3), <anonymous>:1:1)", "run run.js:8"],
  ["at eval (eval at x (https://a.example/x.js:1:2), webpack:///src/y.js:6:4)", "eval y.js:6"],
  ["send@https://app.example/@scope/(app)/chat.ts:12:7", "send chat.ts:12"],
  ["run@https://app.example/run.js line 8 > eval:1:1", "run run.js:8"],
  ["promise callback*send@https://app.example/chat.ts:12:7", "send chat.ts:12"],
  ["at sendChat (https://app.example/bundle.js:2:48211)", "sendChat sendChat"],
  ["at https://app.example/bundle.js:2:48211", " bundle.js:2"],
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

test.each([
  ["webpack-internal:///./contexts/Chat.js", "webpack-internal:///contexts/Chat.js"],
  ["webpack-internal:///../lib/Chat.js", "webpack-internal:///lib/Chat.js"],
  ["webpack:///./chat.js?", "webpack:///chat.js"],
  ["webpack://my-app/./src/chat.js?", "webpack://my-app/src/chat.js"],
  [
    "webpack-internal:///(app-pages-browser)/./src/page.tsx",
    "webpack-internal:///(app-pages-browser)/src/page.tsx",
  ],
  ["https://app.example/chat.js?t=1764300000123", "https://app.example/chat.js?t=1764300000123"],
  ["https://app.example/chat.js?", "https://app.example/chat.js"],
])("DevTools lists %s as %s", (url, listed) => {
  expect(listedUrl(url)).toBe(listed);
});
