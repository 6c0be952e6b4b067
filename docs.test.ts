import { existsSync, readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { SAMPLES } from "./core/testing/samples";
import pkg from "./package.json" with { type: "json" };
import { AGENT_TOOLS } from "./extension/protocol/agent-tools";
import { FILTER_KEY_NAMES } from "./core/filter/language/filter-keys";
import { NEWS } from "./panel/welcome/whats-new";
import { guideFiles } from "./scripts/guide-pages";
import { rulesPage } from "./scripts/rules-page";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

test("the changelog starts with the current version", () => {
  expect(/^## (.+)$/m.exec(read("CHANGELOG.md"))?.[1]).toBe(pkg.version);
});

test("the lock file has the current version", () => {
  const lock = JSON.parse(read("package-lock.json")) as typeof pkg & {
    packages: { "": typeof pkg };
  };
  expect([lock.version, lock.packages[""].version]).toEqual([pkg.version, pkg.version]);
});

test.each(["bug", "wrong-finding"])("the issue template %s asks for a recording", (name) => {
  const template = read(`.github/ISSUE_TEMPLATE/${name}.yml`);
  const menus = read("panel/recording/recording-menus.tsx");
  for (const control of ["Export recording", "Mask values"]) {
    expect(template).toContain(control);
    expect(menus).toContain(control);
  }
});

test("the architecture shows every kind of event", () => {
  const table = read("ARCHITECTURE.md");
  for (const kind of Object.keys(SAMPLES)) expect(table).toContain(`| \`${kind}\` |`);
});

test("the page on the filter language has every key", () => {
  const page = read("docs/filter.md");
  for (const key of FILTER_KEY_NAMES) expect(page).toContain(`\`${key}:\``);
});

test("the page for coding agents has every tool with its arguments", () => {
  const page = read("docs/agents.md");
  for (const { name, inputSchema } of AGENT_TOOLS) {
    const line = page.split("\n").find((each) => each.startsWith(`| \`${name}\` |`));
    for (const key of Object.keys(inputSchema.properties)) expect(line).toContain(`\`${key}\``);
  }
});

test("the page on the rules is as `npm run docs:rules` writes it", () => {
  expect(read("docs/rules.md")).toBe(rulesPage());
});

test("what a panel says after an update is of the current version, in words of the changelog", () => {
  expect(NEWS.version).toBe(pkg.version);
  const section = read("CHANGELOG.md").split(/^## /m)[1]?.toLowerCase();
  for (const word of NEWS.words.toLowerCase().split(", ")) expect(section).toContain(word);
});

test("every link of the panel to the guide leads to a page that ships", () => {
  const pages = new Set(guideFiles().map(({ path }) => path));
  const linked = readdirSync(new URL("panel", import.meta.url), {
    recursive: true,
    encoding: "utf8",
  })
    .filter((name) => name.endsWith(".tsx"))
    .flatMap((name) => [...read(`panel/${name}`).matchAll(/<GuideLink page="([^"]+)"/g)])
    .map(([, page = ""]) => page);
  expect(linked.length).toBeGreaterThan(3);
  expect(linked.filter((page) => !pages.has(page))).toEqual([]);
});

test("the page on trust names tests that exist", () => {
  const page = read("docs/trust.md").replaceAll(/\s+/g, " ");
  const fileAt = (name: string) =>
    ["", "e2e/", "content-script/", "panel/shell/"]
      .map((folder) => `./${folder}${name}`)
      .find((path) => existsSync(new URL(path, import.meta.url)));
  for (const [, name = ""] of page.matchAll(/`([\w/-]+(?:\.spec|\.test)?\.ts)`/g))
    expect(fileAt(name), name).toBeDefined();

  const named = [...page.matchAll(/_([a-z][^_`|]{20,})_,[^_`|]*`([\w/-]+\.(?:spec|test)\.ts)`/g)];
  expect(named.length).toBeGreaterThan(10);
  for (const [, title = "", file = ""] of named) {
    const parts = title.split("…").map((part) => part.trim());
    const text = read(fileAt(file) ?? "");
    for (const part of parts) expect(text, file).toContain(part);
  }
});
