// What documents link to, and what can be linked to in them.
import { posix } from "node:path";

import { Marked, type Token, type Tokens } from "marked";

/** A heading as HTML without tags, with the id that GitHub gives it. */
type Heading = { readonly text: string; readonly id: string };

/** All tokens of a document, with those that are within others. */
export function tokensOf(markdown: string): readonly Token[] {
  const marked = new Marked();
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token) => void tokens.push(token));
  return tokens;
}

/** Tokens of one type. */
export const ofType = <T extends Token>(tokens: readonly Token[], type: T["type"]): T[] =>
  tokens.filter((token): token is T => token.type === type);

/** The headings of a document: a link to an id works here and on GitHub. */
export function headingsOf(markdown: string): readonly Heading[] {
  const marked = new Marked();
  const seen = new Map<string, number>();
  return ofType<Tokens.Heading>(tokensOf(markdown), "heading").map((heading) => {
    const html = marked.parseInline(heading.text, { async: false });
    const text = html.replace(/<[^>]*>/g, "");
    const slug = text
      .replace(/&(?:#\d+|[a-z]+);/g, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return { text, id: before === 0 ? slug : `${slug}-${before}` };
  });
}

/** Addresses of the links and pictures of a document. */
function hrefsOf(markdown: string): readonly string[] {
  const tokens = tokensOf(markdown);
  return [...ofType<Tokens.Link>(tokens, "link"), ...ofType<Tokens.Image>(tokens, "image")].map(
    ({ href }) => href,
  );
}

/**
 * The links and pictures that lead to nothing, each as `docs/a.md → b.md#c`: to no file or folder, or to no heading of a
 * document. Links to the web aren't looked at.
 *
 * @param documents texts by their paths from one folder, with `/`
 * @param isThere whether a path from there, of a file or a folder, is another file that can be linked to
 */
export function brokenLinks(
  documents: ReadonlyMap<string, string>,
  isThere: (path: string) => boolean = () => false,
): readonly string[] {
  const leads = (from: string, href: string): boolean => {
    if (href.startsWith("https://")) return true;
    const [to = "", anchor] = href.split("#");
    const target = to === "" ? from : posix.join(posix.dirname(from), to);
    if (anchor === undefined) return documents.has(target) || isThere(target);
    return headingsOf(documents.get(target) ?? "").some(({ id }) => id === anchor);
  };
  return [...documents].flatMap(([path, text]) =>
    hrefsOf(text)
      .filter((href) => !leads(path, href))
      .map((href) => `${path} → ${href}`),
  );
}
