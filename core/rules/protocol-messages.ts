// What goes wrong with the messages of a protocol: numbers that are missing, streams, sizes, listeners.
import type { ProtocolMessage } from "../conversation/message";
import { createSequences, type SequenceGap } from "../conversation/sequences";
import { LIMITS } from "../daily/limits";
import { countText, howMany } from "../lib/texts";
import { DOCS_PAGES, type Rule, type Sighting } from "./rule";
import { byName, eachEvent, isRefusedOutside } from "./rule-parts";
import { createWaiting, endsCall } from "./waiting";

/** What is late has come by then. Our own choice. */
const LATE_MS = 5_000;

const MISSING = byName("missing");
const REORDERED = byName("reordered");

/** Tavus' messages are numbered: some are missing, or came in another order. */
const tavusSequence: Rule = {
  id: "tavus-sequence",
  title: "Tavus messages are missing or out of order",
  level: "info",
  why: `Tavus numbers its messages by \`seq\`, since they may arrive in another order (documented). A number that hasn’t come after ${LATE_MS / 1_000} s most likely is a message that this page didn’t get; that Tavus uses every number isn’t documented.`,
  advice:
    "Sort what belongs together by `seq`, not by arrival, and expect gaps: let the next utterance replace what you have instead of adding to it.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data }) => {\n  if (data.seq <= latest) return;\n  latest = data.seq;\n});`,
  tell: ({ subject, count, total }) =>
    subject.text === MISSING.text
      ? `${howMany(total, "number")} of seq never came, in ${howMany(count, "gap")}.`
      : `${howMany(count, "message")} came after one with a higher seq.`,
  start(report, _, __, ends) {
    let sequences = createSequences();
    const waiting = createWaiting<SequenceGap>(LATE_MS, ends, ({ entry, at, missing }) => {
      if (missing > 0) report({ subject: MISSING, seqs: [entry.event.seq], at, amount: missing });
    });
    /** When the last numbered message came. */
    let before = 0;
    return {
      event({ event, seq, at, message }) {
        waiting.pass(at);
        if (endsCall(event)) {
          waiting.clear();
          sequences = createSequences();
          return;
        }
        const found = message();
        if (!found?.decoded.seq || found.decoded.protocol !== "tavus") return;
        sequences.take(found);
        const gap = sequences.gaps().at(-1);
        if (gap?.entry === found.entry) waiting.start(String(seq), at, gap, before);
        if (sequences.reorders().at(-1)?.entry === found.entry)
          report({ subject: REORDERED, seqs: [seq], at });
        before = at;
      },
      look: waiting.look,
      isWaiting: waiting.isWaiting,
    };
  },
};

/** A model may think for long between two tokens, but not for this long. Our own choice. */
const SILENT_MS = 30_000;

type Stream = { readonly sighting: Sighting; tokens: number; hasUserGoneOn: boolean };

/** The bot's model began to write, and no message says that it stopped. */
const streamNeverStops: Rule = {
  id: "token-stream-never-stops",
  title: "A token stream that doesn’t stop",
  level: "warning",
  why: `In RTVI the tokens of a response come between \`bot-llm-started\` and \`bot-llm-stopped\`. An app that shows “typing” until then never ends that. Reported when the user’s next turn already has its own response, or ${SILENT_MS / 1_000} s after the last token (our own choice), but not for a response that was interrupted.`,
  advice:
    "In the bot, check that every response ends with `LLMFullResponseEndFrame`, also when the model fails. In the app, end a response at the next `bot-llm-started`, `bot-interrupted` or `error`, too.",
  docs: DOCS_PAGES.channels,
  tell: ({ count, total }) =>
    `${howMany(count, "response")} didn’t stop, after ${howMany(total, "token")}${count === 1 ? "" : " in all"}.`,
  start(report, _, __, ends) {
    const tell = ({ sighting, tokens }: Stream): void => report({ ...sighting, amount: tokens });
    const waiting = createWaiting<Stream>(SILENT_MS, ends, (stream) => {
      // A model that hasn't started may be slow.
      if (stream.tokens > 0) tell(stream);
    });
    /** Senders whose bots speak 2.0 or later, and so say when they are interrupted. */
    const saysInterrupted = new Set<string>();

    function take({ decoded, direction, from, at, entry }: ProtocolMessage): void {
      const { parts = [], type } = decoded;
      for (const part of parts) {
        const stream = waiting.get(from);
        if (part.kind === "ready" && part.side === "bot") {
          if (Number.parseInt(part.version ?? "", 10) >= 2) saysInterrupted.add(from);
          else saysInterrupted.delete(from);
        } else if (part.kind === "model" && part.is === "started") {
          if (stream && stream.tokens > 0 && stream.hasUserGoneOn) tell(stream);
          const sighting = { seqs: [entry.event.seq], at };
          waiting.start(from, at, { sighting, tokens: 0, hasUserGoneOn: false });
        } else if (part.kind === "text" && part.isToken && type === "bot-llm-text" && stream) {
          stream.tokens++;
          waiting.start(from, at, stream);
        } else if (part.kind === "interrupted" && part.below !== undefined && stream) {
          if (saysInterrupted.has(from)) stream.hasUserGoneOn = true;
          else waiting.stop(from);
        } else if (part.kind === "model" || part.kind === "interrupted" || part.kind === "error")
          waiting.stop(from);
      }
      // What the user types may interrupt, and the bot of 1.x doesn't say so.
      if (direction === "out" && type === "send-text") waiting.clear();
    }

    return {
      event({ event, at, message }) {
        waiting.pass(at);
        const isLeft = event.kind === "daily-event" && event.name === "participant-left";
        if (isLeft || endsCall(event)) return waiting.clear();
        const found = message();
        if (found?.decoded.protocol === "rtvi") take(found);
      },
      byPanel: ({ message }) => void (message()?.decoded.type === "send-text" && waiting.clear()),
      look: waiting.look,
      isWaiting: waiting.isWaiting,
    };
  },
};

/** From this share of the limit on, twice as much would be refused. */
const SHARE = 0.5;

const { maxChars: LIMIT } = LIMITS["app-message"];

/** A message of RTVI that daily-js may refuse, while Pipecat's own check lets it pass. */
const pipecatLimit: Rule = {
  id: "pipecat-limit",
  title: "Pipecat’s size check won’t stop this",
  level: "info",
  why: `Pipecat’s own check allows up to 10 MiB unless the domain sets it (\`max_app_message_size\`); daily-js refuses above ${countText(LIMIT)} characters. Both were read in their code, not measured; what this domain sets isn’t known here. So Pipecat’s client accepts messages on which daily-js then throws. Reported from half of the limit.`,
  advice: `Keep messages to the bot below ${countText(LIMIT)} characters of JSON with everything around them: send an address instead of a file, and snapshots of a smaller part of the page. Catch what the client throws.`,
  docs: DOCS_PAGES.sendAppMessage,
  tell: ({ count, subject, most }) =>
    `${howMany(count, "message")} of ${subject.text} used half of daily-js’s ${countText(LIMIT)} characters or more: up to ${countText(most)}${most > LIMIT ? ", which was refused" : ""}.`,
  start: eachEvent(({ call, payload, protocol, type }) => {
    if (call?.method !== "sendAppMessage" || !payload || payload.problem) return undefined;
    const { chars } = payload;
    const { limit = LIMIT } = call;
    if (limit !== LIMIT || chars < limit * SHARE || isRefusedOutside(call)) return undefined;
    if (protocol() !== "rtvi") return undefined;
    return { subject: { text: type(), type: type(), others: "other types" }, amount: chars };
  }),
};

/** So many are held back until a message of another type is handled. */
const MAX_HELD = 20;

/** A listener that throws at messages of a protocol, while it handles others. */
const crashesOnProtocol: Rule = {
  id: "handler-crashes-on-other-protocol",
  title: "A listener crashes on a protocol’s messages",
  level: "error",
  why: "Every listener of `app-message` gets all messages of the room: those of the bot, of Prebuilt’s chat and of the app’s own. Here one threw on messages of a protocol and handled others, so it most likely takes every message for its own. daily-js swallows the exception, and listeners that were added later don’t run for that message.",
  advice:
    "Check first whether a message is yours, and leave all others alone: by its type, or by a label of your own.",
  docs: DOCS_PAGES.messagingEvents,
  code: `call.on("app-message", ({ data }) => {\n  if (data?.label === "rtvi-ai" || typeof data?.type !== "string") return;\n  handle(data);\n});`,
  tell: ({ count, subject, text }) =>
    `A listener threw on ${howMany(count, "message")} of ${subject.text} and handled messages of other types. The last time: ${text}`,
  start(report) {
    /** Handled without an exception: types of protocols, and whether anything else was. */
    const handled = new Set<string>();
    const held = new Map<string, Sighting[]>();
    const isTold = (protocol: string) =>
      [...handled].some((each) => each !== protocol) && !handled.has(protocol);

    return {
      event({ event, seq, at, protocol, message }) {
        if (event.kind !== "daily-event" || event.name !== "app-message") return;
        if (event.listeners === 0 || "simulated" in event) return;
        const own = protocol() ?? "";
        const { handlerError } = event;
        if (!handlerError) {
          if (handled.has(own)) return;
          handled.add(own);
          for (const [each, sightings] of held) {
            if (each !== own && isTold(each)) for (const sighting of sightings) report(sighting);
            if (each === own || isTold(each)) held.delete(each);
          }
          return;
        }
        // Where other messages of it are handled, the listener knows it.
        if (own === "" || handled.has(own)) return;
        const sighting = {
          subject: byName(message()?.decoded.name ?? own),
          seqs: [seq],
          at,
          text: `${handlerError.name}: ${handlerError.message}`,
        };
        if (isTold(own)) return report(sighting);
        held.set(own, [...(held.get(own) ?? []), sighting].slice(-MAX_HELD));
      },
    };
  },
};

export const PROTOCOL_MESSAGES: readonly Rule[] = [
  tavusSequence,
  streamNeverStops,
  pipecatLimit,
  crashesOnProtocol,
];
