import { countText, howMany } from "../lib/texts";
import { DOCS_PAGES, type Rule } from "./rule";
import {
  byChannel,
  countOf,
  eachEvent,
  gathered,
  isOfPrebuilt,
  byName,
  namesOf,
  byType,
} from "./rule-parts";

/** So long it is waited for another call of the page to get the same message. */
const ELSEWHERE_MS = 500;

/** App messages arrived at an app that does not listen to them, or not yet. */
const nobodyListened: Rule = {
  id: "nobody-listened",
  title: "Arrived while no one listened",
  level: "warning",
  why: 'App messages are not kept: one that arrives before `call.on("app-message")`, or after the listener was removed, is gone.',
  advice:
    "Add the listener before you call `join()`. In React, mount what listens above what comes and goes.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", onAppMessage);\nawait call.join();`,
  tell(found, name) {
    const seconds = Math.ceil((found.lastAt - found.firstAt) / 1_000);
    const when = seconds > 0 ? ` arrived within ${howMany(seconds, "second")} and` : "";
    return `${countOf(found, "message")} from ${namesOf(found, name)}${when} had no listener.`;
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
      event(seen) {
        const { event, channel, seq, at, otherCalls, isHeardElsewhere } = seen;
        decideUntil(at - ELSEWHERE_MS);
        if (channel !== "app-message" || event.kind !== "daily-event") return;
        if (event.name !== "app-message" || event.listeners > 0) return;
        // The chat of Prebuilt talks to itself: an app without Prebuilt need not listen to it.
        if (isOfPrebuilt(seen)) return;
        const tell = () =>
          report({ subject: byType(seen), seqs: [seq], at, people: [event.fromId] });
        if (otherCalls === 0) tell();
        else open.push({ at, decide: () => void (isHeardElsewhere() || tell()) });
      },
      look: (now) => decideUntil(now - ELSEWHERE_MS),
      isWaiting: () => open.length > 0,
    };
  },
};

/**
 * The same function is registered more than once. Two functions of the same code may be meant (one for each tile, two
 * uses of one helper), and how many listeners there are says nothing by itself: a library may have its own.
 */
const listenerTwice: Rule = {
  id: "listener-twice",
  title: "The same listener is registered twice",
  level: "warning",
  why: "A function that was added twice runs twice for each event: messages show twice, counters go up by two. React’s StrictMode runs effects twice, and a hot reload runs a module again. Only the very same function is counted, not one with the same code.",
  advice:
    "Take the function off where it is no longer needed: in React, in the effect’s cleanup. Where one place may run twice, take it off before adding it.",
  docs: DOCS_PAGES.messagingEvents,
  code: `useEffect(() => {\n  call.on("app-message", onMessage);\n  return () => call.off("app-message", onMessage);\n}, [call, onMessage]);`,
  tell: ({ count, subject, most }) =>
    `${howMany(count, `${subject.text} event`)} ran the same function ${most === 1 ? "twice" : `up to ${most + 1} times`}.`,
  start: eachEvent(({ event, channel }) =>
    event.kind === "daily-event" && channel && event.sameListeners
      ? { subject: byName(event.name), amount: event.sameListeners }
      : undefined,
  ),
};

/** An exception in a listener, which daily-js swallows. */
const listenerThrew: Rule = {
  id: "listener-threw",
  title: "A listener threw",
  level: "error",
  why: "daily-js swallows what a listener throws: one line on the console, and listeners that were added later do not run for this event.",
  advice:
    "Check what arrives before you use it: `fromId` may be no one in participants(), and data may be of any shape. The error and its stack are in the event.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data, fromId }) => {\n  if (data?.type !== "chat") return;\n  const name = call.participants()[fromId]?.user_name ?? "Someone";\n});`,
  tell: ({ count, subject, text }) =>
    `A listener of ${subject.text} threw ${howMany(count, "time")}. The last time: ${text}`,
  start: eachEvent((seen) => {
    const { event } = seen;
    if (event.kind !== "daily-event" || !event.handlerError || event.listeners === 0)
      return undefined;
    return { subject: byChannel(seen), text: event.handlerError.message };
  }),
};

/** One pause may be the machine's; these are ours to choose. */
const SLOW_MS = 100;
const VERY_SLOW_MS = 500;
const TIMES = 3;

/** Listeners that keep the page from doing anything else. */
const slowListener: Rule = {
  id: "slow-listener",
  title: "A listener blocks the page",
  level: "warning",
  why: "Listeners run one after the other in the page's main thread. While they run, nothing is drawn and no other event arrives; from 50 ms on people notice.",
  advice:
    "Do less in the listener: keep the data, and render or compute later. In React, set state once a frame.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data }) => {\n  queue.push(data);\n  scheduled ||= requestAnimationFrame(drawQueue);\n});`,
  tell: ({ count, subject, total }) =>
    `Listeners of ${subject.text} blocked the page ${howMany(count, "time")}: ${countText(Math.round(total))} ms in all.`,
  start: gathered(
    { times: TIMES, isAlone: ({ amount = 0 }) => amount >= VERY_SLOW_MS },
    eachEvent((seen) => {
      const { event, channel } = seen;
      if (event.kind !== "daily-event" || !channel || event.handlerMs < SLOW_MS) return undefined;
      return { subject: byChannel(seen), amount: event.handlerMs };
    }),
  ),
};

/** An app that mounts some parts one after the other may add a few. Our own choice. */
const RISES = 5;

/** What comes for someone who joined, like a tile, has come by then. Our own choice. */
const MOUNTED_MS = 5_000;

type Count = {
  listeners: number;
  /** So many joins have a listener of theirs by now, or will have none. */
  joins: number;
  rises: number;
  seqs: number[];
};

/** The same event has more and more listeners. */
const listenersGrow: Rule = {
  id: "listeners-grow",
  title: "Listeners pile up within a call",
  level: "warning",
  why: "Each time the same code adds its listener without taking the old one off (a hot reload, a React effect without cleanup), every message is handled once more. One more for each participant who joins is taken as meant.",
  advice:
    "Take the same function off again. In React, do it in the effect’s cleanup, or use useAppMessage() with a memoised callback.",
  docs: DOCS_PAGES.reactMessages,
  code: `useEffect(() => {\n  call.on("app-message", onMessage);\n  return () => call.off("app-message", onMessage);\n}, [call, onMessage]);`,
  tell: ({ subject, most }) =>
    `${subject.text} has gone up to ${countText(most)} listeners, and never down in this stay.`,
  start(report) {
    let counts = new Map<string, Count>();
    /** How many have joined, and when the last of them did: an app may listen once for each participant. */
    let joins = 0;
    let joinedAt = -Infinity;
    return {
      event({ event, channel, seq, at }) {
        if (event.kind !== "daily-event") return;
        if (event.name === "joined-meeting" || event.name === "left-meeting") counts = new Map();
        if (event.name === "participant-joined") {
          joins++;
          joinedAt = at;
        }
        if (!channel) return;
        const { name, listeners } = event;
        const before = counts.get(name);
        if (!before || listeners < before.listeners) {
          counts.set(name, { listeners, joins, rises: 0, seqs: [seq] });
          return;
        }
        if (listeners === before.listeners) {
          // Nothing was added for those who joined.
          if (at - joinedAt > MOUNTED_MS) before.joins = joins;
          return;
        }
        const isForPeople = joins > before.joins;
        // One for each who joined; what is left of them may come a moment later.
        before.joins = Math.min(joins, before.joins + listeners - before.listeners);
        before.listeners = listeners;
        if (isForPeople) return;
        before.rises++;
        before.seqs = [...before.seqs.slice(-RISES), seq];
        if (before.rises < RISES) return;
        report({ subject: byName(name), seqs: before.seqs, at, amount: listeners });
      },
    };
  },
};

/** Twice more than the time before can't be chance. */
const REJOINS = 2;

/** Every join adds listeners to those of the join before. */
const listenersGrowWithJoins: Rule = {
  id: "listeners-grow-with-joins",
  title: "Listeners grow with every join",
  level: "warning",
  why: "A call object keeps its listeners through leave() and join(). Code that adds them at every join makes each message count once more in every meeting.",
  advice: "Add listeners once, when the call object is made, or take them off at `left-meeting`.",
  docs: DOCS_PAGES.messagingEvents,
  code: `const call = Daily.createCallObject();\ncall.on("app-message", onMessage); // once, not in joinMeeting()`,
  tell: ({ subject, most }) =>
    `${subject.text} has ${countText(most)} listeners now; every join of this call object added some.`,
  start(report) {
    let join = 0;
    const stays = new Map<
      string,
      { join: number; listeners: number; growth: number; seqs: number[] }
    >();
    return {
      event({ event, channel, seq, at }) {
        if (event.kind !== "daily-event") return;
        if (event.name === "joined-meeting") join++;
        if (!channel || join === 0) return;
        const { name, listeners } = event;
        const before = stays.get(name);
        if (before?.join === join) return;
        const hasGrown = before !== undefined && listeners > before.listeners;
        const growth = hasGrown ? before.growth + 1 : 0;
        const seqs = hasGrown ? [...before.seqs.slice(-3), seq] : [seq];
        stays.set(name, { join, listeners, growth, seqs });
        if (growth >= REJOINS) report({ subject: byName(name), seqs, at, amount: listeners });
      },
    };
  },
};

export const LISTENERS: readonly Rule[] = [
  nobodyListened,
  listenerTwice,
  listenerThrew,
  slowListener,
  listenersGrow,
  listenersGrowWithJoins,
];
