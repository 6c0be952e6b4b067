import type { SessionLog } from "./session-log";

export type LogCounts = {
  readonly events: number;
  readonly dropped: number;
  readonly folded: number;
  readonly isCleared: boolean;
  readonly isConnected: boolean;
  readonly hasDocuments: boolean;
};

/** How much there is in a log, and how much is not. */
export function countLog({ entries, documents, folded, isCleared }: SessionLog): LogCounts {
  const all = [...documents.values()];
  return {
    events: entries.length,
    dropped: all.reduce((sum, { dropped }) => sum + dropped, 0),
    folded,
    isCleared,
    isConnected: all.some(({ isConnected }) => isConnected),
    hasDocuments: all.length > 0,
  };
}
