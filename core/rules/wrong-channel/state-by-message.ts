import { deliveryOf } from "../../daily/delivery";
import type { PeopleTracker } from "../../daily/people-tracker";
import { howMany } from "../how-many";
import { DOCS_PAGES, REWRITES, type Rule } from "../rule";
import type { RuleEvent } from "../rule-event";

/** A message so soon after a join is an answer to it, and so many of them no chance. Our own choices. */
const ANSWER_MS = 1_000;
const TIMES = 3;
/** What comes so soon after one that answered nothing is a stream, which meets a join now and then. */
const STREAM_MS = 1_000;
const MAX_TYPES = 200;
const MAX_SILENT = 1_000;
/** UTF-16 units. */
const MAX_COMPARED = 10_000;
/** Numbers of events that are kept until it is a habit. */
const MAX_ANSWERS = 200;

type Join = { readonly seq: number; readonly at: number; readonly until: number };

type Sent = {
  readonly firstSeq: number;
  /** How many had joined when it was sent first. */
  readonly joinsBefore: number;
  /** Sent right after a join, in pairs of numbers, as far as they have not been told. */
  answers: number[];
  answered: number;
  others: number;
  lastJoin: number;
  /** When it was last sent without a join before it. */
  lastOther: number;
  lastSeq: number;
  /** The data that was sent last, unless it is long. */
  lastJson: string | undefined;
};

/** An app message that is sent to everyone again for each newcomer: that is state. */
export const stateByMessage: Rule = {
  id: "state-by-message",
  title: "State sent again for each newcomer",
  level: "warning",
  why: "App messages aren’t kept, so state that is sent as one has to be sent again whenever someone joins. Anyone who joins while the sender is away never gets it, and everyone else gets it once more each time.",
  advice:
    "Put state of the room into session data, and state of a person into their user data: Daily hands both to anyone who joins.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ layout }, "shallow-merge");\n// everyone, now and later:\ncall.on("meeting-session-state-updated", ({ meetingSessionState }) => show(meetingSessionState.data));`,
  rewrite: REWRITES.messageAsState,
  tell: ({ count, most, key }) =>
    `A message of type ${key} was sent again right after ${howMany(count, "join")}. ${howMany(most, "late joiner")} missed what had been sent before.`,
  start(report, { people }) {
    const types = new Map<string, Sent>();
    let latest: Join | undefined;
    let joins = 0;
    /** Who joined, until they first say something. */
    const silent = new Map<string, Join>();
    /** The newcomer who said something last. */
    let asking: Join | undefined;
    return {
      event(seen) {
        const { event, type, seq, at } = seen;
        if (event.kind === "daily-event" && event.name === "participant-joined") {
          latest = { seq, at, until: at + event.handlerMs };
          joins++;
          if (silent.size < MAX_SILENT) silent.set(event.participant.session_id, latest);
        }
        if (event.kind === "daily-event" && event.name === "app-message") {
          asking = silent.get(event.fromId) ?? asking;
          silent.delete(event.fromId);
        }
        if (!isToEverybody(seen, people)) return;
        const sent = types.get(type());
        if (!sent) {
          if (types.size < MAX_TYPES) types.set(type(), sentFirst(seen, joins));
          return;
        }
        const { payload } = seen;
        // The same again, after someone who came since then has spoken: they asked for it.
        const isSame = sent.lastJson !== undefined && payload?.json === sent.lastJson;
        const asked = isSame && asking && asking.seq > sent.lastSeq ? asking : undefined;
        const join = asked ?? (latest && answeredJoin(sent, latest, at));
        sent.lastSeq = seq;
        sent.lastJson = shortJson(seen);
        if (!join) {
          sent.others++;
          sent.lastOther = at;
          return;
        }
        sent.lastJoin = join.seq;
        sent.answered++;
        sent.answers = [...sent.answers, join.seq, seq].slice(-MAX_ANSWERS);
        const missed = joins - sent.joinsBefore;
        if (!isHabit(sent, missed)) return;
        const seqs = [...sent.answers, sent.firstSeq];
        const times = sent.answers.length / 2;
        report({ key: type(), type: type(), seqs, at, times, amount: missed });
        sent.answers = [];
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"layout","value":"grid"} to *
      1000 joins Cy
      1100 send {"type":"layout","value":"grid"} to *
      2000 joins Dee
      2100 send {"type":"layout","value":"grid"} to *
      3000 joins Eve
      3100 send {"type":"layout","value":"grid"} to *`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"reaction","emoji":"👏"} to *
      1000 joins Cy
      1100 send {"type":"reaction","emoji":"👏"} to *
      4000 4 times every 2500: send {"type":"reaction","emoji":"👏"} to *
      20000 joins Dee
      20100 send {"type":"reaction","emoji":"❤"} to *
      30000 joins Eve
      30010 send {"type":"hello"} to Eve
      31000 joins Fay
      31010 send {"type":"hello"} to Fay
      32000 joins Gus
      32010 send {"type":"hello"} to Gus
      33000 joins Hal
      33010 send {"type":"hello"} to Hal`,
  },
};

/** The data of a message, to be compared with the next one. */
const shortJson = ({ payload }: RuleEvent): string | undefined =>
  payload && payload.json.length <= MAX_COMPARED ? payload.json : undefined;

const sentFirst = (seen: RuleEvent, joinsBefore: number): Sent => ({
  firstSeq: seen.seq,
  joinsBefore,
  answers: [],
  answered: 0,
  others: 1,
  lastJoin: 0,
  lastOther: seen.at,
  lastSeq: seen.seq,
  lastJson: shortJson(seen),
});

/** The join that a message answers; each is answered once. */
function answeredJoin({ lastJoin, lastOther }: Sent, join: Join, at: number): Join | undefined {
  if (join.seq === lastJoin || at - join.at >= ANSWER_MS) return undefined;
  // What the listeners of the join send is an answer, whatever else is sent.
  return at <= join.until || at - lastOther >= STREAM_MS ? join : undefined;
}

/** Whether most joins are answered, and most of what is sent are answers: changes in between are what makes it state. */
const isHabit = ({ answered, others }: Sent, joins: number): boolean =>
  answered >= TIMES && 3 * answered >= 2 * joins && 2 * answered >= others;

/** A message to one newcomer may be a handshake. */
function isToEverybody({ call, seq }: RuleEvent, people: PeopleTracker): boolean {
  if (call?.method !== "sendAppMessage" || call.outcome === "threw") return false;
  const { to } = call;
  if (to === undefined || to === "*") return true;
  if (typeof to === "string" || to.length < 2) return false;
  const { audience } = deliveryOf("*", seq, people);
  return audience.length > 1 && audience.every(({ sessionId }) => to.includes(sessionId));
}
