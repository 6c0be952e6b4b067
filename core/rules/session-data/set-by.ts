import type { SessionVersion } from "../../daily/session-write";

/** Further back than this no one looks: what was set so long ago counts as set by itself, by someone else. */
const MAX_VERSIONS = 200;

/** The state up to `seq` in which a top-level key got the value that it has there; undefined where that is not known. */
export function setBy(
  versions: readonly SessionVersion[],
  seq: number,
  key: string,
): SessionVersion | undefined {
  let index = indexBefore(versions, seq);
  for (const end = Math.max(0, index - MAX_VERSIONS); index >= end; index--)
    if (versions[index]?.changed.includes(key)) return versions[index];
  return undefined;
}

/** The last version up to `seq`, by halves: there may be many after it, and many before. */
function indexBefore(versions: readonly SessionVersion[], seq: number): number {
  let [low, high] = [0, versions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((versions[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
