import { expect, test } from "vitest";

import { parseFilter } from "../domain/filter-language/parse-filter";
import { filterText } from "./filter-text";

test.each([
  ["from", "Ada (you)", "from:Ada"],
  ["from", "Ada B.", 'from:"Ada B."'],
  ["type", "chat", "type:chat"],
  ["type", "setUserData()", "name:setUserData"],
  ["type", "participant-updated", "name:participant-updated"],
  ["type", "(no type)", "channel:app -type:*"],
] as const)("%s %s is %s", (key, value, expected) => {
  expect(filterText(key, value).replace("()", "")).toBe(expected);
  expect(parseFilter(filterText(key, value)).problems).toEqual([]);
});
