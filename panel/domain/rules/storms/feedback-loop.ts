import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** So soon after a message of the same type it is an answer by code, and so many in a row a loop. */
const ANSWER_MS = 20;
const ROUNDS = 10;
const WITHIN_MS = 10_000;
const MAX_TYPES = 200;

type Loop = { receivedAt: number; receivedSeq: number; rounds: { at: number; seqs: number[] }[] };

/** A page that answers each message with one of the same type, and is answered in its turn. */
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
    `${howMany(count, "time")} a message of type ${key} was sent within ${ANSWER_MS} ms of one that came in.`,
  start(report) {
    const loops = new Map<string, Loop>();
    return {
      event({ channel, call, type, seq, at }) {
        if (channel !== "app-message" || call?.outcome === "threw") return;
        const loop = loops.get(type());
        if (!call) {
          if (loop) Object.assign(loop, { receivedAt: at, receivedSeq: seq });
          else if (loops.size < MAX_TYPES)
            loops.set(type(), { receivedAt: at, receivedSeq: seq, rounds: [] });
          return;
        }
        if (!loop || at - loop.receivedAt > ANSWER_MS) {
          // Somebody who sends by hand, too: no loop so far.
          if (loop) loop.rounds = [];
          return;
        }
        loop.rounds = loop.rounds.filter((each) => at - each.at < WITHIN_MS);
        loop.rounds.push({ at, seqs: [loop.receivedSeq, seq] });
        loop.receivedAt = -Infinity;
        const { rounds } = loop;
        if (rounds.length < ROUNDS) return;
        const seqs = rounds.flatMap((each) => each.seqs);
        report({ key: type(), type: type(), seqs, at, times: rounds.length });
        loop.rounds = [];
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      100 received {"type":"state"} from Bob
      102 send {"type":"state"} to *
      200 received {"type":"state"} from Bob
      202 send {"type":"state"} to *
      300 received {"type":"state"} from Bob
      302 send {"type":"state"} to *
      400 received {"type":"state"} from Bob
      402 send {"type":"state"} to *
      500 received {"type":"state"} from Bob
      502 send {"type":"state"} to *
      600 received {"type":"state"} from Bob
      602 send {"type":"state"} to *
      700 received {"type":"state"} from Bob
      702 send {"type":"state"} to *
      800 received {"type":"state"} from Bob
      802 send {"type":"state"} to *
      900 received {"type":"state"} from Bob
      902 send {"type":"state"} to *
      1000 received {"type":"state"} from Bob
      1002 send {"type":"state"} to *`,
    passes: `
      0 joined Ada with Bob
      100 20 times every 100: received {"type":"ping","n":$n} from Bob
      2200 20 times every 100: send {"type":"pong","n":$n} to *`,
  },
};
