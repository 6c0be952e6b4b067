import type { Recording } from "../../core/recording/recording";
import { durationText } from "../../core/lib/texts";
import { formatDate, formatTime } from "../../panel/ui/format";
import type { Truth } from "./truth";

/** An app message as the page sent or got it. `data` is parsed where it is JSON text inside a string. */
export type Message = {
  readonly at: number;
  readonly direction: "in" | "out";
  readonly data: Readonly<Record<string, unknown>>;
};

/** What a message of a protocol tells of a talk. */
type Sign =
  | "user-starts"
  | "user-stops"
  /** The text of what was spoken, after the user stopped. */
  | "user-final"
  | "user-typed"
  | "model-starts"
  | "token"
  | "call-starts"
  | "call-ends"
  | "bot-starts"
  | "bot-stops"
  | "cut";

type Signed = {
  readonly sign: Sign | undefined;
  readonly message: Message;
  readonly place: number;
};

/** How one protocol tells a talk. */
export type Telling = {
  /** What says that the bot was cut. */
  readonly cutBy: "cut" | "bot-stops";
  readonly signOf: (message: Message) => Sign | undefined;
  /** What stands in place of a message that is shown beside the turns. */
  readonly lineOf: (message: Message) => string | undefined;
  /** `RTVI 2.1.0 in …`, before the date. */
  readonly heading: string;
  readonly user: string;
  readonly bot: string;
};

/**
 * What is certain of the page's clock against the one of this process, in ms: the page is ahead by at least one of them,
 * by at most the other.
 */
export type ClockBounds = { readonly atLeast: number; readonly atMost: number };

/** Something that was true at a time, and the message that tells it: `here` is this process, `page` the page. */
type Moment = { readonly here: number; readonly page: number; readonly direction: "in" | "out" };

const MARKS = ["user stopped", "final transcript", "first token", "first audio", "bot stopped"];
type Mark = { readonly name: string; readonly at: number };

export function messagesOf({ events }: Recording): Message[] {
  return events.flatMap((event): Message[] => {
    const isSent = event.kind === "method-called" && event.method === "sendAppMessage";
    const isReceived = event.kind === "daily-event" && event.name === "app-message";
    if (!isSent && !isReceived) return [];
    const value: unknown = JSON.parse(event.payload.json);
    const inside: unknown =
      typeof value === "string" && value.startsWith("{") ? JSON.parse(value) : value;
    const data = typeof inside === "object" ? inside : { type: inside };
    return [{ at: event.at, direction: isSent ? "out" : "in", data: data as Message["data"] }];
  });
}

/**
 * The text that the Conversation view has to copy, from what is true and the messages that told it; and when what is true
 * happened, here and in the page.
 */
export function toldText(
  { turns }: Truth,
  messages: readonly Message[],
  telling: Telling,
): {
  readonly text: string;
  readonly moments: readonly Moment[];
  /** Those of the last turn. */
  readonly legs: readonly { readonly text: string; readonly ms: number }[];
} {
  const signed = messages.map((message, place): Signed => ({
    sign: telling.signOf(message),
    message,
    place,
  }));
  const next = createReader(signed);
  const moments: Moment[] = [];
  const note = (here: number | undefined, { message: { at, direction } }: Signed): number => {
    if (here === undefined) throw new Error("The bot doesn't know when that was.");
    moments.push({ here, page: at, direction });
    return at;
  };
  const items: { readonly place: number; readonly at: number; readonly lines: string[] }[] = [];
  const legs: { readonly name: string; readonly order: number; readonly ms: number }[] = [];
  let lastLegs: { readonly text: string; readonly ms: number }[] = [];
  /** Of the last turn of a user, what the answer waits for. */
  let asked: Mark[] = [];

  turns.forEach((turn, index) => {
    if (turn.role === "user") {
      const begin = next(turn.isTyped ? "user-typed" : "user-starts");
      const at = note(turn.startedAt, begin);
      items.push({ place: begin.place, at, lines: [`${telling.user}: ${turn.text}`] });
      asked = [];
      if (turn.isTyped) asked.push({ name: "final transcript", at });
      else asked.push({ name: "user stopped", at: note(turn.stoppedAt, next("user-stops")) });
      const final = turn.isTyped ? undefined : next.optional("user-final");
      if (final) asked.push({ name: "final transcript", at: note(turn.stoppedAt, final) });
      return;
    }
    const begins: Signed[] = [];
    const model = next.optional("model-starts");
    if (model) {
      begins.push(model);
      note(turn.llmStartedAt, model);
    }
    const calls = turn.calls.map((call) => {
      const [start, end] = [next("call-starts"), next("call-ends")];
      begins.push(start);
      const took = note(call.endedAt, end) - note(call.startedAt, start);
      // The model goes on with what the function returned.
      if (model) next("model-starts");
      return `  ${call.name}(${JSON.stringify(call.arguments)}) → ${JSON.stringify(call.result)} after ${durationText(took)}`;
    });
    const marks = [...asked];
    const token = next.optional("token");
    if (token) {
      begins.push(token);
      marks.push({ name: "first token", at: note(turn.firstTokenAt, token) });
      for (let more = 1; more < turn.tokens; more++) next("token");
    }
    const audio = next("bot-starts");
    begins.push(audio);
    marks.push({ name: "first audio", at: note(turn.startedAt, audio) });
    marks.push({ name: "bot stopped", at: note(turn.stoppedAt, next("bot-stops")) });
    const [begin] = begins.toSorted((a, b) => a.place - b.place) as [Signed];
    const words = [`${telling.bot}: ${turn.isInterrupted ? turn.spoken : turn.text}`];
    if (turn.isInterrupted) {
      const breaksIn = signed.filter(({ sign }) => sign === "user-starts")[
        turns.slice(0, index).filter((each) => each.role === "user" && !each.isTyped).length
      ] as Signed;
      const cut = signed.find(
        ({ sign, place }) => sign === telling.cutBy && place > breaksIn.place,
      );
      words.push(`[interrupted at ${formatTime(cut?.message.at ?? 0)}]`);
      words.push(`[not said: ${turn.text.slice(turn.spoken.length).trim()}]`);
    }
    const own = marks.slice(1).map(({ name, at }, place) => {
      const from = marks[place] as Mark;
      return { from: from.name, to: name, ms: at - from.at };
    });
    const waited = marks[0] as Mark;
    const isWaiting = asked.length > 0 && waited.name !== "first audio";
    const answer = marks.find(({ name }) => name === "first audio") as Mark;
    const response = { from: waited.name, to: answer.name, ms: answer.at - waited.at };
    const isLeg = own.some(({ from, to }) => from === response.from && to === response.to);
    for (const { from, to, ms } of isWaiting && !isLeg ? [response, ...own] : own)
      legs.push({ name: `${from} → ${to}`, order: orderOf(from, to), ms });
    lastLegs = own.map(({ to, ms }) => {
      const took = durationText(ms);
      return { ms, text: to === "bot stopped" ? `spoke ${took}` : `${took} to ${to}` };
    });
    const texts = lastLegs.map(({ text }) => text);
    items.push({
      place: begin.place,
      at: begin.message.at,
      lines: [words.join(" "), ...calls, `  (${texts.join(", ")})`],
    });
    asked = [];
  });
  next.end();

  messages.forEach((message, place) => {
    const line = telling.lineOf(message);
    if (line !== undefined) items.push({ place, at: message.at, lines: [line] });
  });
  items.sort((a, b) => a.place - b.place);
  const text = [
    `Conversation: ${telling.heading}, ${formatDate(new Date(items[0]?.at ?? 0).toISOString())}`,
    `Times: ${totals(legs).join("; ")}`,
    "",
    ...items.flatMap(({ at, lines: [first, ...rest] }) => [`${formatTime(at)}  ${first}`, ...rest]),
    "",
  ].join("\n");
  return { text, moments, legs: lastLegs };
}

const orderOf = (from: string, to: string): number =>
  MARKS.indexOf(from) * MARKS.length + MARKS.indexOf(to);

/** Of as few turns as a talk has: how many, and the longest. */
function totals(legs: readonly { name: string; order: number; ms: number }[]): string[] {
  const names = new Set(legs.toSorted((a, b) => a.order - b.order).map(({ name }) => name));
  return [...names].map((name) => {
    const all = legs.filter((leg) => leg.name === name).map(({ ms }) => ms);
    return `${name}: ${all.length} · max ${durationText(Math.max(...all))}`;
  });
}

/** Gives the messages of each sign, one after the other. */
function createReader(signed: readonly Signed[]) {
  const taken = new Map<Sign, number>();
  const allOf = (sign: Sign) => signed.filter((each) => each.sign === sign);
  function optional(sign: Sign): Signed | undefined {
    const count = taken.get(sign) ?? 0;
    taken.set(sign, count + 1);
    return allOf(sign)[count];
  }
  function next(sign: Sign): Signed {
    const found = optional(sign);
    if (!found) throw new Error(`No message tells of this ${sign}.`);
    return found;
  }
  return Object.assign(next, {
    optional,
    /** None is left of any that was asked for. */
    end(): void {
      for (const [sign, count] of taken)
        if (allOf(sign).length > count)
          throw new Error(`${allOf(sign).length} messages tell of ${sign}, for ${count}.`);
    },
  });
}

/**
 * What can't be of times in the page, as sentences: a message that came before the bot said it, or one that the bot knew of
 * before it was sent.
 */
export const impossible = (
  moments: readonly Moment[],
  { atLeast, atMost }: ClockBounds,
): readonly string[] =>
  moments.flatMap(({ here, page, direction }) => {
    const ahead = page - here;
    if (direction === "in" && ahead < atLeast) return [`came ${atLeast - ahead} ms too early`];
    if (direction === "out" && ahead > atMost) return [`went ${ahead - atMost} ms too late`];
    return [];
  });
