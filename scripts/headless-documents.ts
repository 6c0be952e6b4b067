import { brokenLinks } from "./markdown";

/** Where the documents of the package for CI are in it, by where they are here. */
const PLACES = new Map([
  ["ci.md", "README.md"],
  ...["agents.md", "cli.md", "filter.md", "rules.md", "types.md"].map(
    (name) => [name, name] as const,
  ),
]);

/**
 * The documents of the package for CI, by their names in it: links go from one to the other as they do in `docs/`. Throws
 * an Error that names the links which lead out of the package.
 *
 * @param read the text of a file of `docs/`
 */
export function headlessDocuments(read: (name: string) => string): ReadonlyMap<string, string> {
  const documents = new Map([...PLACES].map(([from, to]) => [to, relinked(read(from))]));
  const broken = brokenLinks(documents);
  if (broken.length > 0)
    throw new Error(`These links lead out of the package for CI:\n${broken.join("\n")}`);
  return documents;
}

const relinked = (markdown: string): string =>
  markdown.replaceAll(
    /(?<=\]\()([\w-]+\.md)(?=[#)])/g,
    (_, name: string) => PLACES.get(name) ?? name,
  );
