import { isPresent, type PeopleTracker } from "../../daily/people-tracker";
import type { RuleRun, Sighting, Trackers } from "../rule";
import type { RuleEvent } from "../rule-event";
import { type PlacedText, stringsIn } from "../strings-in";
import { masked } from "./masked";
import { LOCAL, type Piece, piecesOf } from "./pieces";

/** More different secrets than any call has; what is forgotten counts once more when it shows again. */
const MAX_KNOWN = 500;

/**
 * Looks for texts that not everyone should read, in all that the room can read. `find` answers the part of a text that
 * is the secret; it is told masked only. `hint` must be in a JSON text for it to be looked into at all. A value that
 * stays in user or session data is one payload, however often it is seen.
 */
export function placedSecrets(
  report: (sighting: Sighting) => void,
  { people }: Trackers,
  hint: RegExp,
  find: (placed: PlacedText) => string | undefined,
): RuleRun {
  /** Who put it there, by what and where it is. */
  const known = new Map<string, string | undefined>();

  function look(seen: RuleEvent, { channel, value, author }: Piece): void {
    for (const placed of stringsIn(value())) {
      const secret = find(placed);
      if (secret === undefined) continue;
      const path = placed.path || "(the message)";
      const isMessage = channel === "app-message";
      const whose = channel === "user-data" ? author : "";
      const id = JSON.stringify([channel, whose, path, secret]);
      const isKnown = !isMessage && known.has(id);
      if (known.size >= MAX_KNOWN) known.clear();
      if (!isMessage && !isKnown) known.set(id, author);
      const readers = readersAt(seen.seq, isKnown ? known.get(id) : author, people);
      // A message that no one got is gone, and its secret with it.
      if (isMessage && readers.length === 0) continue;
      report({
        key: isMessage
          ? `app messages of type ${seen.type()}, ${path}`
          : `${WORDS[channel]}, ${path}`,
        ...(isMessage && { type: seen.type() }),
        seqs: isKnown ? [] : [seen.seq],
        times: isKnown ? 0 : 1,
        at: seen.at,
        amount: readers.length,
        paths: [path],
        people: readers,
        text: masked(secret),
      });
    }
  }

  return {
    event(seen) {
      const { call, phase } = seen;
      // No one reads what is refused, or before the join, which shows it once more.
      if (call && (call.outcome === "threw" || phase !== "joined" || isAddressed(call.to))) return;
      for (const piece of piecesOf(seen)) if (hint.test(piece.payload.json)) look(seen, piece);
    },
  };
}

/** What is for some only may be meant for them. */
const isAddressed = (to: string | readonly string[] | undefined): boolean =>
  to !== undefined && to !== "*";

function readersAt(seq: number, author: string | undefined, people: PeopleTracker): string[] {
  const authorId = author === LOCAL ? people.localId() : author;
  return [...people.people.values()]
    .filter((each) => each.sessionId !== authorId && isPresent(each, seq))
    .map(({ sessionId }) => sessionId);
}

const WORDS = { "user-data": "user data", "session-data": "session data" } as const;
