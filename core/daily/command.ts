import type { CommandAction } from "../../extension/protocol/command";
import type { SessionUpdate } from "./merge";

type SessionCommand = Extract<CommandAction, { kind: "set-meeting-session-data" }>;

/** The command that makes an update of the session data. */
export const sessionCommand = ({
  strategy,
  data,
  keysToDelete,
}: SessionUpdate): SessionCommand => ({
  kind: "set-meeting-session-data",
  json: JSON.stringify(data),
  mergeStrategy: strategy,
  keysToDelete,
});

/** What decides whether a call can do what is asked. */
export type CallStanding = {
  readonly isLive: boolean;
  readonly status: string;
  readonly mode: "call-object" | "prebuilt";
  /** Whose page it is on, if not on the inspected one: `Bob’s tab`. */
  readonly tab?: string | undefined;
};

/** Why a command would be of no use now, before it is sent; undefined when nothing is known against it. */
export function whyNot(
  kind: CommandAction["kind"],
  call: CallStanding | undefined,
): string | undefined {
  if (!call) return "There is no call on this page.";
  if (!call.isLive) return `${call.tab ?? "The page"} is reloading or gone.`;
  if (call.status === "destroyed" || call.status === "failed")
    return "This call object was destroyed.";
  switch (kind) {
    case "set-user-data":
      return undefined; // Before the join Daily stores it.
    case "receive-app-message":
      return undefined; // Never leaves the page.
    case "set-meeting-session-data":
      if (call.mode === "prebuilt") return "Daily Prebuilt has no session data.";
      return whileJoined(call);
    case "send-app-message":
      return whileJoined(call);
  }
}

/** Daily takes app messages and session data only while the call is joined; what to do until then. */
const NOT_JOINED: Readonly<Record<string, string>> = {
  new: "The call has not joined yet. Join first to send.",
  joining: "The call is still joining. Wait until it has joined.",
  left: "You have left the call. Join again to send.",
  error: "An error ended the call. Join again to send.",
};

function whileJoined({ status, tab }: CallStanding): string | undefined {
  if (status === "joined") return undefined;
  if (tab !== undefined) return `${tab} isn’t in the call now. Join there to send.`;
  return NOT_JOINED[status] ?? "The call is not joined.";
}
