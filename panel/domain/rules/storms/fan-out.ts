import { countText } from "../../count-text";
import { isPresent } from "../../people-tracker";
import { DOCS_PAGES, type Rule } from "../rule";

const PER_SECOND = 20;
const SECONDS = 5;
const CROWDS = [10, 50, 200];
const MAX_TYPES = 200;

/** The broadcasts of one type in one second; `run`: how many full ones came right before it. */
type Second = {
  readonly second: number;
  readonly run: number;
  readonly firstSeq: number;
  count: number;
  seq: number;
  at: number;
};

/** Broadcasts whose cost grows with the square of the room. */
export const fanOut: Rule = {
  id: "fan-out",
  title: "Broadcasts that will not scale",
  level: "info",
  why: "Each broadcast is delivered to everyone in the call. If every participant sends as this page does, the deliveries grow with the square of the room.",
  advice: "Send less often, only when something changed, and only to those who need it.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.sendAppMessage(data, idsOfThoseWhoSeeIt);`,
  tell: ({ key, text = "" }) => {
    const [count = 0, people = 0] = text.split(" ").map(Number);
    const per = (n: number) => `${countText(count * n * (n - 1))} with ${n}`;
    return `${countText(count)} broadcasts a second of type ${key} at the most, ${countText(count * (people - 1))} deliveries a second with ${people} in the call. If everybody sends so: ${CROWDS.map(per).join(", ")} (computed, not measured).`;
  },
  start(report, { people }) {
    const seconds = new Map<string, Second>();
    /** By type, the most deliveries in one second. */
    const most = new Map<string, number>();

    function tellOf(type: string, { at, count, firstSeq, seq }: Second): void {
      const present = [...people.people.values()].filter((each) => isPresent(each, seq)).length;
      if (present < 3) return;
      const deliveries = count * (present - 1);
      const isMost = deliveries > (most.get(type) ?? 0);
      if (isMost) most.set(type, deliveries);
      report({
        key: type,
        type,
        seqs: [firstSeq, seq],
        at,
        // Rate and people of the same second, or they make no number that ever was.
        ...(isMost && { text: `${count} ${present}` }),
      });
    }

    return {
      event({ call, type, seq, at }) {
        if (call?.method !== "sendAppMessage" || call.outcome === "threw") return;
        if (call.to !== undefined && call.to !== "*") return;
        const second = Math.floor(at / 1_000);
        const before = seconds.get(type());
        if (before?.second === second) {
          before.count++;
          before.seq = seq;
          before.at = at;
          return;
        }
        if (!before && seconds.size >= MAX_TYPES) return;
        const isFull = before !== undefined && before.count >= PER_SECOND;
        const isNext = isFull && second - before.second === 1;
        const run = isNext ? before.run + 1 : 0;
        seconds.set(type(), { second, count: 1, run, firstSeq: seq, seq, at });
        if (isNext && run >= SECONDS) tellOf(type(), before);
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
