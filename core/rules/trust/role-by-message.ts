import { isPresent } from "../../daily/people-tracker";
import { specialSender } from "../../daily/sender";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

const ROLE_KEYS = /^(?:role|userRole|user_role)$/;
const POWERS = /^(?:host|co-?host|owner|admin|administrator|moderator)$/i;
const FLAGS = /^is_?(?:host|owner|admin|moderator)$/i;

/** Someone says in a message that they are the host. */
export const roleByMessage: Rule = {
  id: "role-by-message",
  title: "A role that anybody could claim",
  level: "warning",
  why: 'Any participant can send any app message: `{ role: "host" }` proves nothing. These came from participants whom Daily does not know as owners.',
  advice:
    "Give owners a meeting token with `is_owner`, and ask `participants()[fromId].owner`. For what must not be tampered with Daily advises its REST API, which arrives with fromId “API”.",
  docs: DOCS_PAGES.restMessage,
  code: `call.on("app-message", ({ data, fromId }) => {\n  if (!call.participants()[fromId]?.owner) return;\n  obey(data);\n});`,
  tell: ({ count, key, people, paths }, name) =>
    `${howMany(count, "message")} of type ${key} with ${paths.join(", ")} from ${people.map(name).join(", ")}.`,
  start: (report, { people }) => ({
    event({ event, channel, value, type, seq, at }) {
      if (channel !== "app-message" || event.kind !== "daily-event") return;
      if (event.name !== "app-message" || specialSender(event.fromId)) return;
      const person = people.people.get(event.fromId);
      if (!person || person.participant.owner !== false || !isPresent(person, seq)) return;
      const claims = claimsIn(value());
      if (claims.length === 0) return;
      report({ key: type(), type: type(), seqs: [seq], at, paths: claims, people: [event.fromId] });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 received {"type":"mute-all","role":"host"} from Bob`,
    passes: `
      0 joined Ada with Bob
      5 joins Cy as owner
      10 received {"type":"mute-all","role":"host"} from Cy
      20 received {"type":"hello","role":"guest"} from Bob
      30 received {"type":"notice","role":"admin"} from API`,
  },
};

function claimsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key, each]) =>
      typeof each === "string"
        ? ROLE_KEYS.test(key) && POWERS.test(each)
        : each === true && FLAGS.test(key),
    )
    .map(([key]) => key);
}
