import type { DailyParticipant, DailyTrackState } from "@daily-co/daily-js";

import type { RoomPerson } from "../wire";

const NEVER = new Date(0);

/** A person of the room as daily-js wants them: complete, with every track off but that of a voice which plays. */
export function toDailyParticipant(
  person: RoomPerson,
  local: boolean,
  voice: "off" | "playable" = "off",
): DailyParticipant {
  const off = (): DailyTrackState => ({ subscribed: true, state: "off", off: { byUser: true } });
  const isPlaying = voice === "playable";
  return {
    session_id: person.sessionId,
    user_id: person.userId,
    user_name: person.userName,
    ...("userData" in person && { userData: person.userData }),
    local,
    owner: person.owner,
    record: false,
    joined_at: new Date(person.joinedAt),
    will_eject_at: NEVER,
    permissions: {
      hasPresence: true,
      canSend: true,
      canReceive: { base: true },
      canAdmin: person.owner,
    },
    tracks: {
      audio: isPlaying ? { subscribed: true, state: "playable" } : off(),
      video: off(),
      screenAudio: off(),
      screenVideo: off(),
    },
    audio: isPlaying,
    video: false,
    screen: false,
    cam_info: {},
    screen_info: {},
  };
}
