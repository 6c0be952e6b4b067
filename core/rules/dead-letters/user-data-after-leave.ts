import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** Whoever waits in a lobby comes back sooner. Our own choice. */
const LONG_MS = 60_000;
const MAX_WAITING = 50;

/** User data that was set when the call was over. */
export const userDataAfterLeave: Rule = {
  id: "user-data-after-leave",
  title: "User data set after the call had left",
  level: "info",
  why: "Outside of a call setUserData() resolves at once, but only stores the value: it goes out with the next join of the same call object, and to no one before that.",
  advice: "Set user data while the call is joined, or give it to the next `join({ userData })`.",
  docs: DOCS_PAGES.setUserData,
  tell: ({ count }) =>
    `${howMany(count, "value")} set after the call had left, and no join took it along.`,
  start(report, { userData }) {
    let waiting: { readonly seq: number; readonly at: number }[] = [];
    let isOver = false;
    /** Still stored, for no one: neither a join nor a later value has made it obsolete. */
    const isStored = (seq: number) => {
      const fate = userData.writes.get(seq)?.fate;
      return fate?.kind === "stored" && fate.by === undefined && !fate.isReplaced;
    };
    return {
      event({ event }) {
        if (event.kind === "daily-event" && event.name === "call-instance-destroyed") isOver = true;
      },
      decided({ call, phase, seq, at }) {
        if (call?.method === "setUserData" && phase === "left")
          waiting = [...waiting, { seq, at }].slice(-MAX_WAITING);
      },
      isWaiting: () => waiting.length > 0,
      look(now) {
        waiting = waiting.filter(({ seq, at }) => {
          if (!isStored(seq)) return false;
          if (!isOver && now - at < LONG_MS) return true;
          report({ key: "setUserData", seqs: [seq], at });
          return false;
        });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 leaves
      20 user-data {"hand":"down"}
      21 settles 3 resolved undefined
      30 destroyed`,
    passes: `
      0 joined Ada with Bob
      10 leaves
      20 user-data {"hand":"down"}
      21 settles 3 resolved undefined
      1520 joined Ada having {"hand":"down"} with Bob`,
  },
};
