import { dataOf, type SessionTracker, touches } from "./session-tracker";
import type { SessionVersion, SessionWrite } from "./session-write";

/** One change of a top-level key of the session data. */
export type KeyChange = {
  /** Number of the state event that showed it. */
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  /** Undefined where the key was not there. */
  readonly before: unknown;
  readonly after: unknown;
  readonly author: SessionVersion["author"];
  /** This page's writes of the key that went out with it, in order; the last one set the value. */
  readonly writes: readonly SessionWrite[];
};

/** Every change of a key that the log has, oldest first. Daily names no author: who it was shows by own writes only. */
export function keyHistory(
  { versions, writes }: Pick<SessionTracker, "versions" | "writes">,
  key: string,
): KeyChange[] {
  const bySync = new Map<number, SessionWrite[]>();
  for (const write of writes.values()) {
    const by = write.window?.confirmedBy;
    if (by !== undefined && touches(write.update, key))
      bySync.set(by, [...(bySync.get(by) ?? []), write]);
  }
  return versions.flatMap((version, index) => {
    const { seq, at, author, changed } = version;
    if (!changed.includes(key)) return [];
    const [before, after] = [versions[index - 1], version].map((each) => {
      const data = dataOf(each);
      return Object.hasOwn(data, key) ? data[key] : undefined;
    });
    const own = bySync.get(seq) ?? [];
    // A state may hold own writes and someone else's at once.
    const isOwn = author === "page" && own.length > 0;
    return [
      {
        seq,
        at,
        before,
        after,
        author: author === "page" && !isOwn ? "other" : author,
        writes: isOwn ? own : [],
      },
    ];
  });
}
