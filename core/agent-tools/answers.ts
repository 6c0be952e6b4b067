import type { AgentToolName } from "../../extension/protocol/agent-tools";
import { contractOf, LANGUAGES } from "../contract/languages";
import { learnLog } from "../contract/learn-log";
import { itemText, legName, totalText } from "../conversation/conversation-text";
import { createCallConversations } from "../conversation/call-conversations";
import { isShown } from "../conversation/shown-turn";
import { budgetOf } from "../daily/limits";
import { createStrictMatcher } from "../filter/filter";
import { withoutSecrets } from "../lib/secrets";
import { preview, shortText, withoutIsolates } from "../lib/texts";
import { evidenceOf, type Finding } from "../rules/finding";
import { type Judge, RANK } from "../rules/judge";
import type { Level } from "../rules/rule";
import type { CallState } from "../session/call-state";
import { valueOf } from "../session/change";
import { locationOf } from "../session/event-facts";
import { channelOf, rowOf, viewOf } from "../session/event-view";
import { localPerson, personOf } from "../session/people";
import { roomAt } from "../session/room-at";
import { countLog } from "../session/call-list";
import type { SessionLog } from "../session/session-log";
import { completeEvent, isoTime, nameOf, shortEvent, textField } from "./describe-event";
import { firstOf, latestOf, partOf } from "./pages";
import type { Arguments } from "./read-arguments";

/** What answers are read from: the log of one document, judged by all rules. */
export type Seen = {
  readonly log: SessionLog;
  readonly judge: Judge;
  /** Epoch ms. */
  readonly now: () => number;
};

type Question = Exclude<
  AgentToolName,
  "daily_send_app_message" | "daily_set_user_data" | "daily_set_session_data"
>;

const SESSION_DATA_CHARS = 800;
const USER_DATA_CHARS = 200;
/** Of the evidence of a finding. */
const MAX_NUMBERS = 10;

/** The call that the arguments name, else the latest one. Throws where there is none. */
export function callOf({ log }: Pick<Seen, "log">, { callId }: Arguments): CallState {
  const calls = [...log.calls.values()];
  const call = callId === undefined ? calls.at(-1) : log.calls.get(callId as string);
  if (call) return call;
  throw new Error(
    calls.length === 0
      ? "No call was seen in this page."
      : `There is no call ${JSON.stringify(callId)} in this page. Calls: ${calls.map((each) => each.callId).join(", ")}.`,
  );
}

/** The answers that change nothing, one for each tool. Each throws an Error with a sentence for what can't be answered. */
export const ANSWERS: { readonly [Q in Question]: (seen: Seen, args: Arguments) => object } = {
  daily_calls({ log, judge }) {
    const levels: Record<Level, number> = { error: 0, warning: 0, info: 0 };
    for (const { rule } of judge.findings()) levels[rule.level]++;
    const { dropped, folded } = countLog(log);
    // As daily_events lists them: some of Daily's events say nothing of their own.
    const listed = log.entries.filter((entry) => channelOf(entry));
    const conversations = conversationsIn(log);
    return {
      page: [...log.documents.values()][0]?.url,
      calls: [...log.calls.values()].map((call) => {
        const own = localPerson(call);
        const conversation = conversations.byCall.get(call.callId);
        return {
          callId: call.callId,
          state: call.status,
          room: call.room,
          startedAt: isoTime(call.startedAt),
          ...(own.id !== "" && { ownName: nameOf(own), ownSessionId: own.id }),
          participants: roomAt(call.history, Infinity).people.filter(({ isPresent }) => isPresent)
            .length,
          events: listed.filter(({ event }) => event.callId === call.callId).length,
          dailyJs: call.version,
          mode: call.mode,
          ...textField("conversation", conversation?.protocol()),
        };
      }),
      events: listed.length,
      ...(dropped + folded > 0 && { olderEventsRemoved: dropped + folded }),
      findings: levels,
    };
  },

  daily_room({ log }, args) {
    const call = callOf({ log }, args);
    const { session, people } = roomAt(call.history, Infinity);
    const present = people.filter(({ isPresent }) => isPresent);
    const { total, shown, more } = firstOf(present, args);
    const budget = session?.payload && budgetOf("session-data", session.payload);
    return {
      callId: call.callId,
      state: call.status,
      room: call.room,
      ...(session?.payload && {
        sessionData: {
          event: session.seq,
          at: isoTime(session.at),
          chars: budget?.chars,
          maxChars: budget?.maxChars,
          value: shortText(
            preview(valueOf(session.payload), SESSION_DATA_CHARS),
            SESSION_DATA_CHARS,
          ),
        },
      }),
      participants: shown.map(({ person, userData, joinedAt }) => {
        const { sessionId, participant, versions } = person;
        return {
          sessionId,
          name: participant.user_name,
          userId: participant.user_id,
          ...(participant.local && { isLocal: true }),
          ...(participant.owner && { isOwner: true }),
          ...(joinedAt !== undefined && { joinedAt: isoTime(joinedAt) }),
          ...(userData && {
            userData: shortText(preview(valueOf(userData), USER_DATA_CHARS), USER_DATA_CHARS),
            event: versions.at(-1)?.seq,
          }),
        };
      }),
      total,
      ...textField("more", more),
    };
  },

  daily_events({ log, judge, now }, args) {
    const callWith = (callId: string) => log.calls.get(callId);
    const only = args["callId"] === undefined ? undefined : callOf({ log }, args).callId;
    const matches = createStrictMatcher((args["filter"] as string | undefined) ?? "", {
      callOf: callWith,
      now,
      latestAt: () => log.entries.at(-1)?.event.at ?? 0,
      outcomeOf: (entry) => judge.deliveries.outcomeOf(entry, now()),
    });
    const matching = log.entries.filter(
      (entry) => (only === undefined || entry.event.callId === only) && matches(entry),
    );
    const { total, shown, more } = latestOf(matching, args);
    return {
      total,
      events: shown.flatMap((entry) => {
        const view = rowOf(entry, callWith(entry.event.callId));
        const { callId } = entry.event;
        return view ? [{ ...shortEvent(view, now()), ...(log.calls.size > 1 && { callId }) }] : [];
      }),
      ...textField("more", more),
    };
  },

  daily_event({ log, judge, now }, args) {
    const { number } = args;
    const entry = log.entries.find(({ event }) => event.seq === number);
    if (!entry) {
      const [first, last] = [log.entries[0], log.entries.at(-1)];
      throw new Error(
        first && last
          ? `There is no event ${String(number)}: those that are kept have the numbers ${first.event.seq} to ${last.event.seq}.`
          : "No events were seen in this page.",
      );
    }
    const { callId } = entry.event;
    const ids = new Set(judge.findingsOf(callId, entry.event.seq));
    const findings = judge.findings().filter(({ id }) => ids.has(id));
    return {
      ...completeEvent(viewOf(entry, log.calls.get(callId)), now(), args),
      ...(findings.length > 0 && {
        findings: findings.map(({ rule }) => ({
          rule: rule.id,
          level: rule.level,
          title: rule.title,
        })),
      }),
    };
  },

  daily_findings({ log, judge }, args) {
    const lowest = RANK[(args["level"] as Level | undefined) ?? "info"];
    const found = judge.findings().filter(({ rule }) => RANK[rule.level] <= lowest);
    const { total, shown, more } = firstOf(found, args);
    return {
      total,
      findings: shown.map((each) => describe(each, log)),
      ...textField("more", more),
    };
  },

  daily_conversation({ log }, args) {
    const reader = conversationsIn(log);
    const callId = args["callId"] === undefined ? reader.latest() : callOf({ log }, args).callId;
    const conversation = reader.byCall.get(callId ?? "");
    const protocol = conversation?.protocol();
    if (!conversation || protocol === undefined)
      return { total: 0, turns: [], note: "No conversation with a bot was seen in this page." };
    const call = log.calls.get(callId ?? "");
    const { total, shown, more } = latestOf(conversation.items().filter(isShown), args);
    return {
      callId,
      protocol,
      ...textField("version", conversation.version()),
      times: conversation.totals().map((each) => `${legName(each)}: ${totalText(each)}`),
      total,
      turns: shown.map((item) => shortText(itemText(item, call), 1_000)),
      ...textField("more", more),
    };
  },

  daily_types({ log }, args) {
    const contract = learnLog(log, log.entries);
    const wanted = args["type"] as string | undefined;
    const all = [...contract.types.values()];
    const types = all.filter(
      ({ channel, label }) => wanted === undefined || (label === "" ? channel : label) === wanted,
    );
    if (wanted !== undefined && types.length === 0)
      throw new Error(
        `No type ${JSON.stringify(shortText(wanted))} was seen. daily_types without arguments lists them.`,
      );
    const language = LANGUAGES.find(({ name }) => name === args["language"]);
    if (language) {
      const [only] = types;
      const printed = language.print(wanted !== undefined && only ? contractOf(only) : contract);
      const { text, more } = partOf(withoutSecrets(printed) as string, args);
      return { contract: text, ...textField("more", more) };
    }
    const { total, shown, more } = firstOf(types, args);
    return {
      total,
      types: shown.map(({ channel, label, count, sizes, lastAt, senders }) => ({
        type: label === "" ? channel : label,
        channel,
        count,
        largestChars: sizes.read().max,
        senders: senders.size,
        lastAt: isoTime(lastAt),
      })),
      ...textField("more", more),
    };
  },
};

function conversationsIn(log: SessionLog) {
  const reader = createCallConversations((callId) => log.calls.get(callId));
  for (const entry of log.entries) reader.take(entry);
  return reader;
}

function describe(finding: Finding, log: SessionLog) {
  const { rule, callId, count, subject } = finding;
  const call = log.calls.get(callId);
  const numbers = evidenceOf(finding);
  const shown = new Set(numbers);
  const entry = log.ofCall
    .get(callId)
    ?.find(({ event }) => shown.has(event.seq) && locationOf(event) !== undefined);
  return {
    rule: rule.id,
    level: rule.level,
    title: rule.title,
    what: withoutIsolates(rule.tell(finding, (id) => personOf(call, id).name)),
    toDo: rule.advice,
    docs: rule.docs,
    ...textField("type", subject.type),
    count,
    events: numbers.slice(0, MAX_NUMBERS),
    ...textField("location", entry && locationOf(entry.event)),
    ...(log.calls.size > 1 && { callId }),
  };
}
