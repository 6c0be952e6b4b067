import { countText, durationText, howMany } from "../../core/lib/texts";
import { valueOf } from "../../core/session/change";
import type { CallState } from "../../core/session/call-state";
import type { Level } from "../../core/rules/rule";
import { describeRoom, ownerOf } from "../describe";
import type { JudgedRecording } from "../judge-recording";

/** What a recording comes to. */
export type Summary = {
  readonly recordedAt: string;
  readonly page: string;
  readonly isMasked: boolean;
  readonly events: number;
  /** From the first event to the last, in milliseconds. */
  readonly durationMs: number;
  readonly calls: readonly {
    readonly name: string;
    readonly room: string | undefined;
    readonly status: string;
    readonly version: string;
    readonly isSeat: boolean;
  }[];
  /** App messages of the recorded page, by type. */
  readonly messages: Readonly<Record<string, { readonly sent: number; readonly received: number }>>;
  /** As the recorded page knew it at the end. */
  readonly sessionData: unknown;
  /** By the names of those who have had any. */
  readonly userData: Readonly<Record<string, unknown>>;
  /** How many findings there are, by rule. */
  readonly findings: Readonly<Record<string, number>>;
  readonly levels: Readonly<Record<Level, number>>;
};

export function summaryOf({ head, scene: { log }, judge }: JudgedRecording): Summary {
  const calls = [...log.calls.values()];
  const own = calls.filter(({ isOfSeat }) => !isOfSeat);
  const times = [...log.ofCall.values()].flatMap((entries) => [
    entries[0]?.event.at ?? Infinity,
    entries.at(-1)?.event.at ?? -Infinity,
  ]);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const found = judge.findings();
  const levels = { error: 0, warning: 0, info: 0 };
  for (const { rule } of found) levels[rule.level]++;
  return {
    recordedAt: head.recordedAt,
    page: head.page.url,
    isMasked: head.isMasked,
    events: log.nextIndex,
    durationMs: Number.isFinite(to - from) ? to - from : 0,
    calls: calls.map((call) => ({
      name: ownerOf(call),
      room: call.room,
      status: call.status,
      version: call.version,
      isSeat: call.isOfSeat,
    })),
    messages: countTypes(judge.types()),
    sessionData: own.map((call) => describeRoom(call).sessionData).findLast(isThere) ?? null,
    userData: Object.fromEntries(own.flatMap(latestUserData).sort(([a], [b]) => (a < b ? -1 : 1))),
    findings: countBy(found.map(({ rule }) => rule.id)),
    levels,
  };
}

const isThere = (value: unknown): boolean => value !== undefined;

/** By name, what everyone whom a call has seen had last. */
const latestUserData = ({ history }: CallState): [string, unknown][] =>
  [...history.people.people.values()].flatMap(({ sessionId, participant, versions }) => {
    const value = valueOf(versions.at(-1)?.payload);
    return value === undefined ? [] : [[participant.user_name || sessionId, value]];
  });

function countTypes(types: ReturnType<JudgedRecording["judge"]["types"]>): Summary["messages"] {
  const counts: Record<string, { sent: number; received: number }> = {};
  for (const { type, sent, received } of types) {
    const before = counts[type] ?? { sent: 0, received: 0 };
    counts[type] = { sent: before.sent + sent, received: before.received + received };
  }
  return sortKeys(counts);
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return sortKeys(counts);
}

const sortKeys = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A summary in lines. */
export function summaryText(file: string, summary: Summary): string {
  const { recordedAt, page, isMasked, events, durationMs, calls, messages, levels } = summary;
  const types = Object.entries(messages);
  const width = Math.max(4, ...types.map(([type]) => type.length));
  return [
    file,
    `  Recorded ${recordedAt} on ${page || "an unknown page"}${isMasked ? ", values masked" : ""}`,
    `  ${howMany(events, "event")} in ${durationText(durationMs)}`,
    `  Calls`,
    ...calls.map(
      ({ name, room, status, version, isSeat }) =>
        `    ${name}${isSeat ? " (another page)" : ""}, ${status}, ${room ?? "no room"}, daily-js ${version || "of an unknown version"}`,
    ),
    ...(types.length === 0 ? ["  No app messages"] : ["  App messages"]),
    ...types.map(
      ([type, { sent, received }]) =>
        `    ${type.padEnd(width)}  sent ${countText(sent)}, received ${countText(received)}`,
    ),
    `  Findings: ${howMany(levels.error, "error")}, ${howMany(levels.warning, "warning")}, ${levels.info} info`,
    ...Object.entries(summary.findings).map(([rule, count]) => `    ${rule} ${count}`),
  ].join("\n");
}
