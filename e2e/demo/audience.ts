import type { RoomServer } from "../room/server";
import { type Guest, joinGuest } from "./guest";
import { REACTIONS } from "./page/protocol";
import { createSchedule } from "./schedule";
import { NOTICES, QUESTIONS } from "./script-lines";
import { createServerNotice } from "./server-notice";

const NAMES = ["Chen", "Dana", "Emre", "Fatima", "Kofi"] as const;
const LATECOMERS = ["Gina", "Hugo", "Ines", "Jonas"] as const;
const MOST_HANDS_UP = 3;

export type AudienceOptions = {
  /** Name of the room. */
  readonly room?: string;
  /** The same seed makes the same show. */
  readonly seed?: number;
};

export type Audience = { stop(): Promise<void> };

/**
 * Puts an audience into a room of the local server. Its show starts when someone else joins, so that there is a host
 * to see all of it.
 */
export function startAudience(
  server: Pick<RoomServer, "origin" | "room">,
  { room: roomName = "qa", seed = 1 }: AudienceOptions = {},
): Audience {
  const room = server.room(roomName);
  const schedule = createSchedule(seed);
  const notice = createServerNotice(server.origin, roomName);
  let guests: Guest[] = NAMES.map((name) => joinGuest(room, name, schedule));
  let latecomers = 0;

  const named = (name: string) => guests.find((guest) => guest.name === name);
  const idle = () => guests.filter((guest) => guest.isIdle());

  function raiseHand(guest: Guest | undefined): void {
    if (guests.length - idle().length < MOST_HANDS_UP + 1) guest?.raiseHand();
  }
  function react(guest: Guest | undefined): void {
    guest?.say({ kind: "reaction", emoji: schedule.pick(REACTIONS) ?? REACTIONS[0] });
  }
  function ask(guest: Guest | undefined): void {
    guest?.say({ kind: "question", text: schedule.pick(QUESTIONS) ?? "Why?" });
  }
  function announce(): void {
    notice.send({ kind: "notice", text: schedule.pick(NOTICES) ?? "Welcome." });
  }
  function arrive(): void {
    const name = LATECOMERS[latecomers++ % LATECOMERS.length] ?? LATECOMERS[0];
    if (!named(name)) guests.push(joinGuest(room, name, schedule));
  }
  function depart(guest: Guest | undefined): void {
    if (!guest || guest.isOnStage()) return;
    guests = guests.filter((each) => each !== guest);
    guest.leave();
  }

  /** The first seconds have something of everything; afterwards chance takes over. */
  function open(): void {
    schedule.after(300, () => raiseHand(named("Kofi")));
    schedule.after(600, () => react(named("Chen")));
    schedule.after(1000, () => ask(named("Dana")));
    schedule.after(1500, () => raiseHand(named("Emre")));
    schedule.after(2000, announce);
    schedule.after(2600, arrive);
    schedule.after(3200, () => react(named("Fatima")));
    schedule.after(3800, () => raiseHand(named("Fatima")));
    schedule.after(5000, () => depart(named("Dana")));
    schedule.after(6000, () => {
      schedule.every([900, 2200], () => react(schedule.pick(guests)));
      schedule.every([2500, 4500], () => raiseHand(schedule.pick(idle())));
      schedule.every([4000, 8000], () => ask(schedule.pick(guests)));
      schedule.every([8000, 14_000], announce);
      schedule.every([10_000, 16_000], () => {
        if (guests.length < NAMES.length) arrive();
        else depart(schedule.pick(idle()));
      });
    });
  }

  const isGuest = (sessionId: string) => guests.some((guest) => guest.sessionId === sessionId);
  if (room.participants().every((person) => isGuest(person.sessionId))) {
    // The first guest watches the door.
    const stopWatching = guests[0]?.on((message) => {
      if (message.action !== "participant-joined" || isGuest(message.person.sessionId)) return;
      stopWatching?.();
      open();
    });
  } else {
    open();
  }

  return {
    async stop() {
      schedule.stop();
      guests.forEach((guest) => guest.leave());
      await notice.stop();
    },
  };
}
