import { specialSender } from "../../daily/sender";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { oddRecipients } from "./odd-recipients";

/** More than any call has people. */
const MAX_SENDERS = 10_000;

/** Addressed to an id that no one in the call has. */
export const recipientUnknown: Rule = {
  id: "recipient-unknown",
  title: "Addressed to no one in the call",
  level: "warning",
  why: "daily-js does not check recipients: a message to an id that no one has is handed over without an error and reaches no one. A hidden participant is not in participants(), either: nothing is said while the counts tell of one, nor of an id that has sent something.",
  advice:
    "Take recipients from `call.participants()` at the moment of sending. A session id is new on every join: do not store it.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `const { session_id } = Object.values(call.participants()).find((p) => p.user_name === "Bob");\ncall.sendAppMessage(data, session_id);`,
  tell: ({ count, key, people }) =>
    `${howMany(count, "message")} of type ${key} went to ${howMany(people.length, "id")} that no one has: ${people.join(", ")}.`,
  start(report, trackers) {
    let hasHidden = false;
    /** Who has sent something is someone, listed or not. */
    const senders = new Set<string>();
    const { event: look } = oddRecipients(
      report,
      trackers,
      ({ standing, id }) => standing === "nobody" && !hasHidden && !senders.has(id),
    );
    return {
      event(seen) {
        const { event } = seen;
        if (event.kind === "daily-event" && event.name === "participant-counts-updated")
          hasHidden = event.hidden > 0;
        if (event.kind === "daily-event" && event.name === "app-message")
          if (!specialSender(event.fromId) && senders.size < MAX_SENDERS) senders.add(event.fromId);
        look?.(seen);
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"cue"} to #nobody`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"cue"} to Bob
      20 received {"type":"hello"} from #hidden
      30 send {"type":"welcome"} to #hidden
      40 counts 3 and 1 hidden
      50 send {"type":"cue"} to #another-hidden`,
  },
};
