import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** An exception in a listener, which daily-js swallows. */
export const listenerThrew: Rule = {
  id: "listener-threw",
  title: "A listener threw",
  level: "error",
  why: "daily-js swallows what a listener throws: one line on the console, and listeners that were added later do not run for this event.",
  advice:
    "Check what arrives before you use it: `fromId` may be no one in participants(), and data may be of any shape. The error and its stack are in the event.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data, fromId }) => {\n  if (data?.type !== "chat") return;\n  const name = call.participants()[fromId]?.user_name ?? "Someone";\n});`,
  tell: ({ count, key, text }) =>
    `A listener of ${key} threw ${howMany(count, "time")}. The last time: ${text}`,
  start: (report) => ({
    event({ event, channel, type, seq, at }) {
      if (event.kind !== "daily-event" || !event.handlerError || event.listeners === 0) return;
      const isMessage = channel === "app-message";
      report({
        key: isMessage ? `${event.name} of type ${type()}` : event.name,
        ...(isMessage && { type: type() }),
        seqs: [seq],
        at,
        text: event.handlerError.message,
      });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 received {"type":"chat"} from Bob throwing no such participant`,
    passes: `
      0 joined Ada with Bob
      10 received {"type":"chat"} from Bob by 3`,
  },
};
