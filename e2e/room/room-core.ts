import { randomUUID } from "node:crypto";

import { API_SENDER, recipientsOf } from "./app-messages";
import type { AppMessageRecord } from "./app-messages";
import { changePerson } from "./change-person";
import type { Carry } from "./faults";
import type { RoomSettings } from "./room-settings";
import { applySessionData, exceedsMaxSize, MAX_SESSION_DATA_SIZE } from "./session-data";
import type { SessionDataPayload } from "./session-data-queue";
import type {
  FromRoom,
  JoinRequest,
  MeetingSessionState,
  Recipients,
  RoomPerson,
  SessionData,
  ToRoom,
  Topology,
} from "./wire";

const MAX_RECORDED = 20_000;

type Send = (message: FromRoom) => void;
type Member = { person: RoomPerson; readonly send: Send };

type RoomConnection = {
  receive(message: ToRoom): void;
  disconnect(): void;
};

/** One payload of session data that a participant's queue sent. */
type SessionUpdateRecord = Required<SessionDataPayload> & {
  readonly sessionId: string;
  readonly isTaken: boolean;
};

/**
 * The rules of a room. It has no clock: delays belong to the senders (participant-voice.ts) and to the way of a message
 * (faults.ts).
 */
export type RoomCore = {
  connect(send: Send): RoomConnection;
  participants(): readonly RoomPerson[];
  sessionData(): SessionData;
  /** The latest app messages, in the order in which they were sent. */
  messages(): readonly AppMessageRecord[];
  /** What participants flushed from their queues, in order, and whether the room took it. */
  sessionUpdates(): readonly SessionUpdateRecord[];
  sendFromServer(data: unknown, recipient: string): void;
  /** Applies session data from the REST API. Returns an error text when the result would be too large. */
  setSessionDataFromServer(payload: SessionDataPayload): string | undefined;
  failNextSessionData(errorMsg: string): void;
  setTopology(topology: Topology): void;
  eject(sessionId: string): void;
};

/** An empty room. Calls `changed` after every change of what the room knows. */
export function createRoomCore(
  settings: () => RoomSettings,
  changed: () => void,
  carry: Carry,
): RoomCore {
  const members = new Map<string, Member>();
  const messages: AppMessageRecord[] = [];
  const sessionUpdates: SessionUpdateRecord[] = [];
  let state: MeetingSessionState = { data: {}, topology: "peer" };
  let meetingSessionId = randomUUID() as string;
  let nextFailure: string | undefined;

  const people = (): RoomPerson[] => [...members.values()].map(({ person }) => person);

  function tell(message: FromRoom, except?: string): void {
    for (const [sessionId, { send }] of members) if (sessionId !== except) send(message);
  }

  function tellCounts(): void {
    const participantCounts = { present: members.size, hidden: 0 };
    tell({ action: "participant-counts-updated", participantCounts });
  }

  function setState(next: MeetingSessionState): void {
    state = next;
    tell({ action: "meeting-session-state-updated", meetingSessionState: state });
    changed();
  }

  function enter(request: JoinRequest, send: Send): string {
    const { userName, userData, owner, userId, hasVoice } = request;
    const sessionId = randomUUID();
    const you: RoomPerson = {
      sessionId,
      userId: userId ?? sessionId,
      userName: userName ?? "",
      owner: owner ?? false,
      joinedAt: Date.now(),
      ...(userData !== undefined && { userData }),
      ...(hasVoice && { hasVoice }),
    };
    const others = people();
    members.set(sessionId, { person: you, send });
    send({
      action: "joined-meeting",
      meetingSessionId,
      settings: settings(),
      you,
      others,
      meetingSessionState: state,
    });
    tell({ action: "participant-joined", person: you }, sessionId);
    tellCounts();
    changed();
    return sessionId;
  }

  function leave(sessionId: string): void {
    const member = members.get(sessionId);
    if (!member) return;
    members.delete(sessionId);
    tell({ action: "participant-left", person: member.person });
    tellCounts();
    if (members.size === 0) {
      state = { ...state, data: {} };
      meetingSessionId = randomUUID();
    }
    changed();
  }

  function update(member: Member, change: Partial<RoomPerson>): void {
    member.person = changePerson(member.person, change);
    tell({ action: "participant-updated", person: member.person }, member.person.sessionId);
    changed();
  }

  function deliver(fromId: string, data: unknown, to: Recipients): void {
    const deliveries = carry(recipientsOf(to, fromId, members.keys()), (sessionId) => {
      const member = members.get(sessionId);
      member?.send({ action: "app-message", data, fromId });
      return member !== undefined;
    });
    messages.push({ fromId, data, to, deliveries });
    if (messages.length > MAX_RECORDED) messages.shift();
    changed();
  }

  /** Returns why the payload was refused, or undefined. */
  function writeSessionData(payload: SessionDataPayload): string | undefined {
    const data = applySessionData(state.data, payload);
    if (exceedsMaxSize(data)) {
      return `Meeting session data is too large. Maximum size is ${MAX_SESSION_DATA_SIZE}.`;
    }
    setState({ ...state, data });
    return undefined;
  }

  function receive(sessionId: string, message: ToRoom): void {
    const member = members.get(sessionId);
    if (!member) return;
    switch (message.action) {
      case "join":
        return;
      case "app-message":
        return deliver(sessionId, message.data, message.to);
      case "set-user-data":
        return update(member, { userData: message.userData });
      case "set-user-name":
        return update(member, { userName: message.userName });
      case "set-session-data": {
        const errorMsg = nextFailure ?? writeSessionData(message);
        nextFailure = undefined;
        const { data, mergeStrategy, keysToDelete = [] } = message;
        sessionUpdates.push({ sessionId, data, mergeStrategy, keysToDelete, isTaken: !errorMsg });
        if (sessionUpdates.length > MAX_RECORDED) sessionUpdates.shift();
        if (errorMsg)
          member.send({ action: "nonfatal-error", type: "meeting-session-data-error", errorMsg });
        return changed();
      }
      case "leave":
        leave(sessionId);
        return member.send({ action: "left-meeting" });
    }
  }

  return {
    connect(send) {
      let sessionId: string | undefined;
      return {
        receive(message) {
          if (message.action === "join") sessionId ??= enter(message, send);
          else if (sessionId) receive(sessionId, message);
        },
        disconnect() {
          if (sessionId) leave(sessionId);
        },
      };
    },
    participants: people,
    sessionData: () => state.data,
    messages: () => messages,
    sessionUpdates: () => sessionUpdates,
    sendFromServer(data, recipient) {
      deliver(API_SENDER, data, recipient);
    },
    setSessionDataFromServer: writeSessionData,
    failNextSessionData(errorMsg) {
      nextFailure = errorMsg;
    },
    setTopology(topology) {
      setState({ ...state, topology });
    },
    eject(sessionId) {
      const member = members.get(sessionId);
      if (!member) throw new Error(`No one here has the session id ${sessionId}.`);
      leave(sessionId);
      const errorMsg = "Ejected from the meeting";
      member.send({ action: "error", errorMsg, error: { type: "ejected", msg: errorMsg } });
      member.send({ action: "left-meeting" });
    },
  };
}
