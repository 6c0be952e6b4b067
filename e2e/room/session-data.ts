import type { SessionDataPayload } from "./session-data-queue";
import type { SessionData } from "./wire";

/** In UTF-16 units of the JSON text, for one update and for the merged total (daily-js 0.40.0, MAX_SESSION_DATA_SIZE). */
export const MAX_SESSION_DATA_SIZE = 102_400;

/** The room's session data after one payload: `replace` swaps it, `shallow-merge` merges and deletes top-level keys. */
export function applySessionData(current: SessionData, payload: SessionDataPayload): SessionData {
  if (payload.mergeStrategy === "replace") return payload.data;
  const merged = { ...current, ...payload.data };
  for (const key of payload.keysToDelete ?? []) delete merged[key];
  return merged;
}

/** Whether session data is more than a room can hold. */
export function exceedsMaxSize(data: SessionData): boolean {
  return JSON.stringify(data).length > MAX_SESSION_DATA_SIZE;
}
