import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { placedSecrets } from "./placed-secrets";
import { readersText } from "./readers-text";

const EMAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}$/;

/** E-mail addresses that the app hands around; what people write in a chat is theirs. */
export const emailInData: Rule = {
  id: "email-in-data",
  title: "Data that the room can read may hold e-mail addresses",
  level: "info",
  why: "Everyone in the call can read app messages to all, user data and session data, guests without an account included.",
  advice: "Use an id of your own, and look the address up on your server where it is needed.",
  docs: DOCS_PAGES.channels,
  tell: (finding) =>
    `${howMany(finding.count, "payload")} in ${finding.key}. ${readersText(finding)}`,
  start: (report, trackers) =>
    placedSecrets(report, trackers, /@/, ({ text }) => (EMAIL.test(text) ? text : undefined)),
  example: {
    fires: `
      0 joined Ada with Bob
      10 updated Bob {"email":"bob@mail.example.org"}`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"chat","text":"write to bob@mail.example.org"} to *`,
  },
};
