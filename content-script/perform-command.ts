import type { CommandAction } from "../extension/protocol/command";
import { parseJson } from "../extension/protocol/payload";
import type { DailyCall } from "./daily-call";
import { describeError } from "./describe-error";
import { apply, get } from "./primordials";
import { isThenable } from "./wrap-method";

/** A call to make for a command, with the value by which it is told from the page's own calls. */
export type CommandCall = {
  readonly method: string;
  readonly args: unknown[];
  readonly mark: unknown;
};

/** What a command means in terms of the public methods of a call object. Throws for data that isn't JSON. */
export function commandCall(action: CommandAction, callClientId: unknown): CommandCall {
  const data = action.json === null ? undefined : dataOf(action.json);
  switch (action.kind) {
    case "send-app-message":
      return { method: "sendAppMessage", args: [data, action.to], mark: data };
    case "set-user-data":
      return { method: "setUserData", args: [data], mark: data };
    case "set-meeting-session-data": {
      const deleted = action.keysToDelete.map((key) => [key, undefined]);
      const all = { ...(data as object), ...Object.fromEntries(deleted) } as object;
      return { method: "setMeetingSessionData", args: [all, action.mergeStrategy], mark: all };
    }
    case "receive-app-message": {
      const event = { action: "app-message", data, fromId: action.fromId, callClientId };
      return { method: "emit", args: ["app-message", event], mark: event };
    }
  }
}

/**
 * Makes the call on the page's own call object, so that Daily's checks apply. What a method throws is not thrown here:
 * it shows up as the outcome of the call, like one of the page's. Returns the message, for those that never come to it.
 */
export function performCall(call: DailyCall, { method, args }: CommandCall): string | undefined {
  try {
    const result = apply(get(call, method) as () => unknown, call, args) as unknown;
    // The outcome of the promise is an event already; here it must only not count as unhandled.
    if (isThenable(result)) void result.then(undefined, () => {});
    return undefined;
  } catch (error) {
    return describeError(error).message;
  }
}

function dataOf(json: string): unknown {
  const parsed = parseJson(json);
  if (!parsed.ok) throw new SyntaxError(parsed.reason);
  return parsed.value;
}
