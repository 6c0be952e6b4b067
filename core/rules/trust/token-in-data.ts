import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { placedSecrets } from "./placed-secrets";
import { readersText } from "./readers-text";

const TOKEN = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/;

/** A token that everyone in the room can read. */
export const tokenInData: Rule = {
  id: "token-in-data",
  title: "A token in data that the room can read",
  level: "error",
  why: "Everyone in the call can read app messages to all, user data and session data. Who has a meeting token can join as its owner until it expires.",
  advice:
    "Have each participant get their own token from your server. Take this one back if it still holds.",
  docs: DOCS_PAGES.restAuthentication,
  tell: (finding, name) =>
    `${howMany(finding.count, "payload")} in ${finding.key}: ${finding.text}. ${readersText(finding, name)}`,
  start: (report, trackers) =>
    placedSecrets(report, trackers, /eyJ/, ({ text }) => TOKEN.exec(text)?.[0]),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"invite","token":"eyJhbGciOiJIUzI1NiJ9.eyJyIjoicWEiLCJvIjp0cnVlfQ.c2lnbmF0dXJl"} to *`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"chat","text":"tokens begin with eyJ"} to *
      20 send {"type":"invite","token":"eyJhbGciOiJIUzI1NiJ9.eyJyIjoicWEiLCJvIjp0cnVlfQ.c2lnbmF0dXJl"} to Bob`,
  },
};
