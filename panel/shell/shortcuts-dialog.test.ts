// @vitest-environment happy-dom
import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { SHORTCUTS } from "./shortcuts-dialog";

test("the page on keys has every key of the list, with the same words", () => {
  const page = readFileSync("docs/guide/keys.md", "utf8");
  for (const { where, keys } of SHORTCUTS) {
    expect(page).toContain(`## ${where}\n`);
    for (const [key, means] of keys)
      expect(page).toContain(`| \`${key.replaceAll("⌘", "Ctrl+")}\` | ${means} |`);
  }
});
