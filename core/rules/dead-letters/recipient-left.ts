import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { oddRecipients } from "./odd-recipients";

/** A message that crosses with a leave is no one's mistake. Our own choice. */
const CROSSING_MS = 2_000;

/** Addressed to someone who is gone. */
export const recipientLeft: Rule = {
  id: "recipient-left",
  title: "Addressed to someone who has left",
  level: "warning",
  why: "A session id ends when its participant leaves; who comes back has another one. The message is handed over without an error and reaches no one.",
  advice:
    "Forget recipients at `participant-left`, and look them up again at `participant-joined`.",
  docs: DOCS_PAGES.sendAppMessage,
  code: `call.on("participant-left", ({ participant }) => recipients.delete(participant.session_id));`,
  tell: ({ count, key, people }, name) =>
    `${howMany(count, "message")} of type ${key} went to ${people.map(name).join(", ")}, more than 2 s after they had left.`,
  start: (report, trackers) =>
    oddRecipients(report, trackers, ({ standing, person }, { seq, at }) => {
      if (standing !== "left") return false;
      const last = person?.stays.findLast(({ toSeq }) => toSeq !== undefined && toSeq < seq);
      return last?.toAt !== undefined && at - last.toAt > CROSSING_MS;
    }),
  example: {
    fires: `
      0 joined Ada with Bob Cy
      10 left Bob
      5000 send {"type":"cue"} to Bob`,
    passes: `
      0 joined Ada with Bob Cy
      10 left Bob
      500 send {"type":"cue"} to Bob`,
  },
};
