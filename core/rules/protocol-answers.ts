import { howMany } from "../lib/texts";
// What protocols ask for, and what comes of it.
import type { ProtocolMessage } from "../conversation/message";
import { createExchanges, type Exchange } from "../conversation/exchanges";
import type { CallPart } from "../protocols/protocol";
import { DOCS_PAGES, type Rule, type Sighting, type Subject } from "./rule";
import type { RuleEvent } from "./rule-event";
import { byName, countOf } from "./rule-parts";
import { createWaiting, endsCall } from "./waiting";

/** Pipecat's clients give up a request after this long by default (read in client-js). */
const ANSWER_MS = 10_000;
/** A function may ask others first. Our own choice. */
const RESULT_MS = 30_000;

const MAX_NAME = 80;

/** Of RTVI, what a client sends. All else comes from a bot. */
const OF_CLIENTS: ReadonlySet<string> = new Set([
  "client-ready",
  "disconnect-bot",
  "client-message",
  "send-text",
  "send-file",
  "llm-function-call-result",
  "dtmf",
  "ui-event",
  "ui-snapshot",
  "ui-cancel-job-group",
  "ui-cancel-task",
  "raw-audio",
  "raw-audio-batch",
  "append-to-context",
]);

const isOfRtvi = ({ decoded }: ProtocolMessage, type: string): boolean =>
  decoded.protocol === "rtvi" && decoded.type === type;

const isOfRtviBot = ({ decoded, direction }: ProtocolMessage): boolean =>
  direction === "in" && decoded.protocol === "rtvi" && !OF_CLIENTS.has(decoded.type);

/** A client that is ready, and no bot that says so, too. */
const noBotReady: Rule = {
  id: "rtvi-no-bot-ready",
  title: "No bot answered client-ready",
  level: "warning",
  why: `An RTVI bot answers \`client-ready\` with \`bot-ready\`; until then, \`connect()\` of Pipecat’s client doesn’t resolve. An app message is not kept, so a bot that joins later never gets \`client-ready\`. ${ANSWER_MS / 1_000} s is our own choice.`,
  advice:
    "Check the bot’s log: it may not have started, may be in another room, or may have no RTVI processor in its pipeline. If it joins late, send `client-ready` once it is in the call.",
  docs: DOCS_PAGES.channels,
  tell: ({ count }) =>
    `${howMany(count, "client-ready", "client-ready")}, and no message from an RTVI bot within ${ANSWER_MS / 1_000} s.`,
  start(report, _, __, ends) {
    const waiting = createWaiting<Sighting>(ANSWER_MS, ends, report);
    return {
      event({ event, seq, at, message }) {
        waiting.pass(at);
        if (endsCall(event)) return waiting.clear();
        const found = message();
        if (!found) return;
        if (isOfRtviBot(found)) waiting.clear();
        if (found.direction === "out" && isOfRtvi(found, "client-ready"))
          waiting.start(String(seq), at, { seqs: [seq], at });
      },
      look: waiting.look,
      isWaiting: waiting.isWaiting,
    };
  },
};

/** The number before the first point; undefined for what isn't a version. */
const majorOf = (version: string | undefined): string | undefined =>
  /^(\d+)\.\d+\.\d+/.exec(version ?? "")?.[1];

const versionOf = ({ decoded: { parts = [] } }: ProtocolMessage): string | undefined =>
  parts.find((part) => part.kind === "ready")?.version?.slice(0, MAX_NAME);

/** A bot and a client that speak different versions of RTVI. */
const versionsDiffer: Rule = {
  id: "rtvi-versions",
  title: "Client and bot speak different RTVI versions",
  level: "warning",
  why: "Client and bot agree on what they send by the major version in `client-ready` and `bot-ready`. If it differs, messages are missing or have another form, and the session goes on all the same. A bot answers a version that it can’t use with `error-response` (read in Pipecat).",
  advice: "Update the older side: the client’s packages or `pipecat-ai` on the bot.",
  docs: DOCS_PAGES.channels,
  tell: ({ subject, text }) => `The client speaks ${subject.text}. The bot answered: ${text}`,
  start(report) {
    const exchanges = createExchanges();
    const versions = new WeakMap<Exchange, string | undefined>();
    return {
      event({ seq, at, message }) {
        const found = message();
        if (!found || found.decoded.protocol !== "rtvi") return;
        const { type, asks, answers, line, parts = [] } = found.decoded;
        if (type === "client-ready" && asks) {
          // Of earlier ones, nothing more is to come.
          exchanges.dropBefore(found.entry.index);
          const exchange = exchanges.take(found);
          if (exchange) versions.set(exchange, versionOf(found));
          return;
        }
        const isRefusal = type === "error-response";
        if (!answers || !(isRefusal || type === "bot-ready")) return;
        const exchange = exchanges.take(found);
        if (!exchange || !versions.has(exchange)) return;
        const asked = versions.get(exchange);
        const told = versionOf(found);
        const [wanted, given] = [majorOf(asked), majorOf(told)];
        const isOther = wanted !== undefined && given !== undefined && wanted !== given;
        if (!isRefusal && !isOther) return;
        // One of them is enough.
        versions.delete(exchange);
        const error = parts.find((part) => part.kind === "error")?.text;
        report({
          subject: byName(asked === undefined ? "no version" : `version ${asked}`),
          seqs: [exchange.request.event.seq, seq],
          at,
          people: [found.from],
          text: isRefusal ? (error ?? line ?? "error-response") : `version ${told}.`,
        });
      },
    };
  },
};

/** What a request is about: its type, and for a message of the app's own, the name that the app gives it. */
function subjectOf({ decoded }: ProtocolMessage): Subject {
  const { label, content } = decoded;
  const name = typeof content === "object" && content !== null && "t" in content && content.t;
  return {
    text: typeof name === "string" ? `${label} ${name.slice(0, MAX_NAME)}` : label,
    type: label,
    others: "other types",
  };
}

/** So many requests without an answer are held back until one like them has one. */
const MAX_HELD = 20;

/** A request that got no answer. */
const requestWithoutAnswer: Rule = {
  id: "request-without-answer",
  title: "A request without an answer",
  level: "warning",
  why: `An answer has the id of its request. A type that doesn’t always want an answer, such as RTVI’s \`client-message\`, is reported only if others like it were answered. By default Pipecat’s client gives up after ${ANSWER_MS / 1_000} s (read in its code) and makes up an error for the app.`,
  advice:
    "Check the bot’s log for an error in what handles this message: a handler that throws, or returns early, answers nothing. Answer with an error when it can’t be done.",
  docs: DOCS_PAGES.channels,
  tell: (found) => `${countOf(found, "request")} had no answer within ${ANSWER_MS / 1_000} s.`,
  start(report, _, __, ends) {
    let exchanges = createExchanges();
    /** Subjects of which an answer has been seen; requests without one, until one has. */
    const answered = new Set<string>();
    const held = new Map<string, Sighting[]>();
    const waiting = createWaiting<{ sighting: Sighting; isExpected: boolean }>(
      ANSWER_MS,
      ends,
      ({ sighting, isExpected }) => {
        const key = sighting.subject?.text ?? "";
        if (isExpected || answered.has(key)) return report(sighting);
        if (held.size >= MAX_HELD && !held.has(key)) return;
        held.set(key, [...(held.get(key) ?? []), sighting].slice(-MAX_HELD));
      },
    );
    /** The subjects of open requests, by their event's number. */
    const subjects = new Map<number, Subject>();
    let sinceDropped = 0;

    function take(found: ProtocolMessage, isAsking: boolean): void {
      const { asks, answers } = found.decoded;
      if (!asks && !answers) return;
      const exchange = exchanges.take(found);
      if (!exchange) return;
      const { request, isExpected } = exchange;
      const { seq, at } = request.event;
      if (request === found.entry) {
        if (!isAsking || found.direction !== "out" || isReadyOrFunction(found)) return;
        const subject = subjectOf(found);
        subjects.set(seq, subject);
        waiting.start(String(seq), at, { sighting: { subject, seqs: [seq], at }, isExpected });
        if (++sinceDropped >= MAX_SUBJECTS) forget();
        return;
      }
      waiting.stop(String(seq));
      const key = subjects.get(seq)?.text;
      if (key === undefined || answered.size >= MAX_SUBJECTS) return;
      answered.add(key);
      for (const each of held.get(key) ?? []) report(each);
      held.delete(key);
    }

    /** Forgets the older half of the requests. */
    function forget(): void {
      sinceDropped = MAX_SUBJECTS / 2;
      const list = exchanges.list();
      const oldest = list[Math.floor(list.length / 2)];
      if (!oldest) return;
      exchanges.dropBefore(oldest.request.index);
      for (const seq of subjects.keys()) if (seq < oldest.request.event.seq) subjects.delete(seq);
    }

    const look = ({ event, at, message }: RuleEvent, isAsking: boolean): void => {
      waiting.pass(at);
      if (endsCall(event)) {
        waiting.clear();
        exchanges = createExchanges();
        return;
      }
      const found = message();
      if (found) take(found, isAsking);
    };
    return {
      event: (seen) => look(seen, true),
      byPanel: (seen) => look(seen, false),
      look: waiting.look,
      isWaiting: waiting.isWaiting,
    };
  },
};

const MAX_SUBJECTS = 1_000;

const callsIn = ({ decoded: { parts = [] } }: ProtocolMessage): CallPart[] =>
  parts.filter((part) => part.kind === "function-call");

/** Rules of their own tell of these. */
const isReadyOrFunction = (message: ProtocolMessage): boolean =>
  isOfRtvi(message, "client-ready") || callsIn(message).length > 0;

/** A function that the model called and that returned nothing. */
const functionWithoutResult: Rule = {
  id: "function-call-without-result",
  title: "A function call without a result",
  level: "warning",
  why: `The model called a function, and this page saw no end of it within ${RESULT_MS / 1_000} s, which is our own choice: neither a result nor that it was cancelled. Until then most bots say nothing. Not reported for Vapi, whose tools in the page return nothing, or where the bot’s messages have no \`tool_call_id\`.`,
  advice:
    "If the page runs the function, send the result in any case, an error included, with the `tool_call_id` of the call. If the bot runs it, check the bot’s log for what the function waits for.",
  docs: DOCS_PAGES.channels,
  tell: (found) => `${countOf(found, "call")} had no result within ${RESULT_MS / 1_000} s.`,
  start(report, _, __, ends) {
    const waiting = createWaiting<Sighting>(RESULT_MS, ends, report);
    /** Ids of functions that are over: RTVI may tell of the same call in two ways. */
    const over = new Set<string>();
    const keyOf = ({ decoded }: ProtocolMessage, id: string) => `${decoded.protocol} ${id}`;

    function take(found: ProtocolMessage, { seq, at }: RuleEvent): void {
      for (const part of callsIn(found)) {
        if (part.id === undefined) continue;
        const key = keyOf(found, part.id);
        if (part.is === "ended") {
          waiting.stop(key);
          if (over.size >= MAX_SUBJECTS) over.clear();
          over.add(key);
        } else if (
          part.is === "started" &&
          found.decoded.asks?.isExpected === true &&
          !over.has(key) &&
          waiting.get(key) === undefined
        )
          waiting.start(key, at, {
            subject: byName(part.name?.slice(0, MAX_NAME) ?? "a function without a name"),
            seqs: [seq],
            at,
          });
      }
    }

    const look = (seen: RuleEvent): void => {
      waiting.pass(seen.at);
      const { event, message } = seen;
      // A bot that leaves ends what it was at.
      const isLeft = event.kind === "daily-event" && event.name === "participant-left";
      if (isLeft || endsCall(event)) return waiting.clear();
      const found = message();
      if (found) take(found, seen);
    };
    return { event: look, byPanel: look, look: waiting.look, isWaiting: waiting.isWaiting };
  },
};

export const PROTOCOL_ANSWERS: readonly Rule[] = [
  noBotReady,
  versionsDiffer,
  requestWithoutAnswer,
  functionWithoutResult,
];
