/** What of a manifest gives no access to anything. */
const HARMLESS = new Set([
  "manifest_version",
  "name",
  "description",
  "version",
  "minimum_chrome_version",
  "icons",
  "browser_specific_settings",
]);

type ContentScript = {
  readonly matches: readonly string[];
  readonly js: readonly string[];
  readonly world?: string;
  readonly all_frames?: boolean;
};

/** A script's place without what the build changes of its name. */
const script = (file: string) => file.replace(/(\.iife)?\.(ts|js|html)$/, "");

function contentScript({ matches, js, world, all_frames: isInFrames }: ContentScript): string {
  const how = [...(world ? [`${world} world`] : []), ...(isInFrames ? ["all frames"] : [])];
  const files = js.map(script).join(" ");
  return `${matches.join(" ")} ${files}${how.length > 0 ? ` (${how.join(", ")})` : ""}`;
}

/**
 * The parts of a manifest that give the extension access to something, or others to it, one text each: as
 * `store/permissions.md` lists them. A key that isn't known is listed as it is.
 *
 * @param nameOf the source of a background script, which the build renames
 */
export function manifestAccess(
  manifest: Readonly<Record<string, unknown>>,
  nameOf: (file: string) => string = script,
): readonly string[] {
  return Object.entries(manifest).flatMap(([key, value]) => {
    if (HARMLESS.has(key)) return [];
    if (key === "devtools_page") return [`${key}: ${script(String(value))}`];
    if (key === "content_scripts")
      return (value as ContentScript[]).map((each) => `${key}: ${contentScript(each)}`);
    if (key === "background") {
      const { type: _module, ...files } = value as Record<string, string | string[]>;
      return [...new Set(Object.values(files).flat().map(nameOf))].map((file) => `${key}: ${file}`);
    }
    return [`${key}: ${JSON.stringify(value)}`];
  });
}

/** The first column of the table in `store/permissions.md`. */
export function explainedAccess(page: string): readonly string[] {
  return [...page.matchAll(/^\| `(.+?)` \| .{40,} \|$/gm)].map(([, part = ""]) => part);
}
