import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { looksRandom } from "./looks-random";
import { placedSecrets } from "./placed-secrets";
import { readersText } from "./readers-text";

/** Forms of keys. Names of classes and pages may have the same beginning, so what follows must look like a key, too. */
const KEYS =
  /(?<![\w/-])(?:sk_live_\w{16,}|sk-(?:proj-)?[\w-]{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|gh[pousr]_\w{36}|xox[abp]-[\w-]{20,})\b/;
const KEY_NAMES = /^(?:api_?key|secret|secret_?key|client_?secret|access_?key|password)$/i;
const SECRET = /^[\w+/=.-]{16,}$/;

/** A key or password that everyone in the room can read. */
export const apiKeyInData: Rule = {
  id: "api-key-in-data",
  title: "A key in data that the room can read",
  level: "error",
  why: "Everyone in the call can read app messages to all, user data and session data, and an API key gives them what it gives you. Daily’s own key must never be in a page at all.",
  advice: "Keep keys on your server and have it make the requests. Replace this one.",
  docs: DOCS_PAGES.restAuthentication,
  tell: (finding, name) =>
    `${howMany(finding.count, "payload")} in ${finding.key}: ${finding.text}. ${readersText(finding, name)}`,
  start: (report, trackers) =>
    placedSecrets(
      report,
      trackers,
      /sk_live_|sk-|AKIA|AIza|gh[pousr]_|xox|key"|secret"|password"/i,
      ({ key, text }) => {
        const secret =
          KEYS.exec(text)?.[0] ?? (KEY_NAMES.test(key) && SECRET.test(text) ? text : undefined);
        return secret !== undefined && looksRandom(secret) ? secret : undefined;
      },
    ),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"config":{"apiKey":"5f1c0a9be7d24463a8b1"}}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"config":{"key":"stage","password":"must-have-twelve-characters"}}
      20 send {"type":"icon","class":"sk-folding-cube-with-border-large"} to *
      30 send {"type":"link","url":"https://news.example/sk-telecom-announces-new-chip"} to *`,
  },
};
