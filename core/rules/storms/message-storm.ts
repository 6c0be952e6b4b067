import { countText } from "../../lib/count-text";
import { DOCS_PAGES, type Rule } from "../rule";

/** More than a screen shows: one a frame. */
const PER_SECOND = 60;
/** So many seconds in a row. */
const SECONDS = 3;
/** So much in a second is one even if nothing comes after it. */
const BURST = 10 * PER_SECOND;
const MAX_STREAMS = 500;

type Stream = { second: number; count: number; run: number; firstSeq: number };

const what = (type: string, from: string) => ({ key: type, type, people: [from] });

/** More messages than anything could show. */
export const messageStorm: Rule = {
  id: "message-storm",
  title: "More messages than frames",
  level: "warning",
  why: "A screen shows 60 pictures a second. Messages of one type that come faster cost each receiver time and traffic, and no one sees the difference. Daily documents no limit for app messages, but asks not to flood.",
  advice: "Collect, and send the latest value at most 10 to 20 times a second.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `let latest;\nconst timer = setInterval(() => {\n  if (latest) call.sendAppMessage(latest);\n  latest = undefined;\n}, 66);`,
  tell: ({ key, most, people, text }, name) =>
    `Type ${key} from ${people.map(name).join(", ")}: up to ${countText(most)} messages a second, ${text}.`,
  start(report, { people }) {
    const streams = new Map<string, Stream>();
    return {
      event({ event, channel, call, type, seq, at }) {
        if (channel !== "app-message" || call?.outcome === "threw") return;
        const from = "fromId" in event ? event.fromId : (people.localId() ?? "local");
        const id = `${from} ${type()}`;
        const second = Math.floor(at / 1_000);
        const before = streams.get(id);
        if (!before) {
          if (streams.size >= MAX_STREAMS) streams.clear();
          streams.set(id, { second, count: 1, run: 0, firstSeq: seq });
          return;
        }
        if (before.second === second) {
          before.count++;
          if (before.count % BURST === 0) {
            const seqs = [before.firstSeq, seq];
            const { count: amount } = before;
            report({ ...what(type(), from), seqs, at, amount, text: "in a burst" });
          }
          return;
        }
        const isFull = before.count > PER_SECOND;
        before.run = isFull ? before.run + 1 : 0;
        const { count, run, firstSeq } = before;
        if (!isFull || second - before.second > 1) before.firstSeq = seq;
        if (second - before.second > 1) before.run = 0;
        before.second = second;
        before.count = 1;
        if (run >= SECONDS)
          report({
            ...what(type(), from),
            seqs: [firstSeq, seq],
            at,
            amount: count,
            text: `for ${SECONDS} seconds or more`,
          });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 500 times every 10: received {"type":"pos","x":$n} from Bob`,
    passes: `
      0 joined Ada with Bob
      10 250 times every 20: received {"type":"pos","x":$n} from Bob`,
  },
};
