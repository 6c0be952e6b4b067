import { MIN_FOR_PERCENTILES } from "../lib/distribution";
import { clockText, countText, dateText, durationText } from "../lib/texts";
import type { CallState } from "../session/call-state";
import type { Conversation } from "./conversation";
import { type Item, piecesOf, speakerOf } from "./shown-turn";
import type { LegTotal, MarkName } from "./timing";
import { legsOf, marksOf } from "./timing";
import type { FunctionCall, Turn } from "./turn";
import type { Line } from "./turns";

/** How each mark is called. */
export const MARK_NAMES: Readonly<Record<MarkName, string>> = {
  "voice-stopped": "voice stopped",
  "user-stopped": "user stopped",
  "transcript-final": "final transcript",
  "first-token": "first token",
  "first-audio": "first audio",
  stopped: "bot stopped",
};

export const PROTOCOL_NAMES: Readonly<Record<string, string>> = {
  rtvi: "RTVI",
  vapi: "Vapi",
  tavus: "Tavus",
  lemonslice: "LemonSlice",
  transcription: "Transcription",
};

/** `get_weather`, or why there is no name. */
export const functionName = ({ name, isWithheld }: FunctionCall): string =>
  name ?? (isWithheld ? "(name withheld by the bot)" : "(name not told)");

/** Where the time of a bot's turn went, as words: `120 ms to final transcript`. */
export const legTexts = (turn: Turn): string[] =>
  legsOf(marksOf(turn)).map(({ from, to, ms }) =>
    from === "first-audio" && to === "stopped"
      ? `spoke ${durationText(ms)}`
      : `${durationText(ms)} to ${MARK_NAMES[to]}`,
  );

/** `user stopped → first audio`. */
export const legName = ({ from, to }: Pick<LegTotal, "from" | "to">): string =>
  `${MARK_NAMES[from]} → ${MARK_NAMES[to]}`;

/** `p50 820 ms · p95 1.4 s`, and of few turns no more than is known. */
export const totalText = ({ count, median, p95, max }: LegTotal): string =>
  count < MIN_FOR_PERCENTILES
    ? `${countText(count)} · max ${durationText(max)}`
    : `p50 ${durationText(median)} · p95 ${durationText(p95)}`;

/** What a value is in one line: JSON, or nothing where it isn't told. */
const jsonOf = (value: unknown): string => (value === undefined ? "" : JSON.stringify(value));

/** What came of a function call: `→ {"temp":20} · 320 ms`. */
function outcomeOf({ isCancelled, endedAt, startedAt, result }: FunctionCall): string {
  if (endedAt === undefined) return isCancelled ? "cancelled" : "no result";
  const took = durationText(endedAt - startedAt);
  if (isCancelled) return `cancelled after ${took}`;
  return result === undefined ? `ended after ${took}` : `→ ${jsonOf(result)} after ${took}`;
}

type Told = {
  readonly conversation: Conversation;
  readonly items: readonly Item[];
  readonly call: CallState | undefined;
};

/** `RTVI 1.2.0 in demo.daily.co/qa, 2026-11-20 14:03`. */
function headingOf({ conversation, items, call }: Told): string {
  const id = conversation.protocol() ?? "";
  const protocol = [PROTOCOL_NAMES[id] ?? id, conversation.version()].filter(Boolean).join(" ");
  const place = call?.room?.replace(/^https:\/\//, "");
  const at = items[0]?.startedAt;
  return `${protocol}${place ? ` in ${place}` : ""}${at === undefined ? "" : `, ${dateText(at)}`}`;
}

/** A conversation as plain text: a line for each turn and what happened in it. */
export function toText(told: Told): string {
  const { items, conversation, call } = told;
  const totals = conversation.totals().map((total) => `${legName(total)}: ${totalText(total)}`);
  return [
    `Conversation: ${headingOf(told)}`,
    ...(totals.length > 0 ? [`Times: ${totals.join("; ")}`] : []),
    "",
    ...items.map((item) => itemText(item, call)),
    "",
  ].join("\n");
}

/** A turn or a line of the conversation as plain text. */
export function itemText(item: Item, call: CallState | undefined): string {
  const time = clockText(item.startedAt);
  if (item.kind === "line") return `${time}  ${lineWords(item)}`;
  const { name, role } = speakerOf(item, call);
  const { said, unsaid, interim } = piecesOf(item);
  const who = name === role ? name : `${name} (${role.toLowerCase()})`;
  const words = [said, interim && `[interim: ${interim.trim()}]`].filter(Boolean).join(" ");
  const cut = item.interrupted && `[interrupted at ${clockText(item.interrupted.at)}]`;
  const rest = unsaid.trim() && `[not said: ${unsaid.trim()}]`;
  const legs = legTexts(item);
  return [
    `${time}  ${who}: ${[words.trim() || noText(item), cut, rest].filter(Boolean).join(" ")}`,
    ...item.functionCalls.map((each) => `  ${callWords(each)}`),
    ...(legs.length > 0 ? [`  (${legs.join(", ")})`] : []),
  ].join("\n");
}

/** What stands in place of a text that isn't told. */
export const noText = ({ functionCalls }: Turn): string =>
  functionCalls.length > 0 ? "" : "(no text)";

const lineWords = ({ level, text, direction }: Line): string =>
  level === "info"
    ? `${direction === "out" ? "sent" : "received"}: ${text}`
    : `${level === "fatal" ? "fatal error" : "error"}: ${text}`;

const callWords = (call: FunctionCall): string =>
  `${functionName(call)}(${jsonOf(call.arguments)}) ${outcomeOf(call)}`;

/** A conversation as Markdown, for an issue or a document. */
export function toMarkdown(told: Told): string {
  const { items, conversation, call } = told;
  const totals = conversation.totals();
  return [
    `## Conversation`,
    "",
    escaped(headingOf(told)),
    "",
    ...(totals.length === 0
      ? []
      : [
          "| Leg | Turns | p50 | p95 | Max |",
          "| --- | ---: | ---: | ---: | ---: |",
          ...totals.map((total) => totalRow(total)),
          "",
        ]),
    ...items.flatMap((item) => [itemMarkdown(item, call), ""]),
  ].join("\n");
}

function totalRow(total: LegTotal): string {
  const { count, median, p95, max } = total;
  const few = count < MIN_FOR_PERCENTILES;
  return `| ${legName(total)} | ${count} | ${few ? "" : durationText(median)} | ${few ? "" : durationText(p95)} | ${durationText(max)} |`;
}

function itemMarkdown(item: Item, call: CallState | undefined): string {
  const time = clockText(item.startedAt);
  if (item.kind === "line") {
    const words = escaped(lineWords(item));
    return item.level === "info" ? `_${words}_ ${time}` : `**${words}** ${time}`;
  }
  const { name, role } = speakerOf(item, call);
  const { said, unsaid, interim } = piecesOf(item);
  const text = [
    escaped(said.trim()),
    interim.trim() && `_${escaped(interim.trim())}_ (interim)`,
    item.interrupted && `**interrupted at ${clockText(item.interrupted.at)}**`,
    unsaid.trim() && `~~${escaped(unsaid.trim())}~~`,
  ]
    .filter(Boolean)
    .join(" ");
  const legs = legTexts(item);
  return [
    `**${escaped(name)}**${name === role ? "" : ` (${role.toLowerCase()})`} ${time}  `,
    text || noText(item),
    ...item.functionCalls.flatMap((each, at) => [
      ...(at === 0 ? [""] : []),
      `- ${code(`${functionName(each)}(${jsonOf(each.arguments)})`)} ${outcomeMarkdown(each)}`,
    ]),
    ...(legs.length > 0 ? ["", `<sub>${legs.join(" · ")}</sub>`] : []),
  ].join("\n");
}

const outcomeMarkdown = (call: FunctionCall): string =>
  call.result !== undefined && !call.isCancelled && call.endedAt !== undefined
    ? `→ ${code(jsonOf(call.result))} after ${durationText(call.endedAt - call.startedAt)}`
    : outcomeOf(call);

/** Text in which nothing means anything to Markdown. */
const escaped = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]<>#|~&]/g, (char) => `\\${char}`)
    .replace(/^(\s*)(\d+)([.)])/gm, "$1$2\\$3")
    .replace(/^(\s*)([-+])/gm, "$1\\$2");

/** A code span, by more backticks than it has. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
