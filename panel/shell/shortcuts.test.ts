import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { listShortcuts } from "./shortcuts";

test("the page on keys has every key of the list, with the same words, and no other", () => {
  const page = readFileSync(new URL("../../docs/guide/keys.md", import.meta.url), "utf8");
  const sections = page.split(/^## /m).slice(1);
  const inPage = sections.map((section) => ({
    where: section.split("\n", 1)[0],
    keys: [...section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, key, does]) => [key, does]),
  }));
  expect(inPage).toEqual(listShortcuts(false));
});
