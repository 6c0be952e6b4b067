import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { oddRecipients } from "./odd-recipients";

/** Addressed by user id, where Daily wants a session id. */
export const userIdRecipient: Rule = {
  id: "user-id-recipient",
  title: "Addressed to a user id",
  level: "error",
  why: "Recipients are session ids. A user id equals the session id only as long as the participant has no meeting token with a user id, so this works in a first test and reaches no one later.",
  advice: "Use `session_id` of the participant, not `user_id`.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.sendAppMessage(data, participant.session_id);`,
  tell: ({ count, key, people }) =>
    `${howMany(count, "message")} of type ${key} went to the user id ${people.join(", ")}.`,
  start: (report, trackers) =>
    oddRecipients(report, trackers, ({ standing }) => standing === "user-id"),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"cue"} to #user-bob`,
    passes: `
      0 joined Ada
      5 joins Bob as id-bob
      10 send {"type":"cue"} to #id-bob`,
  },
};
