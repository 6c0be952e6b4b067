import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";

import { Marked, type Tokens } from "marked";

import { headingsOf } from "./markdown";

/** A file of the guide as the extension ships it. */
export type GuideFile = {
  /** Within the extension, the same as in the repository but for its ending: `docs/filter.html`. */
  readonly path: string;
  readonly source: string | Uint8Array;
};

type Page = { readonly markdown: string; readonly anchors: ReadonlySet<string> };

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const STYLE = "docs/guide.css";
const START = "docs/README.md";

/**
 * The documents as pages that open without a network: every `docs/**\/*.md` and the changelog, the pictures that they
 * show, and one style sheet. Throws an Error that names page and link where a link leads nowhere.
 */
export function guideFiles(root = ROOT): readonly GuideFile[] {
  const pages = new Map<string, Page>();
  const documents = readdirSync(posix.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`);
  for (const path of ["CHANGELOG.md", ...documents.sort()]) {
    const markdown = readFileSync(posix.join(root, path), "utf8");
    pages.set(path, { markdown, anchors: new Set(headingsOf(markdown).map(({ id }) => id)) });
  }
  const pictures = new Set<string>();
  const files: GuideFile[] = [];
  for (const [path, page] of pages) {
    const link = (href: string) => resolveLink(path, href, pages);
    const picture = (href: string) => {
      const target = posix.join(posix.dirname(path), href);
      if (!existsSync(posix.join(root, target)))
        throw new Error(`${path} shows ${href}, and there is no such file.`);
      pictures.add(target);
      return href;
    };
    files.push({ path: htmlPath(path), source: pageHtml(path, page.markdown, { link, picture }) });
  }
  for (const path of [STYLE, ...pictures])
    files.push({ path, source: readFileSync(posix.join(root, path)) });
  return files;
}

/** Where a page of the repository is in the extension. */
const htmlPath = (path: string): string =>
  path.replace(/(^|\/)README\.md$/, "$1index.html").replace(/\.md$/, ".html");

/** A link as it is from page to page of the guide. One to elsewhere stays as it is. */
function resolveLink(from: string, href: string, pages: ReadonlyMap<string, Page>): string {
  if (href.startsWith("https://")) return href;
  const [path = "", anchor] = href.split("#");
  const target = path === "" ? from : posix.join(posix.dirname(from), path);
  const page = pages.get(target);
  if (!page) throw new Error(`${from} links to ${href}, which isn't a page of the guide.`);
  if (anchor !== undefined && !page.anchors.has(anchor))
    throw new Error(`${from} links to ${href}, and there is no such heading.`);
  return htmlPath(path) + (anchor === undefined ? "" : `#${anchor}`);
}

type Links = {
  readonly link: (href: string) => string;
  readonly picture: (href: string) => string;
};

/** One page in full. What looks like HTML in it is shown as text: a page has no scripts and loads nothing from elsewhere. */
function pageHtml(path: string, markdown: string, { link, picture }: Links): string {
  const headings = headingsOf(markdown);
  let next = 0;
  const marked = new Marked({
    walkTokens(token) {
      if (token.type === "link") token.href = link((token as Tokens.Link).href);
      if (token.type === "image") token.href = picture((token as Tokens.Image).href);
    },
    renderer: {
      heading({ tokens, depth }) {
        const { id = "" } = headings[next++] ?? {};
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      html: ({ text }) => escapeHtml(text),
    },
  });
  const toRoot = "../".repeat(path.split("/").length - 1);
  const body = marked.parse(markdown, { async: false });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'">
<title>${headings[0]?.text ?? "Guide"} · Inspector for Daily</title>
<link rel="stylesheet" href="${toRoot}${STYLE}">
</head>
<body>
<header><nav aria-label="Guide"><a href="${toRoot}${htmlPath(START)}">Inspector for Daily: guide</a><a href="${toRoot}CHANGELOG.html">What’s new</a></nav></header>
<main>
${body}</main>
</body>
</html>
`;
}

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
