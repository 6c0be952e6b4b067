import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** App messages arrived at an app that does not listen to them, or not yet. */
export const nobodyListened: Rule = {
  id: "nobody-listened",
  title: "Arrived while nobody listened",
  level: "warning",
  why: 'App messages are not kept: one that arrives before `call.on("app-message")`, or after the listener was removed, is gone.',
  advice:
    "Add the listener before you call `join()`. In React, mount what listens above what comes and goes.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", onAppMessage);\nawait call.join();`,
  tell: ({ count, key, people, firstAt, lastAt }, name) =>
    `${howMany(count, "message")} of type ${key} from ${people.map(name).join(", ")} arrived within ${howMany(Math.ceil((lastAt - firstAt) / 1_000), "second")} and had no listener.`,
  start: (report) => ({
    event({ event, channel, messageType, type, seq, at }) {
      if (channel !== "app-message" || event.kind !== "daily-event") return;
      if (event.name !== "app-message" || event.listeners > 0) return;
      // The chat of Prebuilt talks to itself: an app that is no Prebuilt need not listen to it.
      if (messageType()?.note === PREBUILT) return;
      report({ key: type(), type: type(), seqs: [seq], at, people: [event.fromId] });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 unheard {"type":"chat"} from Bob`,
    passes: `
      0 joined Ada with Bob
      10 unheard {"event":"chat-msg","message":"hi"} from Bob
      20 received {"type":"chat"} from Bob`,
  },
};

const PREBUILT = "The chat of Daily Prebuilt";
