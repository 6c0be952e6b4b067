import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { placedSecrets } from "./placed-secrets";
import { readersText } from "./readers-text";

const SIGNED =
  /^https?:\/\/\S+[?&](?:X-Amz-Signature|X-Goog-Signature|Signature|sig|token|access_token|t)=[\w%.+/=-]{16,}/i;

/** An address that opens something without a login. */
export const signedUrlInData: Rule = {
  id: "signed-url-in-data",
  title: "A signed address in data that the room can read",
  level: "warning",
  why: "A signed address opens what it points to for anybody who has it, as long as it holds. Everyone in the call can read it, and pass it on.",
  advice: "Send an id, and have your server sign an address for each person who may open it.",
  docs: DOCS_PAGES.channels,
  tell: (finding) =>
    `${howMany(finding.count, "payload")} in ${finding.key}. ${readersText(finding)}`,
  start: (report, trackers) =>
    placedSecrets(report, trackers, /https?:\/\//, ({ text }) =>
      SIGNED.test(text) ? text : undefined,
    ),
  example: {
    fires: `
      0 joined Ada with Bob
      10 send {"type":"file","url":"https://files.example/a.pdf?X-Amz-Signature=0123456789abcdef0123"} to *`,
    passes: `
      0 joined Ada with Bob
      10 send {"type":"file","url":"https://files.example/a.pdf?version=12"} to *`,
  },
};
