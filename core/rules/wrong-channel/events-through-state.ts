import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** Twice what Daily documents for session data, kept up for so long. */
const PER_SECOND = 2;
const SPAN_MS = 10_000;

/** Something that happens often goes through a channel for state. */
export const eventsThroughState: Rule = {
  id: "events-through-state",
  title: "A stream of events through a channel for state",
  level: "warning",
  why: "Session data syncs about once a second and user data is rate limited (documented): both are made for values that hold for a while. Most of a fast stream is never seen, and what is seen comes late.",
  advice: "Send what happens now as an app message, and write the state when it has come to rest.",
  docs: DOCS_PAGES.channels,
  code: `call.sendAppMessage({ type: "cursor", x, y });\nonRest(() => call.setMeetingSessionData({ cursor: { x, y } }, "shallow-merge"));`,
  tell: ({ count, key }) =>
    `${howMany(count, "call")} of ${key}(), more than ${PER_SECOND} a second.`,
  start(report) {
    const times = (PER_SECOND * SPAN_MS) / 1_000 + 1;
    const gather = gathering(report, { times, withinMs: SPAN_MS });
    return {
      event({ call, seq, at }) {
        if (!call || call.method === "sendAppMessage" || call.outcome === "threw") return;
        gather({ key: call.method, seqs: [seq], at });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 30 times every 200: session-data shallow-merge {"x":$n}`,
    passes: `
      0 joined Ada with Bob
      10 15 times every 700: session-data shallow-merge {"x":$n}`,
  },
};
