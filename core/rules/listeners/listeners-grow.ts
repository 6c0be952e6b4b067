import { countText } from "../../lib/count-text";
import { DOCS_PAGES, type Rule } from "../rule";

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
export const listenersGrow: Rule = {
  id: "listeners-grow",
  title: "Listeners pile up within a call",
  level: "warning",
  why: "Each time the same code adds its listener without taking the old one off (a hot reload, a React effect without cleanup), every message is handled once more. One more for each participant who joins is taken as meant.",
  advice:
    "Take the same function off again. In React, do it in the effect’s cleanup, or use useAppMessage() with a memoised callback.",
  docs: DOCS_PAGES.reactMessages,
  code: `useEffect(() => {\n  call.on("app-message", onMessage);\n  return () => call.off("app-message", onMessage);\n}, [call, onMessage]);`,
  tell: ({ key, most }) =>
    `${key} has gone up to ${countText(most)} listeners, and never down in this stay.`,
  start(report) {
    let counts = new Map<string, Count>();
    const joins = createJoins();
    return {
      event({ event, channel, seq, at }) {
        if (event.kind !== "daily-event") return;
        if (event.name === "joined-meeting" || event.name === "left-meeting") counts = new Map();
        if (event.name === "participant-joined") joins.note(at);
        if (!channel) return;
        const { name, listeners } = event;
        const before = counts.get(name);
        if (!before || listeners < before.listeners) {
          counts.set(name, { listeners, joins: joins.count(), rises: 0, seqs: [seq] });
          return;
        }
        if (listeners === before.listeners) {
          // Nothing was added for those who joined.
          if (joins.isSettled(at)) before.joins = joins.count();
          return;
        }
        const isForPeople = joins.count() > before.joins;
        // One for each who joined; what is left of them may come a moment later.
        before.joins = Math.min(joins.count(), before.joins + listeners - before.listeners);
        before.listeners = listeners;
        if (isForPeople) return;
        before.rises++;
        before.seqs = [...before.seqs.slice(-RISES), seq];
        if (before.rises < RISES) return;
        report({ key: name, seqs: before.seqs, at, amount: listeners });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 6 times every 900: received {"type":"chat"} from Bob by $n`,
    passes: `
      0 joined Ada with Bob
      10 4 times every 900: received {"type":"chat"} from Bob by $n
      5000 received {"type":"chat"} from Bob by 1
      10000 joins Cy
      10100 received {"type":"chat"} from Cy by 2
      11000 joins Dee
      11100 received {"type":"chat"} from Cy by 3
      12000 joins Eve
      12100 received {"type":"chat"} from Cy by 4
      13000 joins Flo
      13100 received {"type":"chat"} from Cy by 5
      14000 joins Gus
      14100 received {"type":"chat"} from Cy by 6
      15000 joins Hal
      75000 received {"type":"chat"} from Cy by 7`,
  },
};

/** How many have joined, and whether the last of them is there for a while: an app may listen once for each participant. */
function createJoins() {
  let count = 0;
  let latestAt = -Infinity;
  return {
    note(at: number): void {
      count++;
      latestAt = at;
    },
    count: () => count,
    isSettled: (at: number): boolean => at - latestAt > MOUNTED_MS,
  };
}
