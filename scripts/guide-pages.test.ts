import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";

import { afterEach, expect, test } from "vitest";

import { guideFiles } from "./guide-pages";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((each) => rmSync(each, { recursive: true })));

/** The guide of a repository with these documents beside the few that there must be. */
function guideOf(documents: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), "guide-"));
  folders.push(root);
  const needed = {
    "CHANGELOG.md": "# Changelog",
    "docs/README.md": "# Guide",
    "docs/guide.css": "",
  };
  for (const [path, text] of Object.entries({ ...needed, ...documents })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return new Map(guideFiles(root).map(({ path, source }) => [path, String(source)]));
}

test("every link of the guide leads to a page, a heading or a picture that ships with it", () => {
  const files = new Map(guideFiles().map(({ path, source }) => [path, String(source)]));
  const pages = [...files].filter(([path]) => path.endsWith(".html"));
  expect(files.has("docs/index.html")).toBe(true);
  expect(files.has("CHANGELOG.html")).toBe(true);
  let links = 0;
  for (const [path, html] of pages) {
    for (const [, href = ""] of html.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (href.startsWith("https://")) continue;
      links++;
      const [to = "", anchor] = href.split("#");
      const target = to === "" ? path : posix.join(posix.dirname(path), to);
      expect(files.has(target), `${path} → ${href}`).toBe(true);
      if (anchor) expect(files.get(target), `${path} → ${href}`).toContain(` id="${anchor}"`);
    }
  }
  expect(links).toBeGreaterThan(pages.length * 3);
});

test("every page can be reached from the start of the guide", () => {
  const files = new Map(guideFiles().map(({ path, source }) => [path, String(source)]));
  const reached = new Set(["docs/index.html"]);
  for (const path of reached)
    for (const [, href = ""] of (files.get(path) ?? "").matchAll(/<a href="([^"#:]+)/g))
      reached.add(posix.join(posix.dirname(path), href));
  expect([...files.keys()].filter((path) => path.endsWith(".html") && !reached.has(path))).toEqual(
    [],
  );
});

test("links go from page to page, with the anchors that GitHub has, and pictures come along", () => {
  const files = guideOf({
    "docs/guide/late.md": "# Who’s late?\n\n[a](../filter.md#a-key-seat) ![Panel](img/panel.png)",
    "docs/lost.md": "# It isn't & wasn't `there`",
    "docs/guide/img/panel.png": "PNG",
    "docs/guide/img/unused.png": "PNG",
    "docs/filter.md": "# Filter\n\n## A `key:` “seat”\n\n## A `key:` “seat”\n\n[b](#a-key-seat-1)",
  });
  const late = files.get("docs/guide/late.html");
  expect(late).toContain(`<a href="../filter.html#a-key-seat">a</a>`);
  expect(late).toContain(`<img src="img/panel.png" alt="Panel">`);
  expect(late).toContain(`href="../../docs/guide.css"`);
  expect(late).toContain(`<title>Who’s late? · Inspector for Daily</title>`);
  expect(files.get("docs/filter.html")).toContain(`<h2 id="a-key-seat-1">`);
  expect(files.get("docs/lost.html")).toContain(`<title>It isn&#39;t &amp; wasn&#39;t there · `);
  expect([...files.keys()].filter((path) => path.endsWith(".png"))).toEqual([
    "docs/guide/img/panel.png",
  ]);
});

test("markup in a document is text", () => {
  const page = guideOf({ "docs/a.md": "# A\n\n<script>x()</script>\n\na <b onclick=x()>b</b>" });
  expect(page.get("docs/a.html")).not.toMatch(/<script|<b /);
  expect(page.get("docs/a.html")).toContain("&lt;script&gt;");
});

test.each([
  ["[a](b.md)", "docs/a.md links to b.md, which isn't a page of the guide."],
  ["[a](../README.md)", "docs/a.md links to ../README.md, which isn't a page of the guide."],
  ["[a](README.md#no)", "docs/a.md links to README.md#no, and there is no such heading."],
  ["[a](javascript:x)", "docs/a.md links to javascript:x, which isn't a page of the guide."],
  ["![a](a.png)", "docs/a.md shows a.png, and there is no such file."],
])("%s says what is wrong", (markdown, message) => {
  expect(() => guideOf({ "docs/a.md": markdown })).toThrow(message);
});
