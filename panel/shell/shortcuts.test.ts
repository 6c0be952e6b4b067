import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { listShortcuts } from "./shortcuts";

test("the list of shortcuts has every key of the README", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const section = /^## Keys\n([\s\S]*?)\n\n[^|\n]/m.exec(readme)?.[1] ?? "";
  const inReadme = [...section.matchAll(/`([^`]+)`/g)].map(([, key = ""]) => key);
  const inPanel = listShortcuts(false)
    .flatMap(({ keys }) => keys)
    .flatMap(([keys]) => keys.split(/ or | /));
  expect(inReadme.length).toBeGreaterThan(30);
  // With the arrows; a remark in both.
  const known = [...inPanel, "Shift"];
  expect(inReadme.filter((key) => !known.includes(key))).toEqual([]);
});
