import { NO_TYPE } from "../../daily/message-type";
import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import type { RuleEvent } from "../rule-event";
import { hasSameShape, isSameButForNumbers } from "./same-shape";

/** Our own choice, like the others. */
const ROUNDS = 10;
const WITHIN_MS = 10_000;
/** Most of what comes in must be answered, and nearly all that goes out be an answer: so many of the latest. */
const LATEST = 2 * ROUNDS;
const ALL_ANSWERED = 2 ** LATEST - 1;
const MAX_TYPES = 200;

type Stream = {
  /** The last message that came in. */
  latest: RuleEvent;
  isAnswered: boolean;
  /** One bit for each of the latest messages, the last one lowest: whether it was answered. */
  answers: number;
  received: number;
  /** The same of the latest that this page sent: whether each was an answer. */
  sends: number;
  sent: number;
};

/** A page whose listener answers each message with one of the same type, and is answered in its turn. */
export const feedbackLoop: Rule = {
  id: "feedback-loop",
  title: "Messages that answer themselves",
  level: "error",
  why: "The handler of a message sends one of the same type. If the other page does so, too, the two never stop; with more people in the call each round is larger than the one before.",
  advice:
    "Send what the user did, not what was received. Give an answer a type of its own, and do not answer answers.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data }) => setState(data, { isRemote: true }));\n// and send only if the change is not remote`,
  tell: ({ count, key }) =>
    `${howMany(count, "time")} a message of type ${key} was sent while the listeners of one like it ran.`,
  start(report) {
    const streams = new Map<string, Stream>();
    const gather = gathering(report, { times: ROUNDS, withinMs: WITHIN_MS });

    function received(seen: RuleEvent): void {
      const stream = streams.get(seen.type());
      if (stream) {
        stream.latest = seen;
        stream.isAnswered = false;
        stream.answers = (stream.answers << 1) & ALL_ANSWERED;
        stream.received++;
      } else if (streams.size < MAX_TYPES)
        streams.set(seen.type(), {
          latest: seen,
          isAnswered: false,
          answers: 0,
          received: 1,
          sends: 0,
          sent: 0,
        });
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
        // A timer that is due while a listener runs fires right after it: that alone is no answer.
        stream.sends = ((stream.sends << 1) & ALL_ANSWERED) | (isAnswer ? 1 : 0);
        if (!isAnswer) return;
        stream.isAnswered = true;
        stream.answers |= 1;
        const isMost =
          2 * ones(stream.answers) > Math.min(stream.received, LATEST) &&
          4 * ones(stream.sends) >= 3 * Math.min(stream.sent, LATEST);
        const seqs = [stream.latest.seq, seq];
        if (isMost) gather({ key: type(), type: type(), seqs, at });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      100 received {"type":"state","n":1} from Bob in 3 ms
      102 send {"type":"state","n":1} to *
      200 received {"type":"state","n":2} from Bob in 3 ms
      202 send {"type":"state","n":2} to *
      300 received {"type":"state","n":3} from Bob in 3 ms
      302 send {"type":"state","n":3} to *
      400 received {"type":"state","n":4} from Bob in 3 ms
      402 send {"type":"state","n":4} to *
      500 received {"type":"state","n":5} from Bob in 3 ms
      502 send {"type":"state","n":5} to *
      600 received {"type":"state","n":6} from Bob in 3 ms
      602 send {"type":"state","n":6} to *
      700 received {"type":"state","n":7} from Bob in 3 ms
      702 send {"type":"state","n":7} to *
      800 received {"type":"state","n":8} from Bob in 3 ms
      802 send {"type":"state","n":8} to *
      900 received {"type":"state","n":9} from Bob in 3 ms
      902 send {"type":"state","n":9} to *
      1000 received {"type":"state","n":10} from Bob in 3 ms
      1002 send {"type":"state","n":10} to *`,
    passes: `
      0 joined Ada with Bob
      100 received {"type":"cursor","x":1} from Bob
      105 send {"type":"cursor","x":7} to *
      200 received {"type":"cursor","x":2} from Bob
      205 send {"type":"cursor","x":7} to *
      300 received {"type":"cursor","x":3} from Bob
      305 send {"type":"cursor","x":7} to *
      400 received {"type":"cursor","x":4} from Bob
      405 send {"type":"cursor","x":7} to *
      500 received {"type":"cursor","x":5} from Bob
      505 send {"type":"cursor","x":7} to *
      600 received {"type":"cursor","x":6} from Bob
      605 send {"type":"cursor","x":7} to *
      700 received {"type":"cursor","x":7} from Bob
      705 send {"type":"cursor","x":7} to *
      800 received {"type":"cursor","x":8} from Bob
      805 send {"type":"cursor","x":7} to *
      900 received {"type":"cursor","x":9} from Bob
      905 send {"type":"cursor","x":7} to *
      1000 received {"type":"cursor","x":10} from Bob
      1005 send {"type":"cursor","x":7} to *`,
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
  const recipients = call?.to;
  if (recipients === undefined || recipients === "*") return hasSameShape(to.value(), value());
  const ids = typeof recipients === "string" ? [recipients] : recipients;
  return (
    ids.includes(event.fromId) && isSameButForNumbers(to.payload?.json ?? "", payload?.json ?? "")
  );
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
