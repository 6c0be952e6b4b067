import { type Zippable, zipSync } from "fflate";

/** A file of an archive: its path with `/` between folders, and its bytes. */
export type PackedFile = { readonly path: string; readonly bytes: Uint8Array };

/** Every file says that it's from then: the earliest that a zip can say. In local time, as a zip says it. */
const MODIFIED = new Date(1980, 0, 1);

/** A zip whose bytes depend on the paths and bytes of its files alone: not on their order, dates, modes, or the machine. */
export function zipOf(files: readonly PackedFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const tree: Zippable = Object.fromEntries(sorted.map(({ path, bytes }) => [path, bytes]));
  return zipSync(tree, { level: 9, mtime: MODIFIED });
}
