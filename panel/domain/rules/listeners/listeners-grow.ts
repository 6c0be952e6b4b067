import { countText } from "../../count-text";
import { DOCS_PAGES, type Rule } from "../rule";

/** An app that mounts some parts one after the other may add a few. Our own choice. */
const RISES = 5;

/** The same event has more and more listeners. */
export const listenersGrow: Rule = {
  id: "listeners-grow",
  title: "Listeners pile up within a call",
  level: "warning",
  why: "Each time the same code adds its listener without taking the old one off (a hot reload, a React effect without cleanup), every message is handled once more. Which function is registered is not visible here, only how many.",
  advice:
    "Take the same function off again. In React, do it in the effect’s cleanup, or use useAppMessage() with a memoised callback.",
  docs: DOCS_PAGES.reactMessages,
  code: `useEffect(() => {\n  call.on("app-message", onMessage);\n  return () => call.off("app-message", onMessage);\n}, [call, onMessage]);`,
  tell: ({ key, most }) =>
    `${key} has gone up to ${countText(most)} listeners, and never down in this stay.`,
  start(report) {
    let counts = new Map<
      string,
      { first: number; listeners: number; rises: number; seqs: number[] }
    >();
    return {
      event({ event, channel, seq, at }) {
        if (event.kind !== "daily-event") return;
        if (event.name === "joined-meeting" || event.name === "left-meeting") counts = new Map();
        if (!channel) return;
        const { name, listeners } = event;
        const before = counts.get(name);
        if (!before || listeners < before.listeners) {
          counts.set(name, { first: listeners, listeners, rises: 0, seqs: [seq] });
          return;
        }
        if (listeners === before.listeners) return;
        before.listeners = listeners;
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
      5000 received {"type":"chat"} from Bob by 1`,
  },
};
