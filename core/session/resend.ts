import type { CommandAction } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { toPayload } from "../../extension/protocol/payload";

/**
 * How a `to` of null is recorded: as its text. daily-js hands null on as it is (0.92.2), and no session id reads like
 * this.
 */
export const NO_RECIPIENT = "null";

const GIVEN_UNDEFINED = toPayload(undefined).problem?.message;

export type Resend =
  | { readonly ok: true; readonly action: CommandAction }
  | { readonly ok: false; readonly reason: string };

/**
 * The command that makes a call of the page again, or why there is none; undefined for anything else. It carries
 * the JSON of the data, so only what JSON cannot hold may differ.
 */
export function resendOf(event: PageEvent): Resend | undefined {
  if (event.kind !== "method-called") return undefined;
  const { problem, json } = event.payload;
  // Every other value without JSON was refused by Daily; this one clears the user data.
  if (event.method === "setUserData" && problem && problem.message === GIVEN_UNDEFINED)
    return { ok: true, action: { kind: "set-user-data", json: null } };
  if (problem)
    return { ok: false, reason: `It cannot be sent again from here: ${problem.message}.` };
  switch (event.method) {
    case "sendAppMessage": {
      const to = event.to === NO_RECIPIENT ? null : (event.to ?? "*");
      return { ok: true, action: { kind: "send-app-message", json, to } };
    }
    case "setUserData":
      return { ok: true, action: { kind: "set-user-data", json } };
    case "setMeetingSessionData": {
      const { mergeStrategy, keysToDelete = [] } = event;
      // Sent again as one of these two it would not be the same.
      if (mergeStrategy !== "shallow-merge" && mergeStrategy !== "replace")
        return {
          ok: false,
          reason: "Daily knows no such merge strategy: sent again it would fail.",
        };
      const kind = "set-meeting-session-data";
      return { ok: true, action: { kind, json, mergeStrategy, keysToDelete } };
    }
  }
}
