import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/**
 * The same function is registered more than once. Two functions of the same code may be meant (one for each tile, two
 * uses of one helper), and how many listeners there are says nothing by itself: a library may have its own.
 */
export const listenerTwice: Rule = {
  id: "listener-twice",
  title: "The same listener is registered twice",
  level: "warning",
  why: "A function that was added twice runs twice for each event: messages show twice, counters go up by two. React’s StrictMode runs effects twice, and a hot reload runs a module again. Only the very same function is counted, not one with the same code.",
  advice:
    "Take the function off where it is no longer needed: in React, in the effect’s cleanup. Where one place may run twice, take it off before adding it.",
  docs: DOCS_PAGES.messagingEvents,
  code: `useEffect(() => {\n  call.on("app-message", onMessage);\n  return () => call.off("app-message", onMessage);\n}, [call, onMessage]);`,
  tell: ({ count, key, most }) =>
    `${howMany(count, `${key} event`)} ran the same function ${most === 1 ? "twice" : `up to ${most + 1} times`}.`,
  start: (report) => ({
    event({ event, channel, seq, at }) {
      if (event.kind !== "daily-event" || !channel || !event.sameListeners) return;
      report({ key: event.name, seqs: [seq], at, amount: event.sameListeners });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 received {"type":"chat"} from Bob by 2, one twice`,
    passes: `
      0 joined Ada with Bob
      10 received {"type":"chat"} from Bob by 2`,
  },
};
