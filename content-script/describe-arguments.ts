import { clip, MAX_LIST } from "../extension/protocol/bounds";
import type { MethodName } from "../extension/protocol/event";
import { toPayload } from "../extension/protocol/payload";
import { type DailyCall, readMaxAppMessageSize } from "./daily-call";
import { get, isArray, keys } from "./primordials";

/** What a method was given beside its data. */
export function describeArguments(call: DailyCall, method: MethodName, args: readonly unknown[]) {
  const second = args[1];
  switch (method) {
    case "sendAppMessage": {
      const limit = readMaxAppMessageSize(call);
      const to = recipients(second);
      return limit === undefined ? { to } : { to, limit };
    }
    case "setMeetingSessionData": {
      const keysToDelete = keysSetToUndefined(args[0]);
      const mergeStrategy = second === undefined ? "replace" : nameOf(second);
      return keysToDelete.length > 0 ? { mergeStrategy, keysToDelete } : { mergeStrategy };
    }
    case "setUserData":
      return {};
  }
}

function recipients(to: unknown): string | string[] {
  if (to === undefined) return "*";
  if (!isArray(to)) return nameOf(to);
  const list = to as readonly unknown[];
  const names: string[] = [];
  for (let i = 0; i < list.length && i < MAX_LIST; i++) names[i] = nameOf(list[i]);
  if (list.length > MAX_LIST) names[MAX_LIST - 1] = `… ${list.length - MAX_LIST + 1} more`;
  return names;
}

function nameOf(value: unknown): string {
  return clip(typeof value === "string" ? value : toPayload(value).json);
}

function keysSetToUndefined(data: unknown): string[] {
  const deleted: string[] = [];
  if (typeof data !== "object" || data === null) return deleted;
  const all = keys(data);
  for (let i = 0; i < all.length && deleted.length < MAX_LIST; i++) {
    const key = all[i] as string;
    if (get(data, key) === undefined) deleted[deleted.length] = clip(key);
  }
  return deleted;
}
