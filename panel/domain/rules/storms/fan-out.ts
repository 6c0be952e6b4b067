import { countText } from "../../count-text";
import { isPresent } from "../../people-tracker";
import { DOCS_PAGES, type Rule } from "../rule";

const PER_SECOND = 20;
const SECONDS = 5;
const CROWDS = [10, 50, 200];

/** Broadcasts whose cost grows with the square of the room. */
export const fanOut: Rule = {
  id: "fan-out",
  title: "Broadcasts that will not scale",
  level: "info",
  why: "Each broadcast is delivered to everyone in the call. If every participant sends as this page does, the deliveries grow with the square of the room.",
  advice: "Send less often, only when something changed, and only to those who need it.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.sendAppMessage(data, idsOfThoseWhoSeeIt);`,
  tell: ({ key, most, text }) => {
    const people = Number(text);
    const per = (n: number) => `${countText(most * n * (n - 1))} with ${n}`;
    return `Up to ${countText(most)} broadcasts a second of type ${key}, ${countText(most * (people - 1))} deliveries a second with ${people} in the call. If everybody sends so: ${CROWDS.map(per).join(", ")} (computed, not measured).`;
  },
  start(report, { people }) {
    const seconds = new Map<string, { second: number; count: number; run: number; seq: number }>();
    return {
      event({ call, type, seq, at }) {
        if (call?.method !== "sendAppMessage" || call.outcome === "threw") return;
        if (call.to !== undefined && call.to !== "*") return;
        const second = Math.floor(at / 1_000);
        const before = seconds.get(type());
        if (!before) {
          if (seconds.size < 200) seconds.set(type(), { second, count: 1, run: 0, seq });
          return;
        }
        if (before.second === second) {
          before.count++;
          return;
        }
        const { count } = before;
        const isNext = second - before.second === 1;
        const run = count >= PER_SECOND && isNext ? before.run + 1 : 0;
        seconds.set(type(), { second, count: 1, run, seq: run > 0 ? before.seq : seq });
        if (run < SECONDS) return;
        const present = [...people.people.values()].filter((each) => isPresent(each, seq)).length;
        if (present < 3) return;
        report({
          key: type(),
          type: type(),
          seqs: [before.seq, seq],
          at,
          amount: count,
          text: String(present),
        });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob Cy
      10 250 times every 30: send {"type":"pos","x":$n} to *`,
    passes: `
      0 joined Ada with Bob Cy
      10 60 times every 30: send {"type":"pos","x":$n} to *`,
  },
};
