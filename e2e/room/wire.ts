/**
 * What the call machine and the room server say to each other, as JSON text over one WebSocket per participant.
 * Messages from the room carry the names of the Daily events they become.
 */
import type { RoomSettings } from "./room-settings";
import type { SessionDataPayload } from "./session-data-queue";

/** `*`, one session id or several of them. */
export type Recipients = string | readonly string[];

export type Topology = "sfu" | "peer";

/** A participant as the room knows them: what Daily calls a participant, and of their media only whether they speak. */
export type RoomPerson = {
  readonly sessionId: string;
  readonly userId: string;
  readonly userName: string;
  readonly owner: boolean;
  readonly joinedAt: number;
  readonly userData?: unknown;
  /** Others get an audio track of them, which is silent. */
  readonly hasVoice?: true;
};

export type SessionData = Readonly<Record<string, unknown>>;

export type MeetingSessionState = { readonly data: SessionData; readonly topology: Topology };

export type JoinRequest = {
  readonly userName?: string | undefined;
  readonly userData?: unknown;
  readonly owner?: boolean | undefined;
  readonly userId?: string | undefined;
  /** Whether the others get an audio track. */
  readonly hasVoice?: boolean | undefined;
};

/** From a participant to the room. */
export type ToRoom =
  | ({ action: "join" } & JoinRequest)
  | { action: "app-message"; data: unknown; to: Recipients }
  | { action: "set-user-data"; userData: unknown }
  | { action: "set-user-name"; userName: string }
  | ({ action: "set-session-data" } & SessionDataPayload)
  | { action: "leave" };

/** Everything a participant learns on joining. The rest of the room is the snapshot that late joiners get. */
export type Joined = {
  action: "joined-meeting";
  meetingSessionId: string;
  settings: RoomSettings;
  you: RoomPerson;
  others: readonly RoomPerson[];
  meetingSessionState: MeetingSessionState;
};

/** From the room to a participant. */
export type FromRoom =
  | Joined
  | {
      action: "participant-joined" | "participant-updated" | "participant-left";
      person: RoomPerson;
    }
  | { action: "participant-counts-updated"; participantCounts: { present: number; hidden: number } }
  | { action: "app-message"; data: unknown; fromId: string }
  | { action: "meeting-session-state-updated"; meetingSessionState: MeetingSessionState }
  | { action: "nonfatal-error"; type: "meeting-session-data-error"; errorMsg: string }
  | { action: "error"; errorMsg: string; error: { type: "ejected"; msg: string } }
  | { action: "left-meeting" };

/** A copy as someone else gets it: between people, data travels as JSON (docs.daily.co, custom messages guide). */
export function throughJson<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
