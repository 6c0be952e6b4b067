import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

const HISTORY = /history|sync|snapshot|catch-?_?up|shared-?_?state|full-?_?state|backlog|replay/i;
const TIMES = 2;

/** What came before is sent to newcomers by hand. */
export const historyReplay: Rule = {
  id: "history-replay",
  title: "History sent to late joiners by hand",
  level: "info",
  why: "Somebody who is in the call has to be asked, be still there and answer, within 4 KB a message. When the one who is asked leaves, the history is gone.",
  advice:
    "Keep the latest state in session data (100 KB in all), and a longer history on a server.",
  docs: DOCS_PAGES.channels,
  code: `call.setMeetingSessionData({ lastMessages: messages.slice(-20) }, "shallow-merge");`,
  tell: ({ count, key, people }, name) =>
    `${howMany(count, "message")} of type ${key} to ${people.map(name).join(", ")}.`,
  start(report) {
    const sent = new Map<string, { seqs: number[]; people: string[] }>();
    return {
      event({ call, messageType, type, seq, at }) {
        if (call?.method !== "sendAppMessage" || call.outcome === "threw") return;
        if (call.to === undefined || call.to === "*" || !HISTORY.test(type())) return;
        // The chat of Prebuilt does it like that, and there is nothing to be done about it.
        if (messageType()?.note?.includes("Prebuilt")) return;
        const before = sent.get(type()) ?? { seqs: [], people: [] };
        if (sent.size < 100) sent.set(type(), before);
        before.seqs.push(seq);
        before.people.push(...(typeof call.to === "string" ? [call.to] : call.to));
        if (before.seqs.length < TIMES) return;
        const { seqs, people } = before;
        report({ key: type(), type: type(), seqs, at, people, times: seqs.length });
        sent.set(type(), { seqs: [], people: [] });
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
      20 2 times every 10: send {"event":"sync-chat-msg","message":{"n":$n}} to Cy`,
  },
};
