import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import { placedSecrets } from "./placed-secrets";

/** Forms of keys that cannot be anything else. */
const KEYS =
  /\b(?:sk_live_\w{16,}|sk-(?:proj-)?[\w-]{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|gh[pousr]_\w{36}|xox[abp]-[\w-]{20,})\b/;
const KEY_NAMES = /^(?:api_?key|secret|secret_?key|client_?secret|access_?key|password)$/i;
const SECRET = /^[\w+/=.-]{16,}$/;

/** A key or password that everybody in the room can read. */
export const apiKeyInData: Rule = {
  id: "api-key-in-data",
  title: "A key in data that the room can read",
  level: "error",
  why: "Everyone in the call can read app messages to all, user data and session data, and an API key gives them what it gives you. Daily’s own key must never be in a page at all.",
  advice: "Keep keys on your server and have it make the requests. Replace this one.",
  docs: DOCS_PAGES.restAuthentication,
  tell: ({ count, key, text, most, people }, name) =>
    `${howMany(count, "payload")} in ${key}: ${text}. Up to ${howMany(most, "person", "people")} could read it: ${people.map(name).join(", ")}.`,
  start: (report, trackers) =>
    placedSecrets(
      report,
      trackers,
      /sk_live_|sk-|AKIA|AIza|gh[pousr]_|xox|key"|secret"|password"/i,
      ({ key, text }) =>
        KEYS.exec(text)?.[0] ?? (KEY_NAMES.test(key) && SECRET.test(text) ? text : undefined),
    ),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"config":{"apiKey":"5f1c0a9be7d24463a8b1"}}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"config":{"key":"stage","password":"required"}}`,
  },
};
