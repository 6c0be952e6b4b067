import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";

import type { Token, Tokens } from "marked";
import { expect, test } from "vitest";

import { FILTER_KEY_NAMES } from "./core/filter/language/filter-keys";
import { parseFilter } from "./core/filter/language/parse-filter";
import { LIMITS } from "./core/daily/limits";
import { readRecording } from "./core/recording/read-recording";
import { ALL_RULES } from "./core/rules/all-rules";
import { findingAsTest } from "./core/session/as-test";
import { STATUS_WORDS, statusWord } from "./core/session/row-status";
import { SAMPLES } from "./core/testing/samples";
import { parseCommand } from "./headless/cli/arguments";
import pkg from "./package.json" with { type: "json" };
import { headlessDocuments } from "./scripts/headless-documents";
import { brokenLinks, ofType, tokensOf } from "./scripts/markdown";
import { sourceFiles } from "./scripts/source-files";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
/** Files of a folder of the repository, by their path from its root. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: "utf8" }).map(
    (name) => `${folder}/${name.replaceAll("\\", "/")}`,
  );

type Document = {
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
};

const GUIDE = filesIn("docs/guide").filter((path) => path.endsWith(".md"));
const DOCUMENTS: ReadonlyMap<string, Document> = new Map(
  [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "BUILDING.md",
    "PRIVACY.md",
    "SECURITY.md",
    ...["docs", "store"].flatMap(filesIn).filter((path) => path.endsWith(".md")),
  ].map((path) => {
    const text = read(path);
    return [path, { path, text, tokens: tokensOf(text) }];
  }),
);

const STORES = ["addons.mozilla.org", "chrome.google.com", "partner.microsoft.com"];
const TOOLS = ["crxjs.dev", "vite.dev", "github.com"];

/** Each document, and each thing in it that is looked at. */
const each = <T>(find: (document: Document) => readonly T[], paths = [...DOCUMENTS.keys()]) =>
  paths.flatMap((path) => {
    const document = DOCUMENTS.get(path);
    return document ? find(document).map((found) => ({ path, found })) : [];
  });

const codeSpans = ({ tokens }: Document) =>
  ofType<Tokens.Codespan>(tokens, "codespan").map(({ text }) => text.replaceAll("\\|", "|"));
const shellLines = ({ tokens }: Document) =>
  ofType<Tokens.Code>(tokens, "code")
    .filter(({ lang }) => lang === "sh")
    .flatMap(({ text }) => text.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim());
const links = ({ tokens }: Document) => ofType<Tokens.Link>(tokens, "link").map(({ href }) => href);
const pictures = ({ path, tokens }: Document) =>
  ofType<Tokens.Image>(tokens, "image").map(({ href, text }) => ({
    file: posix.join(posix.dirname(path), href),
    text,
  }));

const TEXTS = new Map([...DOCUMENTS].map(([path, { text }]) => [path, text]));

test("every link of the documents leads to a file, and to a heading where it names one", () => {
  expect(brokenLinks(TEXTS, (path) => existsSync(new URL(path, import.meta.url)))).toEqual([]);
  expect(each(links).length).toBeGreaterThan(50);
});

test("in the source archive, too, every link and picture leads to a file of it", () => {
  const paths = sourceFiles(fileURLToPath(new URL(".", import.meta.url)));
  const documents = new Map([...TEXTS].filter(([path]) => paths.includes(path)));
  expect(documents.size).toBeGreaterThan(20);
  const isThere = (target: string) =>
    paths.some((path) => `${path}/`.startsWith(target.replace(/\/?$/, "/")));
  expect(brokenLinks(documents, isThere)).toEqual([]);
});

test("the package for CI has its documents, with links from one to the other", () => {
  const documents = headlessDocuments((name) => read(`docs/${name}`));
  expect(documents.get("README.md")).toContain("](cli.md)");
  expect(documents.get("cli.md")).toContain("](README.md)");
  expect(documents.get("types.md")).toContain("](README.md#contracts)");
});

test("a document of the package for CI with a link that leads out of it is refused", () => {
  const withLink = (name: string) => `${read(`docs/${name}`)}\n[the guide](guide/limits.md)\n`;
  expect(() => headlessDocuments(withLink)).toThrow("README.md → guide/limits.md");
});

test("links to the web go to Daily, to the stores and to tools", () => {
  const hosts = each((document) =>
    links(document).flatMap((href) => (href.startsWith("https://") ? [new URL(href).host] : [])),
  ).map(({ found }) => found);
  expect(new Set(hosts)).toEqual(new Set(["docs.daily.co", "www.daily.co", ...STORES, ...TOOLS]));
});

test("every picture is there, is shown, and says what is to be seen", () => {
  const shown = each(pictures).map(({ found }) => found);
  const files = filesIn("docs").filter((path) => /\.(png|webp)$/.test(path));
  expect(new Set(shown.map(({ file }) => file))).toEqual(new Set(files));
  for (const { text } of shown) expect(text.length).toBeGreaterThan(20);
});

test("every page of the guide is in its table of contents", () => {
  const contents = read("docs/README.md");
  const missing = [...DOCUMENTS.keys()].filter(
    (path) =>
      path.startsWith("docs/") &&
      path !== "docs/README.md" &&
      !contents.includes(`(${path.replace("docs/", "")})`),
  );
  expect(missing).toEqual([]);
});

test("every npm script that a document names is there", () => {
  const named = each(({ text }) =>
    [...text.matchAll(/npm (?:run )?([a-z][\w:-]*)/g)].flatMap(([all, name = ""]) =>
      all.startsWith("npm run ") || name === "test" ? [name] : [],
    ),
  );
  expect(named.filter(({ found }) => !(found in pkg.scripts))).toEqual([]);
  expect(named.length).toBeGreaterThan(10);
});

test("every command line in the documents is one that the command takes", () => {
  const lines = each((document) =>
    shellLines(document).filter((line) => line.startsWith("npx inspector-for-daily ")),
  );
  expect(lines.length).toBeGreaterThan(3);
  for (const { path, found } of lines)
    expect(() => parseCommand(found.split(/\s+/).slice(2)), `${path}: ${found}`).not.toThrow();
});

test("every filter in the guide is understood", () => {
  const isFilter = new RegExp(`^-?(${FILTER_KEY_NAMES.join("|")}):\\S`);
  const filters = each(
    (document) => codeSpans(document).filter((span) => isFilter.test(span)),
    [...GUIDE, "README.md"],
  );
  expect(filters.length).toBeGreaterThan(8);
  for (const { path, found } of filters)
    expect(parseFilter(found).problems, `${path}: ${found}`).toEqual([]);
});

test("what the guide says of a status is about one that there is", () => {
  const rows = each(
    ({ tokens }) =>
      ofType<Tokens.Table>(tokens, "table")
        .filter(({ header }) => header[0]?.text === "status")
        .flatMap(({ rows: all }) => all.map(([status]) => status?.text.replaceAll("`", "") ?? "")),
    GUIDE,
  );
  expect(rows.length).toBeGreaterThan(10);
  for (const { found } of rows) expect(STATUS_WORDS).toContain(statusWord(found));
});

test("the test in the guide is what the panel copies", () => {
  const rule = ALL_RULES.find(({ id }) => id === "replace-drops-keys");
  const [code] = ofType<Tokens.Code>(
    DOCUMENTS.get("docs/guide/keep-it-fixed.md")?.tokens ?? [],
    "code",
  );
  expect(`${code?.text}\n`).toBe(findingAsTest(rule?.id ?? "", rule?.title ?? "", undefined));
});

test("what stands in bold in the guide is the name of a control, a tab or a column", () => {
  const source = filesIn("panel")
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
    .map((path) => read(path))
    .join("\n");
  // Names that a sentence of a list begins with end in a full stop, and say what it is about.
  const names = each(
    ({ tokens }) =>
      ofType<Tokens.Strong>(tokens, "strong")
        .map(({ text }) => text.replaceAll("&#39;", "'"))
        .filter((text) => !text.endsWith(".")),
    GUIDE,
  );
  expect(names.length).toBeGreaterThan(40);
  const wrong = names.filter(({ found }) => {
    const words = found.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("'", "['’]");
    // The last word may be filled in: `Copy as ${name}`.
    const filledIn = words.replace(/ \S+$/, String.raw` \$\{\w+\}`);
    return !new RegExp(`[>"\`\\s](?:${words}|${filledIn})["\`<$\\s]`).test(source);
  });
  expect(wrong).toEqual([]);
});

test("the pages on limits have those of the code", () => {
  for (const path of ["docs/guide/limits.md", "docs/guide/which-channel.md"])
    for (const { maxChars } of Object.values(LIMITS))
      expect(read(path)).toContain(`${maxChars.toLocaleString("en-US")} characters`);
});

test("the recording in the page on its format is one that is read", () => {
  const [example] = ofType<Tokens.Code>(
    DOCUMENTS.get("docs/guide/recording-format.md")?.tokens ?? [],
    "code",
  );
  const file = JSON.parse(example?.text ?? "") as { events: object[] };
  const withMore = { ...file, later: 1, events: file.events.map((event) => ({ ...event, x: 1 })) };
  for (const json of [JSON.stringify(file), JSON.stringify(withMore)]) {
    const recording = readRecording(json);
    if (!recording.ok) throw new Error(recording.reason);
    const { events, skipped, reason } = recording.next();
    expect({ read: events.length, skipped, reason }).toEqual({
      read: file.events.length,
      skipped: 0,
      reason: undefined,
    });
  }
});

test("the page on the recording format has every kind of event", () => {
  const page = read("docs/guide/recording-format.md");
  for (const kind of Object.keys(SAMPLES)) expect(page).toContain(`| \`${kind}\` |`);
});
