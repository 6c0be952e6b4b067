import { deliveryOf } from "../../delivery";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** Broadcast while nobody else was there. */
export const emptyRoom: Rule = {
  id: "empty-room",
  title: "Sent to an empty room",
  level: "info",
  why: "A broadcast goes to those who are in the call at that moment, not to the sender, and it is not kept for those who join later.",
  advice:
    "What they need when they join belongs into session data or user data. To tell each newcomer something, send it at `participant-joined`.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ topic }, "shallow-merge");`,
  tell: ({ count, key }) =>
    `${howMany(count, "message")} of type ${key} went out while nobody else was in the call.`,
  start(report, { people }) {
    let hasHidden = false;
    return {
      event({ event, call, type, seq, at }) {
        if (event.kind === "daily-event" && event.name === "participant-counts-updated")
          hasHidden = event.hidden > 0;
        if (call?.method !== "sendAppMessage" || call.outcome === "threw" || hasHidden) return;
        if (call.to !== undefined && call.to !== "*") return;
        const { isKnown, audience } = deliveryOf(call.to, seq, people);
        if (!isKnown || people.localId() === undefined || audience.length > 0) return;
        report({ key: type(), type: type(), seqs: [seq], at });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada
      10 send {"type":"state"} to *`,
    passes: `
      0 joined Ada
      10 joins Bob
      20 send {"type":"state"} to *`,
  },
};
