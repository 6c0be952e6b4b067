import type { Joined } from "../wire";

/** What the machine answers questions from: the call it is in, if any. */
export type CallFacts = { readonly roomUrl: string; readonly joined: Joined | undefined };

type Answer = Readonly<Record<string, unknown>>;

const ANSWERS: Readonly<Record<string, (call: CallFacts) => Answer>> = {
  "daily-method-preauth": () => ({ access: { level: "full" } }),
  "daily-method-request-access": () => ({ access: { level: "full" }, granted: true }),
  "enumerate-devices": () => ({ devices: [] }),
  "get-calc-stats": () => ({ stats: { latest: {} } }),
  "get-input-devices": () => ({ camera: {}, mic: {}, speaker: {} }),
  "get-meeting-session": ({ joined }) => ({
    meetingSession: { id: joined?.meetingSessionId ?? null },
  }),
  "get-network-topology": ({ joined }) => ({
    topology: joined?.meetingSessionState.topology ?? "none",
  }),
  "lib-room-info": ({ roomUrl }) => {
    const name = roomUrl.split("/").pop() ?? "";
    return { id: name, name, config: {}, domainConfig: {}, tokenConfig: {} };
  },
};

/**
 * The answer to a question of daily-js that is not about the three data channels. A question without an answer here
 * gets an empty one, so that no promise of the app stays open.
 */
export function answerCallback(action: string, call: CallFacts): Answer {
  return ANSWERS[action]?.(call) ?? {};
}
