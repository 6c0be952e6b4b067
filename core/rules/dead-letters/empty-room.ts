import { deliveryOf } from "../../daily/delivery";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** So many messages, so many milliseconds apart on average at most, are a stream. Our own choices. */
const STREAM_TIMES = 10;
const STREAM_MS = 2_000;

/** Broadcast while no one else was there. */
export const emptyRoom: Rule = {
  id: "empty-room",
  title: "Sent to an empty room",
  level: "info",
  why: "A broadcast goes to those who are in the call at that moment, not to the sender, and it is not kept for those who join later.",
  advice:
    "Don’t send a stream, such as positions, while you’re alone. What people need when they join belongs in session data or user data. To tell each newcomer something, send it at `participant-joined`.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ topic }, "shallow-merge");`,
  tell({ count, key, firstAt, lastAt }) {
    const told = `${howMany(count, "message")} of type ${key} went out while no one else was in the call`;
    return count >= STREAM_TIMES && lastAt - firstAt <= count * STREAM_MS
      ? `${told}: a stream, which you can pause while you’re alone.`
      : `${told}.`;
  },
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
