import { expect, test } from "vitest";

import { logOf } from "../../testing/log-of-text";
import { completeFilter, seenValues } from "./complete-filter";

const known = {
  seen: (key: string) =>
    ({
      type: ["reaction", "rtvi bot-ready"],
      from: ["Ada", "Bob"],
      path: ["poll.votes"],
      seat: ["Bob", "Ada L"],
    })[key] ?? [],
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
  ["sea|", ["seat:"]],
  ["seat:|", ["seat:*", "seat:Bob", 'seat:"Ada L"']],
  ["seat:bo|", ["seat:Bob"]],
  ["del|", ["delivered:"]],
  ["delivered:|", ["delivered:all", "delivered:some", "delivered:none"]],
  ["delivered:all,lo|", ["delivered:all,lost"]],
  ["-delivered:no|", ["-delivered:none", "-delivered:unknown"]],
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

test("seats are offered by the names of those who sit there", () => {
  const log = logOf(`
    0 joined Ada with Bob Cy
    0 at Bob: joined Bob with Ada Cy
    0 at Cy: created`);
  expect(seenValues(log, "seat")).toEqual(["Bob"]);
});
