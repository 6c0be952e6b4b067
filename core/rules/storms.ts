import { namesType, NO_TYPE } from "../daily/message-type";
import { countText, howMany } from "../lib/texts";
import { gathering } from "./gathering";
import { DOCS_PAGES, type Rule } from "./rule";
import type { RuleEvent } from "./rule-event";
import { isToAll, namesOf, byType } from "./rule-parts";

/** More than a screen shows: one a frame. */
const PER_SECOND = 60;
/** So many seconds in a row. */
const SECONDS = 3;
/** So much in a second is one even if nothing comes after it. */
const BURST = 10 * PER_SECOND;
const MAX_STREAMS = 500;

/** More messages than anything could show. */
const messageStorm: Rule = {
  id: "message-storm",
  title: "More messages than frames",
  level: "warning",
  why: "A screen shows 60 pictures a second. Messages of one type that come faster cost each receiver time and traffic, and no one sees the difference. Daily documents no limit for app messages, but asks not to flood.",
  advice: "Collect, and send the latest value at most 10 to 20 times a second.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `let latest;\nconst timer = setInterval(() => {\n  if (latest) call.sendAppMessage(latest);\n  latest = undefined;\n}, 66);`,
  tell: (found, name) =>
    `${found.subject.text} from ${namesOf(found, name)}: up to ${countText(found.most)} messages a second, ${found.text}.`,
  start(report, { people }) {
    const streams = new Map<
      string,
      { second: number; count: number; run: number; firstSeq: number }
    >();
    return {
      event(seen) {
        const { event, channel, call, type, seq, at } = seen;
        if (channel !== "app-message" || call?.outcome === "threw") return;
        const from = "fromId" in event ? event.fromId : (people.localId() ?? "local");
        const tell = (firstSeq: number, amount: number, text: string) =>
          report({
            subject: { text: `Type ${type()}`, type: type(), others: "Other types" },
            seqs: [firstSeq, seq],
            at,
            amount,
            people: [from],
            text,
          });
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
          if (before.count % BURST === 0) tell(before.firstSeq, before.count, "in a burst");
          return;
        }
        const isFull = before.count > PER_SECOND;
        before.run = isFull ? before.run + 1 : 0;
        const { count, run, firstSeq } = before;
        if (!isFull || second - before.second > 1) before.firstSeq = seq;
        if (second - before.second > 1) before.run = 0;
        before.second = second;
        before.count = 1;
        if (run >= SECONDS) tell(firstSeq, count, `for ${SECONDS} seconds or more`);
      },
    };
  },
};

/** Our own choice, like the others. */
const ROUNDS = 10;
const WITHIN_MS = 10_000;
/** Most of what comes in must be answered, and nearly all that goes out be an answer: so many of the latest. */
const LATEST = 2 * ROUNDS;
const ALL_ANSWERED = 2 ** LATEST - 1;
const MAX_TYPES = 200;

const newStream = (latest: RuleEvent) => ({
  /** The last message that came in. */
  latest,
  isAnswered: false,
  /** One bit for each of the latest messages, the last one lowest: whether it was answered. */
  answers: 0,
  received: 1,
  /** The same of the latest that this page sent: whether each was an answer. */
  sends: 0,
  sent: 0,
});

/** A page whose listener answers each message with one of the same type, and is answered in its turn. */
const feedbackLoop: Rule = {
  id: "feedback-loop",
  title: "Messages that answer themselves",
  level: "error",
  why: "The handler of a message sends one of the same type. If the other page does so, too, the two never stop; with more people in the call each round is larger than the one before.",
  advice:
    "Send what the user did, not what was received. Give an answer a type of its own, and do not answer answers.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data }) => setState(data, { isRemote: true }));\n// and send only if the change is not remote`,
  tell: ({ count, subject }) =>
    `${howMany(count, "time")} a message of ${subject.text} was sent while the listeners of one like it ran.`,
  start(report) {
    const streams = new Map<string, ReturnType<typeof newStream>>();
    const gather = gathering(report, { times: ROUNDS, withinMs: WITHIN_MS });

    function received(latest: RuleEvent): void {
      const stream = streams.get(latest.type());
      if (stream) {
        stream.latest = latest;
        stream.isAnswered = false;
        stream.answers = (stream.answers << 1) & ALL_ANSWERED;
        stream.received++;
      } else if (streams.size < MAX_TYPES) streams.set(latest.type(), newStream(latest));
    }

    return {
      event(seen) {
        const { channel, call, payload, messageType, type, seq, at } = seen;
        if (channel !== "app-message" || !payload || type() === NO_TYPE) return;
        // The same keys alone make no loop: a question and its answer may share them.
        if (messageType()?.isShape) return;
        if (!call) return received(seen);
        const stream = streams.get(type());
        if (call.outcome === "threw" || !stream) return;
        const isAnswer = !stream.isAnswered && answers(seen, stream.latest);
        stream.sent++;
        // A timer that is due while a listener runs fires right after it: that alone isn't an answer.
        stream.sends = ((stream.sends << 1) & ALL_ANSWERED) | (isAnswer ? 1 : 0);
        if (!isAnswer) return;
        stream.isAnswered = true;
        stream.answers |= 1;
        const isMost =
          2 * ones(stream.answers) > Math.min(stream.received, LATEST) &&
          4 * ones(stream.sends) >= 3 * Math.min(stream.sent, LATEST);
        if (isMost) gather({ subject: byType(seen), seqs: [stream.latest.seq, seq], at });
      },
    };
  },
};

/**
 * Whether the listeners of a message sent one like it. A reply to its sender alone is how requests are answered: only if
 * it says the same does it look like a loop.
 */
function answers({ call, at, value, payload }: RuleEvent, to: RuleEvent): boolean {
  const { event } = to;
  if (event.kind !== "daily-event" || event.name !== "app-message") return false;
  if (at > to.at + event.handlerMs) return false;
  if (isToAll(call?.to)) return hasSameShape(to.value(), value());
  return (
    [call?.to ?? []].flat().includes(event.fromId) &&
    isSameButForNumbers(to.payload?.json ?? "", payload?.json ?? "")
  );
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

const MAX_KEYS = 100;

/** Whether two messages have the same keys and say with the same words what they are: one of a kind, not question and answer. */
function hasSameShape(a: unknown, b: unknown): boolean {
  if (!isFields(a) || !isFields(b)) return typeof a === typeof b && isFields(a) === isFields(b);
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.slice(0, MAX_KEYS).every((key) => {
      if (!Object.hasOwn(b, key)) return false;
      return namesType(key) && typeof a[key] === "string" ? a[key] === b[key] : true;
    })
  );
}

/** Whether two JSON texts differ in nothing but their digits. */
const isSameButForNumbers = (a: string, b: string): boolean =>
  a === b || a.replaceAll(/\d+/g, "0") === b.replaceAll(/\d+/g, "0");

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const STORMS: readonly Rule[] = [messageStorm, feedbackLoop];
