import type { Participant, ParticipantWithData } from "../extension/protocol/event";
import { clip, MAX_ID } from "../extension/protocol/bounds";
import { toPayload } from "../extension/protocol/payload";
import { recordOf } from "./daily-call";

export type ParticipantWatch = {
  /** Notes a participant and names the shown fields that differ from what was noted before. */
  note(value: unknown): { described: ParticipantWithData; changed: string[] } | undefined;
  forget(sessionId: string): void;
};

/** Remembers what was last recorded of each participant, so that updates of tracks and the like stay silent. */
export function createParticipantWatch(): ParticipantWatch {
  const known = { __proto__: null } as unknown as Record<string, ParticipantWithData>;
  return {
    note(value) {
      const described = describeParticipant(value);
      if (!described) return undefined;
      const sessionId = described.participant.session_id;
      const changed = differences(known[sessionId], described);
      known[sessionId] = described;
      return { described, changed };
    },
    forget: (sessionId) => void delete known[sessionId],
  };
}

/** The shown part of a `DailyParticipant`, user data as payload beside it; undefined when it has no session id. */
function describeParticipant(value: unknown): ParticipantWithData | undefined {
  const { session_id, user_id, user_name, local, owner, joined_at, userData } = recordOf(value);
  if (typeof session_id !== "string") return undefined;
  const participant: Participant = {
    session_id: clip(session_id, MAX_ID),
    ...(typeof user_id === "string" && { user_id: clip(user_id, MAX_ID) }),
    ...(typeof user_name === "string" && { user_name: clip(user_name) }),
    local: local === true,
    ...(typeof owner === "boolean" && { owner }),
    ...(joined_at instanceof Date &&
      !Number.isNaN(joined_at.getTime()) && { joined_at: joined_at.toISOString() }),
  };
  return { participant, ...(userData !== undefined && { payload: toPayload(userData) }) };
}

const FIELDS = ["session_id", "user_id", "user_name", "local", "owner", "joined_at"] as const;

function differences(
  before: ParticipantWithData | undefined,
  after: ParticipantWithData,
): string[] {
  const changed: string[] = FIELDS.filter(
    (field) => before?.participant[field] !== after.participant[field],
  );
  if (before?.payload?.json !== after.payload?.json) changed.push("userData");
  return changed;
}
