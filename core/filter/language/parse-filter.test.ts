import { expect, test } from "vitest";

import { type Condition, FILTER_KEY_NAMES, FILTER_KEYS } from "./filter-keys";
import { parseFilter } from "./parse-filter";
import { printFilter } from "./print-filter";

/** The conditions of a text without their places; fails on problems. */
function conditions(text: string): readonly (Condition & { not?: true })[] {
  const { terms, problems } = parseFilter(text);
  expect(problems).toEqual([]);
  return terms.map(({ condition, isNegated }) => ({
    ...condition,
    ...(isNegated && { not: true }),
  }));
}

test.each<[string, ...(Condition & { not?: true })[]]>([
  ["two words", { key: "text", text: "two" }, { key: "text", text: "words" }],
  ['"two words"', { key: "text", text: "two words" }],
  [String.raw`"a \"b\" \\"`, { key: "text", text: String.raw`a "b" \ `.trim() }],
  [
    '-chat -"a b"',
    { key: "text", text: "chat", not: true },
    { key: "text", text: "a b", not: true },
  ],
  ['"kind":"chat"', { key: "text", text: '"kind":"chat"' }],
  ['{"kind":1}', { key: "text", text: '{"kind":1}' }],
  ["https://x.example/y", { key: "text", text: "https://x.example/y" }],
  [
    "a=b (c:d {size size=",
    { key: "text", text: "a=b" },
    { key: "text", text: "(c:d" },
    { key: "text", text: "{size" },
    { key: "text", text: "size=" },
  ],
  ["/api/rooms", { key: "text", text: "/api/rooms" }],
  [
    "12:30 - a",
    { key: "text", text: "12:30" },
    { key: "text", text: "-" },
    { key: "text", text: "a" },
  ],
  ["/a b[/]c/ig", { key: "regex", source: "a b[/]c", flags: "i" }],
  ["channel:session,App-Message", { key: "channel", values: ["session", "app"] }],
  ["DIRECTION:out", { key: "dir", values: ["out"] }],
  ['from:"Ada L",Bob', { key: "from", values: ["Ada L", "Bob"] }],
  ["to:*", { key: "to", values: ["*"] }],
  ["event:app-message", { key: "name", values: ["app-message"] }],
  ["-type:cursor", { key: "type", values: ["cursor"], not: true }],
  ["status:refused,no-listener", { key: "status", values: ["refused", "no-listener"] }],
  ["size:>2k", { key: "size", values: [{ comparator: ">", value: 2048 }] }],
  ["size:1k..4k", { key: "size", values: [{ comparator: "..", value: 1024, end: 4096 }] }],
  [
    "bytes:5,..9",
    {
      key: "bytes",
      values: [
        { comparator: "=", value: 5 },
        { comparator: "..", value: 0, end: 9 },
      ],
    },
  ],
  ["late:>0.5s", { key: "late", values: [{ comparator: ">", value: 500 }] }],
  ["handler:16", { key: "handler", values: [{ comparator: ">=", value: 16 }] }],
  [
    "listeners:<=1 seq:10..",
    { key: "listeners", values: [{ comparator: "<=", value: 1 }] },
    { key: "seq", values: [{ comparator: ">=", value: 10 }] },
  ],
  [
    "since:join until:LEAVE",
    { key: "since", values: [{ kind: "join" }] },
    { key: "until", values: [{ kind: "leave" }] },
  ],
  [
    "since:5m until:+3s",
    { key: "since", values: [{ kind: "ago", ms: 300_000 }] },
    { key: "until", values: [{ kind: "after-start", ms: 3_000 }] },
  ],
  ["since:12:30:05.5", { key: "since", values: [{ kind: "clock", ms: 45_005_500 }] }],
  [
    "path:poll.votes",
    { key: "path", values: [{ path: ["poll", "votes"], comparison: undefined }] },
  ],
  [
    "path:poll.votes=3",
    {
      key: "path",
      values: [
        { path: ["poll", "votes"], comparison: { comparator: "=", value: "3", isQuoted: false } },
      ],
    },
  ],
  [
    'path:items[0].id="x y"',
    {
      key: "path",
      values: [
        { path: ["items", 0, "id"], comparison: { comparator: "=", value: "x y", isQuoted: true } },
      ],
    },
  ],
  [
    'path:a["odd key"][*]>=2',
    {
      key: "path",
      values: [
        {
          path: ["a", "odd key", "*"],
          comparison: { comparator: ">=", value: "2", isQuoted: false },
        },
      ],
    },
  ],
  ["seat:Bob,*", { key: "seat", values: ["Bob", "*"] }],
  ['seat:"Ada L"', { key: "seat", values: ["Ada L"] }],
  [
    "delivered:None,<100ms,1s..5s",
    {
      key: "delivered",
      values: [
        "none",
        { comparator: "<", value: 100 },
        { comparator: "..", value: 1_000, end: 5_000 },
      ],
    },
  ],
  [
    '-delivered:all delivered:"lost"',
    { key: "delivered", values: ["all"], not: true },
    { key: "delivered", values: ["lost"] },
  ],
  ["has:stack by:panel", { key: "has", values: ["stack"] }, { key: "by", values: ["panel"] }],
])("%s is read", (text, ...expected) => {
  expect(conditions(text)).toEqual(expected);
});

test.each<[string, string, string]>([
  ["a chanel:app", "chanel", "Unknown filter “chanel”. Did you mean channel?"],
  ["localhost:3000", "localhost", "Unknown filter “localhost”. To search for text, use quotes."],
  ["-status:refsued,synced", "refsued", "Unknown status “refsued”. Did you mean refused?"],
  ["dir:up", "up", "Unknown dir “up”. It is one of in, out."],
  ["channel:", "channel:", "channel needs a value, as in channel:app,session."],
  ["channel:app,", ",", "There is nothing between the commas."],
  ["size:big", "big", "“big” isn’t a size. Try 2048, >2k or 1k..4k."],
  ["late:>2x", ">2x", "“>2x” isn’t a duration. Try 500ms, >2s or 1s..5s."],
  ["seat:", "seat:", "seat needs a value, as in seat:Bob."],
  ["delivered:dubled,all", "dubled", "Unknown delivered “dubled”. Did you mean doubled?"],
  ["delivered:>2x", ">2x", "Unknown delivered “>2x”. Try all, none, lost or <100ms."],
  ["delivered:", "delivered:", "delivered needs a value, as in delivered:<100ms."],
  ["since:5", "5", "“5” isn’t a time. Try join, leave, 5m, 12:30:05 or +3s."],
  ["path:a..b", "a..b", '“..b” isn’t part of a path. Odd keys go in brackets: path:a["odd key"].'],
  ["path:a=", "a=", "Nothing to compare with after =."],
  ["from:*", "*", "No one sends as everyone: use * with to."],
  ["/(/", "/(/", "Invalid regular expression: /(/: Unterminated group"],
  [
    "/(a+)+$/",
    "/(a+)+$/",
    "This could take forever on some texts: it repeats something that repeats. Make it simpler.",
  ],
  [
    "chat /re x",
    "/re x",
    "A regular expression ends with a slash, too. To search for it as text, use quotes.",
  ],
  [
    "type:/c.*/",
    "/c.*/",
    "A regular expression stands alone, without a key. To use it as a plain value, add quotes.",
  ],
  [
    "type:a OR type:b",
    "OR",
    "OR is a word to look for. Values of one key are joined by commas: type:chat,poll.",
  ],
  ['"open', '"open', "The quote is not closed. It reaches to the end."],
  ['from:"Ada', '"Ada', "The quote is not closed."],
])("%s has a problem at its place", (text, place, message) => {
  const { problems } = parseFilter(text);
  expect(problems.map(({ from, to, message: said }) => [text.slice(from, to), said])).toEqual([
    [place, message],
  ]);
});

test("what is understood still filters beside what is not", () => {
  const { terms } = parseFilter("chanel:app status:refsued,synced hello");
  expect(printFilter(terms)).toBe("status:synced hello");
});

test("the example of every key is read without a problem, as that key", () => {
  for (const key of FILTER_KEY_NAMES) {
    expect(conditions(FILTER_KEYS[key].example)).toMatchObject([{ key }]);
  }
});
