import { expect, test } from "vitest";

import { completeFilter } from "./complete-filter";

const known = {
  seen: (key: string) =>
    ({ type: ["reaction", "rtvi bot-ready"], from: ["Ada", "Bob"], path: ["poll.votes"] })[key] ??
    [],
  saved: [{ name: "My errors", text: "status:error" }],
};

/** The first completions at `|`, as the text would be after each. */
function completed(marked: string): string[] {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  return completeFilter(text, cursor, known)
    .slice(0, 3)
    .map(({ from, to, insert }) => text.slice(0, from) + insert + text.slice(to));
}

test.each<[string, string[]]>([
  ["|", ["status:error", "channel:", "dir:"]],
  ["a li|", ["a listeners:"]],
  ["a -ty|", ["a -type:"]],
  ["a -|", ["status:error", "a -channel:", "a -dir:"]],
  ["si| b", ["since: b", "size: b"].toReversed()],
  ["type:|", ["type:reaction", 'type:"rtvi bot-ready"']],
  ["type:chat,bot|", ['type:chat,"rtvi bot-ready"']],
  ["event:x,|", []],
  ["dir:o| x", ["dir:out x"]],
  ["dir:out|", []],
  ["-from:b|", ["-from:Bob"]],
  ["to:|", ["to:*"]],
  ["path:vo|", ["path:poll.votes"]],
  ["since:|", ["since:join", "since:leave", "since:5m"]],
  ["size:|", ["size:>2k"]],
  ["err|", ["status:error"]],
  ['"ch|', []],
  ["/ch|/", []],
  ["nokey:x|", []],
])("%s goes on as expected", (marked, expected) => {
  expect(completed(marked)).toEqual(expected);
});
