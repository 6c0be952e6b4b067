import { countText } from "../../lib/count-text";
import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** One pause may be the machine's; these are ours to choose. */
const SLOW_MS = 100;
const VERY_SLOW_MS = 500;
const TIMES = 3;

/** Listeners that keep the page from doing anything else. */
export const slowListener: Rule = {
  id: "slow-listener",
  title: "A listener blocks the page",
  level: "warning",
  why: "Listeners run one after the other in the page's main thread. While they run, nothing is drawn and no other event arrives; from 50 ms on people notice.",
  advice:
    "Do less in the listener: keep the data, and render or compute later. In React, set state once a frame.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data }) => {\n  queue.push(data);\n  scheduled ||= requestAnimationFrame(drawQueue);\n});`,
  tell: ({ count, key, total }) =>
    `Listeners of ${key} blocked the page ${howMany(count, "time")}: ${countText(Math.round(total))} ms in all.`,
  start(report) {
    const gather = gathering(report, { times: TIMES });
    return {
      event({ event, channel, type, seq, at }) {
        if (event.kind !== "daily-event" || !channel || event.handlerMs < SLOW_MS) return;
        const isMessage = channel === "app-message";
        const key = isMessage ? `${event.name} of type ${type()}` : event.name;
        const { handlerMs: amount } = event;
        gather(
          { key, ...(isMessage && { type: type() }), seqs: [seq], at, amount },
          amount >= VERY_SLOW_MS,
        );
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 3 times every 300: received {"type":"pos","n":$n} from Bob in 150 ms`,
    passes: `
      0 joined Ada with Bob
      10 2 times every 300: received {"type":"pos","n":$n} from Bob in 150 ms`,
  },
};
