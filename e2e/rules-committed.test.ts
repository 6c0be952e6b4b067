import { readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { ALL_RULES } from "../core/rules/all-rules";

const specs = readdirSync(new URL(".", import.meta.url))
  .filter((name) => /^rules-of-.*\.spec\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(new URL(name, import.meta.url), "utf8") }));

/** Ids of the rules that a spec expects to find something. */
const idsIn = (text: string): string[] =>
  [...text.matchAll(/\brule: "([\w-]+)"/g)].map(([, id = ""]) => id);

test("every rule is broken in a real browser, by a page with the real daily-js", () => {
  const committed = new Set(specs.flatMap(({ text }) => idsIn(text)));
  expect(ALL_RULES.map(({ id }) => id).filter((id) => !committed.has(id))).toEqual([]);
});

test.each(specs)(
  "each call in $name is checked for findings that it should not have",
  ({ text }) => {
    const calls = text.split(/^test\(/m).slice(1);
    expect(calls.length).toBeGreaterThan(0);
    // It waits for exactly the findings that it is told to expect.
    for (const call of calls) expect(call).toContain("await expectFindings(panel, [");
  },
);
