import { howMany } from "../how-many";
import { DOCS_PAGES, REWRITES, type Rule } from "../rule";

/** A message so soon after a join is an answer to it, and so many of them no chance. Our own choices. */
const ANSWER_MS = 1_000;
const TIMES = 3;
const MAX_TYPES = 200;

type Sent = {
  json: string;
  /** Sent again, the same, right after a join; and in all other cases. */
  answers: number[];
  others: number;
  lastJoin: number;
};

/** The same app message is sent again for each newcomer: that is state. */
export const stateByMessage: Rule = {
  id: "state-by-message",
  title: "State sent again for each newcomer",
  level: "warning",
  why: "App messages are not kept, so state that is sent as one has to be sent again whenever somebody joins. Who joins while the sender is away never gets it, and everybody else gets it once more each time.",
  advice:
    "Put state of the room into session data, and state of a person into their user data: Daily hands both to whoever joins.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ layout }, "shallow-merge");\n// everyone, now and later:\ncall.on("meeting-session-state-updated", ({ meetingSessionState }) => show(meetingSessionState.data));`,
  rewrite: REWRITES.messageAsState,
  tell: ({ count, key }) =>
    `The same message of type ${key} was sent again right after ${howMany(count, "join")}.`,
  start(report) {
    const types = new Map<string, Sent>();
    let joined: { readonly seq: number; readonly at: number } | undefined;
    return {
      event({ event, call, payload, type, seq, at }) {
        if (event.kind === "daily-event" && event.name === "participant-joined")
          joined = { seq, at };
        if (call?.method !== "sendAppMessage" || call.outcome === "threw" || !payload) return;
        const sent = types.get(type());
        if (!sent) {
          if (types.size < MAX_TYPES)
            types.set(type(), { json: payload.json, answers: [], others: 1, lastJoin: 0 });
          return;
        }
        const isNew = joined !== undefined && joined.seq !== sent.lastJoin;
        const isAnswer =
          isNew && joined && at - joined.at < ANSWER_MS && payload.json === sent.json;
        sent.json = payload.json;
        if (!isAnswer || !joined) {
          sent.others++;
          return;
        }
        sent.lastJoin = joined.seq;
        sent.answers.push(joined.seq, seq);
        const count = sent.answers.length / 2;
        if (count < TIMES || count < sent.others) return;
        report({ key: type(), type: type(), seqs: sent.answers, at, times: count });
        sent.answers = [];
        sent.others = 0;
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
      20100 send {"type":"reaction","emoji":"❤"} to *`,
  },
};
