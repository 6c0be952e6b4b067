import { createChangeSignal } from "./change-signal";
import { createRoomCore } from "./room-core";
import type { RoomCore } from "./room-core";
import type { RoomSettings } from "./room-settings";
import { joinAsScript } from "./scripted-participant";
import type { ScriptedParticipant } from "./scripted-participant";
import type { JoinRequest } from "./wire";

/** A room as tests and the demo hold it: look inside, take part, make it misbehave. */
export type Room = RoomCore & {
  readonly name: string;
  /** Puts a participant without a browser into the room. */
  join(request: JoinRequest): ScriptedParticipant;
  /** Resolves when the condition holds, now or after some change in the room. */
  until(condition: (room: Room) => boolean, timeoutMs?: number): Promise<void>;
};

/** An empty room that reads its settings again each time it needs them. */
export function createRoom(name: string, settings: () => RoomSettings): Room {
  const signal = createChangeSignal();
  const core = createRoomCore(settings, signal.changed);
  const room: Room = {
    ...core,
    name,
    join: (request) => joinAsScript(core, settings, request),
    until: (condition, timeoutMs = 5000) => signal.until(() => condition(room), timeoutMs),
  };
  return room;
}
