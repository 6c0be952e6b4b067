import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** In the words of a type: `chat-history`, `syncState`, `FULL_STATE`. */
const HISTORY =
  /\b(?:history|backlog|replay|snapshot|catch ?up|(?:shared|full|initial|current|whole) state|state sync|sync (?:state|chat|messages)|chat sync)\b|^sync$/;
/** Whoever asks for it is not the one who keeps it. */
const REQUEST = /\b(?:request|get|ask|need|want)\b/;
/** So soon after a join it is for the newcomer. Our own choice, like the number of times. */
const NEWCOMER_MS = 5_000;
const TIMES = 2;

/** What came before is sent to newcomers by hand. */
export const historyReplay: Rule = {
  id: "history-replay",
  title: "History sent to late joiners by hand",
  level: "info",
  why: "Someone who is in the call has to be asked, be still there and answer, within 4 KB a message (documented). When the one who is asked leaves, the history is gone.",
  advice:
    "Keep the latest state in session data (100 KB in all, documented), and a longer history on a server.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ lastMessages: messages.slice(-20) }, "shallow-merge");`,
  tell: ({ count, key, people }, name) =>
    `${howMany(count, "message")} of type ${key} to ${people.map(name).join(", ")}, who had just joined.`,
  start(report) {
    const gather = gathering(report, { times: TIMES });
    let newcomers: { readonly id: string; readonly at: number; readonly seq: number }[] = [];
    return {
      event({ event, call, messageType, type, seq, at }) {
        if (event.kind === "daily-event" && event.name === "participant-joined") {
          const { session_id: id } = event.participant;
          newcomers = [...newcomers.filter((each) => at - each.at < NEWCOMER_MS), { id, at, seq }];
        }
        if (call?.method !== "sendAppMessage" || call.outcome === "threw") return;
        const { to } = call;
        if (to === undefined || to === "*" || newcomers.length === 0) return;
        const ids = typeof to === "string" ? [to] : to;
        const met = newcomers.filter((each) => ids.includes(each.id) && at - each.at < NEWCOMER_MS);
        // The chat of Prebuilt does it like that, and there is nothing to be done about it.
        if (met.length === 0 || messageType()?.note?.includes("Prebuilt")) return;
        const words = wordsOf(type());
        if (!HISTORY.test(words) || REQUEST.test(words)) return;
        const seqs = [seq, ...met.map((each) => each.seq)];
        gather({ key: type(), type: type(), seqs, at, people: met.map(({ id }) => id) });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 joins Cy
      20 send {"type":"chat-history","items":[1,2]} to Cy
      30 joins Dee
      40 send {"type":"chat-history","items":[1,2]} to Dee`,
    passes: `
      0 joined Ada with Bob
      10 joins Cy
      20 2 times every 10: send {"event":"sync-chat-msg","message":{"n":$n}} to Cy
      40 2 times every 10: send {"type":"sync-clock","n":$n} to Cy
      60 2 times every 10: send {"type":"async-job","n":$n} to Cy
      9000 2 times every 10: send {"type":"chat-history","n":$n} to Cy`,
  },
};

const wordsOf = (type: string): string =>
  type
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[^A-Za-z]+/g, " ")
    .trim()
    .toLowerCase();
