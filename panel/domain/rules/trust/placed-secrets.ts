import { isPresent } from "../../people-tracker";
import type { RuleRun, Sighting, Trackers } from "../rule";
import { type PlacedText, stringsIn } from "../strings-in";
import { masked } from "./masked";

/**
 * Looks for texts that not everybody should read, in all that goes through the three channels. `find` answers the part of
 * a text that is the secret; it is told masked only. `hint` must be in a JSON text for it to be looked into at all.
 */
export function placedSecrets(
  report: (sighting: Sighting) => void,
  { people }: Trackers,
  hint: RegExp,
  find: (placed: PlacedText) => string | undefined,
): RuleRun {
  return {
    event({ channel, payload, call, value, seq, at }) {
      if (!channel || !payload || call?.outcome === "threw" || !hint.test(payload.json)) return;
      for (const placed of stringsIn(value())) {
        const secret = find(placed);
        if (secret === undefined) continue;
        const to = call?.to;
        const ids =
          typeof to === "string" && to !== "*" ? [to] : Array.isArray(to) ? to : undefined;
        const readers = [...people.people.values()]
          .filter((each) => isPresent(each, seq) && (ids?.includes(each.sessionId) ?? true))
          .map(({ sessionId }) => sessionId);
        const path = placed.path || "(the message)";
        report({
          key: `${CHANNEL_WORDS[channel]}, ${path}`,
          seqs: [seq],
          at,
          amount: readers.length,
          paths: [path],
          people: readers,
          text: masked(secret),
        });
      }
    },
  };
}

const CHANNEL_WORDS = {
  "app-message": "app messages",
  "user-data": "user data",
  "session-data": "session data",
} as const;
