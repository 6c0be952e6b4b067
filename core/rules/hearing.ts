import type { PageEvent } from "../../extension/protocol/event";

/** Two calls of a page get the same message at about the same time, in either order. Epoch ms. */
const SAME_TIME_MS = 1_000;

/** Which calls listen to the app messages of a room: a page may have one that listens and others that only help. */
export type Hearing = {
  note(event: PageEvent, documentId: string): void;
  /** How many other calls of the same document are in the room that this one has just joined. */
  inSameRoom(callId: string): number;
  /** Whether another call of the same document listened in the same room, then or since. */
  isElsewhere(callId: string, at: number): boolean;
};

export function createHearing(): Hearing {
  const placeOf = new Map<string, string>();
  /** When each call last heard a message, by its place. */
  const heard = new Map<string, Map<string, number>>();
  const inRoom = new Map<string, string>();
  return {
    note(event, documentId) {
      const { callId, at } = event;
      if ("room" in event && event.room !== undefined)
        placeOf.set(callId, JSON.stringify([documentId, event.room]));
      const place = placeOf.get(callId);
      const name = event.kind === "daily-event" ? event.name : undefined;
      if (name === "joined-meeting" && place !== undefined) inRoom.set(callId, place);
      else if (name === "left-meeting" || name === "call-instance-destroyed") inRoom.delete(callId);
      if (event.kind !== "daily-event" || event.name !== "app-message") return;
      if (event.listeners === 0 || place === undefined) return;
      const calls = heard.get(place) ?? new Map<string, number>();
      heard.set(place, calls.set(callId, at));
    },
    inSameRoom(callId) {
      const place = inRoom.get(callId);
      if (place === undefined) return 0;
      return [...inRoom].filter(([each, room]) => each !== callId && room === place).length;
    },
    isElsewhere(callId, at) {
      const calls = heard.get(placeOf.get(callId) ?? "") ?? [];
      return [...calls].some(([each, when]) => each !== callId && when >= at - SAME_TIME_MS);
    },
  };
}
