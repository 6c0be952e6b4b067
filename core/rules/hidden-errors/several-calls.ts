import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** A second call object that joins the room in which the first one is. */
export const severalCalls: Rule = {
  id: "several-calls",
  title: "Several call objects of one page in one room",
  level: "info",
  why: "Each has its own listeners and its own place in the room. If it is not meant so, one was made twice (React’s StrictMode mounts twice, DailyProvider makes a new one when its options change), and messages seem to arrive at random.",
  advice:
    "Make one call object, keep it, and `await call.destroy()` before you make another. If you need several, nothing is wrong.",
  docs: DOCS_PAGES.messagingEvents,
  code: `const call = Daily.getCallInstance() ?? Daily.createCallObject();`,
  tell: ({ most }) =>
    `Joined while ${howMany(most, "other call object")} of this page ${most === 1 ? "was" : "were"} in the same room.`,
  start: (report) => ({
    event({ event, otherCalls, seq, at }) {
      if (event.kind === "daily-event" && event.name === "joined-meeting" && otherCalls > 0)
        report({ key: "joined", seqs: [seq], at, amount: otherCalls });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 another joined Ada with Bob`,
    passes: `
      0 joined Ada with Bob
      10 another created
      20 leaves
      30 another joined Ada with Bob`,
  },
};
