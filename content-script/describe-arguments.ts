import type { MethodName } from "../extension/protocol/event";
import { toPayload } from "../extension/protocol/payload";
import { type DailyCall, readMaxAppMessageSize } from "./daily-call";

/** What a method was given beside its data. */
export function describeArguments(
  call: DailyCall,
  method: MethodName,
  [data, second]: readonly unknown[],
) {
  switch (method) {
    case "sendAppMessage": {
      const limit = readMaxAppMessageSize(call);
      return { to: recipients(second), ...(limit !== undefined && { limit }) };
    }
    case "setMeetingSessionData": {
      const keysToDelete = keysSetToUndefined(data);
      return {
        mergeStrategy: second === undefined ? "replace" : nameOf(second),
        ...(keysToDelete.length > 0 && { keysToDelete }),
      };
    }
    case "setUserData":
      return {};
  }
}

function recipients(to: unknown): string | string[] {
  if (to === undefined) return "*";
  return Array.isArray(to) ? to.map(nameOf) : nameOf(to);
}

function nameOf(value: unknown): string {
  return typeof value === "string" ? value : toPayload(value).json;
}

function keysSetToUndefined(data: unknown): string[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => (value === undefined ? [key] : []));
}
