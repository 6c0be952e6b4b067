import type { Command, CommandAction } from "../extension/protocol/command";
import { parseJson } from "../extension/protocol/payload";
import type { DailyCall } from "./daily-call";
import { describeError } from "./describe-error";

/**
 * Does what the panel asked for, through the public methods of the page's own call object, so that Daily's checks apply.
 * What a method throws is not thrown here: it shows up as the outcome of the call, like one of the page's. Answers the
 * message of an error, for those that come before any call.
 */
export function performCommand(call: DailyCall, { action }: Command): string | undefined {
  try {
    const result = Reflect.apply(...callFor(call, action));
    // The outcome of the promise is an event already; here it must only not count as unhandled.
    if (result instanceof Promise) result.catch(() => {});
    return undefined;
  } catch (error) {
    return describeError(error).message;
  }
}

type Call = [method: (...args: unknown[]) => unknown, call: DailyCall, args: unknown[]];

function callFor(call: DailyCall, action: CommandAction): Call {
  const method = (name: string) => Reflect.get(call, name) as Call[0];
  switch (action.kind) {
    case "send-app-message":
      return [method("sendAppMessage"), call, [dataOf(action.json), action.to]];
    case "set-user-data":
      return [
        method("setUserData"),
        call,
        [action.json === null ? undefined : dataOf(action.json)],
      ];
    case "set-meeting-session-data": {
      const deleted = Object.fromEntries(action.keysToDelete.map((key) => [key, undefined]));
      const data = { ...(dataOf(action.json) as object), ...deleted };
      return [method("setMeetingSessionData"), call, [data, action.mergeStrategy]];
    }
    case "receive-app-message": {
      const { fromId, json } = action;
      const { callClientId } = call;
      const event = { action: "app-message", data: dataOf(json), fromId, callClientId };
      return [method("emit"), call, ["app-message", event]];
    }
  }
}

/** Throws for what is no JSON: the panel checks that before it sends. */
function dataOf(json: string): unknown {
  const parsed = parseJson(json);
  if (!parsed.ok) throw new SyntaxError(parsed.reason);
  return parsed.value;
}
