import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** A second call object while the first one is there. */
export const severalCalls: Rule = {
  id: "several-calls",
  title: "Several call objects in one page",
  level: "info",
  why: "Each has its own listeners and its own place in the room. If it is not meant so, one was made twice (React’s StrictMode mounts twice, DailyProvider makes a new one when its options change), and messages seem to arrive at random.",
  advice:
    "Make one call object, keep it, and `await call.destroy()` before you make another. If you need several, nothing is wrong.",
  docs: DOCS_PAGES.messagingEvents,
  code: `const call = Daily.getCallInstance() ?? Daily.createCallObject();`,
  tell: ({ most }) =>
    `Made while ${howMany(most, "other call object was", "other call objects were")} not destroyed.`,
  start: (report) => ({
    event({ event, otherCalls, seq, at }) {
      if (event.kind === "call-created" && otherCalls > 0)
        report({ key: "created", seqs: [seq], at, amount: otherCalls });
    },
  }),
  example: {
    fires: `
      0 created
      10 another created`,
    passes: `
      0 created
      10 destroyed
      20 refused send {"type":"bye"} because destroyed
      30 another created`,
  },
};
