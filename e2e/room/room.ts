import { createChangeSignal } from "./change-signal";
import { SYSTEM_CLOCK } from "./clock";
import { createFaults } from "./faults";
import type { Faults } from "./faults";
import { createRoomCore } from "./room-core";
import type { RoomCore } from "./room-core";
import type { RoomSettings } from "./room-settings";
import { joinAsScript } from "./scripted-participant";
import type { ScriptedParticipant } from "./scripted-participant";
import type { JoinRequest } from "./wire";

/** A room as tests and the demo hold it: look inside, take part, make it misbehave. */
export type Room = RoomCore & {
  readonly name: string;
  /** Damages app messages from now on; undefined ends it. `messages()` tells what really became of each. */
  readonly damage: Faults["damage"];
  /** Puts a participant without a browser into the room. */
  join(request: JoinRequest): ScriptedParticipant;
  /** Resolves when the condition holds, now or after some change in the room. */
  until(condition: (room: Room) => boolean, timeoutMs?: number): Promise<void>;
};

/** An empty room that reads its settings again each time it needs them. Damaged messages wait by the clock. */
export function createRoom(name: string, settings: () => RoomSettings, clock = SYSTEM_CLOCK): Room {
  const signal = createChangeSignal();
  const faults = createFaults(clock, signal.changed);
  const core = createRoomCore(settings, signal.changed, faults.carry);
  const room: Room = {
    ...core,
    name,
    damage: faults.damage,
    join: (request) => joinAsScript(core, settings, request),
    until: (condition, timeoutMs = 5000) => signal.until(() => condition(room), timeoutMs),
  };
  return room;
}
