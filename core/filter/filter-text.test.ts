import { expect, test } from "vitest";

import { parseFilter } from "./language/parse-filter";
import { senderFilter, typeFilter } from "./language/print-filter";

test.each([
  ["Ada", "from:Ada"],
  ["Ada B.", 'from:"Ada B."'],
])("messages of %s are %s", (name, expected) => {
  expect(senderFilter(name)).toBe(expected);
});

test.each([
  ["app-message", "chat", "type:chat"],
  // An app may call its types anything.
  ["app-message", "participant-updated", "type:participant-updated"],
  ["user-data", "setUserData()", "channel:user name:setUserData()"],
  ["user-data", "participant-updated", "channel:user name:participant-updated"],
  ["app-message", "(no type)", "channel:app -type:*"],
] as const)("%s of type %s are %s", (channel, type, expected) => {
  expect(typeFilter({ channel, type })).toBe(expected);
  expect(parseFilter(typeFilter({ channel, type })).problems).toEqual([]);
});
