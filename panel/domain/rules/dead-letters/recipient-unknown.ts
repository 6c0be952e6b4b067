import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { oddRecipients } from "./odd-recipients";

/** Addressed to an id that nobody in the call has. */
export const recipientUnknown: Rule = {
  id: "recipient-unknown",
  title: "Addressed to nobody in the call",
  level: "warning",
  why: "daily-js does not check recipients: a message to an id that nobody has is handed over without an error and reaches nobody. A hidden participant would look the same, because participants() does not list them.",
  advice:
    "Take recipients from `call.participants()` at the moment of sending. A session id is new on every join: do not store it.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `const { session_id } = Object.values(call.participants()).find((p) => p.user_name === "Bob");\ncall.sendAppMessage(data, session_id);`,
  tell: ({ count, key, people }) =>
    `${howMany(count, "message")} of type ${key} went to ${howMany(people.length, "id")} that nobody has: ${people.join(", ")}.`,
  start: (report, trackers) =>
    oddRecipients(report, trackers, ({ standing }) => standing === "nobody"),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"cue"} to #nobody`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"cue"} to Bob`,
  },
};
