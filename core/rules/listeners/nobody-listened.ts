import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** So long it is waited for another call of the page to get the same message. */
const ELSEWHERE_MS = 500;

/** App messages arrived at an app that does not listen to them, or not yet. */
export const nobodyListened: Rule = {
  id: "nobody-listened",
  title: "Arrived while no one listened",
  level: "warning",
  why: 'App messages are not kept: one that arrives before `call.on("app-message")`, or after the listener was removed, is gone.',
  advice:
    "Add the listener before you call `join()`. In React, mount what listens above what comes and goes.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", onAppMessage);\nawait call.join();`,
  tell({ count, key, people, firstAt, lastAt }, name) {
    const seconds = Math.ceil((lastAt - firstAt) / 1_000);
    const when = seconds > 0 ? ` arrived within ${howMany(seconds, "second")} and` : "";
    return `${howMany(count, "message")} of type ${key} from ${people.map(name).join(", ")}${when} had no listener.`;
  },
  start(report) {
    /** What another call of the page may yet turn out to hear. */
    let open: { readonly at: number; readonly decide: () => void }[] = [];
    function decideUntil(at: number): void {
      const due = open.filter((each) => each.at <= at);
      if (due.length > 0) open = open.slice(due.length);
      for (const { decide } of due) decide();
    }
    return {
      event({ event, channel, messageType, type, seq, at, otherCalls, isHeardElsewhere }) {
        decideUntil(at - ELSEWHERE_MS);
        if (channel !== "app-message" || event.kind !== "daily-event") return;
        if (event.name !== "app-message" || event.listeners > 0) return;
        // The chat of Prebuilt talks to itself: an app that is no Prebuilt need not listen to it.
        if (messageType()?.note === PREBUILT) return;
        const { fromId } = event;
        const tell = () => report({ key: type(), type: type(), seqs: [seq], at, people: [fromId] });
        if (otherCalls === 0) tell();
        else open.push({ at, decide: () => void (isHeardElsewhere() || tell()) });
      },
      look: (now) => decideUntil(now - ELSEWHERE_MS),
      isWaiting: () => open.length > 0,
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 unheard {"type":"chat"} from Bob`,
    passes: `
      0 joined Ada with Bob
      10 unheard {"event":"chat-msg","message":"hi"} from Bob
      20 received {"type":"chat"} from Bob
      30 another joined Helper with Ada Bob
      40 another unheard {"type":"chat"} from Bob
      41 received {"type":"chat"} from Bob`,
  },
};

const PREBUILT = "The chat of Daily Prebuilt";
