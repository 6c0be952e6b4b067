import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { SAMPLES } from "./core/testing/samples";
import pkg from "./package.json" with { type: "json" };
import { FILTER_KEY_NAMES } from "./core/filter/language/filter-keys";
import { rulesPage } from "./scripts/rules-page";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

test("the changelog starts with the current version", () => {
  expect(/^## (.+)$/m.exec(read("CHANGELOG.md"))?.[1]).toBe(pkg.version);
});

test("the architecture shows every kind of event", () => {
  const table = read("ARCHITECTURE.md");
  for (const kind of Object.keys(SAMPLES)) expect(table).toContain(`| \`${kind}\` |`);
});

test("the page on the filter language has every key", () => {
  const page = read("docs/filter.md");
  for (const key of FILTER_KEY_NAMES) expect(page).toContain(`\`${key}:\``);
});

test("the page on the rules is as `npm run docs:rules` writes it", () => {
  expect(read("docs/rules.md")).toBe(rulesPage());
});
