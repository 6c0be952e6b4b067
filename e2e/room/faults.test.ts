import { expect, test } from "vitest";

import type { Clock } from "./clock";
import { type Damage, LONGEST_HOLD_MS, SECOND_COPY_AFTER_MS } from "./faults";
import { createRandom } from "./random";
import { createRoom } from "./room";
import { DEFAULT_SETTINGS } from "./room-settings";

/** A clock that goes on only when told to. */
function createFakeClock(): Clock & { pass(ms: number): void } {
  let now = 0;
  const timers: { readonly at: number; readonly act: () => void }[] = [];

  return {
    now: () => now,
    after(delayMs, act) {
      timers.push({ at: now + delayMs, act });
    },
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const next = timers.toSorted((a, b) => a.at - b.at)[0];
        if (!next || next.at > until) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.act();
      }
      now = until;
    },
  };
}

/** A room with Ada, Ben and Cyd, and what each of the last two is handed. */
function setup() {
  const clock = createFakeClock();
  const room = createRoom("qa", () => DEFAULT_SETTINGS, clock);
  const got: Record<string, unknown[]> = {};
  const enter = (name: string) => {
    const heard = (got[name] = [] as unknown[]);
    const connection = room.connect((message) => {
      if (message.action === "app-message") heard.push(message.data);
    });
    connection.receive({ action: "join", userName: name });
    return connection;
  };
  const [ada, ben] = [enter("Ada"), enter("Ben")];
  enter("Cyd");
  const idOf = (name: string) =>
    room.participants().find(({ userName }) => userName === name)?.sessionId ?? "";
  const send = (data: unknown, to = idOf("Ben")) =>
    ada.receive({ action: "app-message", data, to });
  const deliveries = () => room.messages().map((message) => message.deliveries[0]);
  return { clock, room, got, ben, idOf, send, deliveries };
}

test("a dropped message is sent and reaches no one", () => {
  const { clock, room, got, send, deliveries, idOf } = setup();
  room.damage({ seed: 1, dropShare: 1 });
  send("hi");
  clock.pass(1000);
  expect(got["Ben"]).toEqual([]);
  expect(deliveries()).toEqual([
    { to: idOf("Ben"), copies: 0, isOvertaken: false, isPending: false },
  ]);
});

test("the second copy of a doubled message comes a little later", () => {
  const { clock, room, got, send, deliveries } = setup();
  room.damage({ seed: 1, doubleShare: 1 });
  send("hi");
  room.damage(undefined);
  send("next");
  clock.pass(SECOND_COPY_AFTER_MS - 1);
  expect(got["Ben"]).toEqual(["hi", "next"]);
  expect(deliveries()[0]).toMatchObject({ copies: 1, isPending: true });
  clock.pass(1);
  expect(got["Ben"]).toEqual(["hi", "next", "hi"]);
  expect(deliveries()[0]).toMatchObject({
    copies: 2,
    delayMs: 0,
    isOvertaken: false,
    isPending: false,
  });
});

test("others overtake a delayed message, also after the damage has ended", () => {
  const { clock, room, got, send, deliveries } = setup();
  room.damage({ seed: 1, delayShare: 1, maxDelayMs: 50 });
  send("slow");
  room.damage(undefined);
  send("fast");
  expect(got["Ben"]).toEqual(["fast"]);
  expect(deliveries()[0]).toMatchObject({ copies: 0, isPending: true });
  clock.pass(50);
  expect(got["Ben"]).toEqual(["fast", "slow"]);
  const [slow, fast] = deliveries();
  expect(slow).toMatchObject({ copies: 1, isOvertaken: true, isPending: false });
  expect(slow?.delayMs).toBeGreaterThanOrEqual(1);
  expect(slow?.delayMs).toBeLessThanOrEqual(50);
  expect(fast).toMatchObject({ copies: 1, delayMs: 0, isOvertaken: false });
});

test("a reordered message comes after the next one to the same recipient", () => {
  const { clock, room, got, send, deliveries, idOf } = setup();
  room.damage({ seed: 1, reorderShare: 1 });
  send("first");
  send("second");
  room.damage(undefined);
  clock.pass(30);
  send("for Cyd", idOf("Cyd"));
  expect(got["Ben"]).toEqual([]);
  send("third");
  expect(got["Ben"]).toEqual(["third", "first", "second"]);
  expect(deliveries()[0]).toMatchObject({ copies: 1, delayMs: 30, isOvertaken: true });
  clock.pass(1000);
  expect(got["Ben"]).toHaveLength(3);
});

test("a reordered message that no other one follows is held for a short time only", () => {
  const { clock, room, got, send, deliveries } = setup();
  room.damage({ seed: 1, reorderShare: 1 });
  send("last");
  clock.pass(LONGEST_HOLD_MS - 1);
  expect(got["Ben"]).toEqual([]);
  clock.pass(1);
  expect(got["Ben"]).toEqual(["last"]);
  expect(deliveries()[0]).toMatchObject({ delayMs: LONGEST_HOLD_MS, isOvertaken: false });
});

test("someone who leaves in the meantime gets nothing", () => {
  const { clock, room, got, ben, send, deliveries } = setup();
  room.damage({ seed: 1, delayShare: 1 });
  send("slow");
  ben.disconnect();
  clock.pass(1000);
  expect(got["Ben"]).toEqual([]);
  expect(deliveries()[0]).toMatchObject({ copies: 0, isPending: false });
});

test("a room says when nothing is on its way any more", async () => {
  const { clock, room, send, deliveries } = setup();
  room.damage({ seed: 1, doubleShare: 0.5, delayShare: 1 });
  for (const n of [1, 2, 3]) send(n);
  const settled = room.until(() => deliveries().every((each) => !each?.isPending));
  clock.pass(1000);
  await settled;
});

test("each recipient of a message has a fate of their own, the same for the same seed", () => {
  const copiesWith = (damage: Damage) => {
    const { clock, room, send } = setup();
    room.damage(damage);
    for (let n = 0; n < 40; n++) send(n, "*");
    clock.pass(1000);
    return room.messages().map(({ deliveries }) => deliveries.map(({ copies }) => copies));
  };
  const damage: Damage = { seed: 7, dropShare: 0.3, doubleShare: 0.3 };
  const copies = copiesWith(damage);
  expect(copiesWith(damage)).toEqual(copies);
  expect(copiesWith({ ...damage, seed: 8 })).not.toEqual(copies);
  // When a message comes is decided apart from how often.
  expect(copiesWith({ ...damage, delayShare: 0.5, reorderShare: 0.5 })).toEqual(copies);
  expect(copies.some(([toBen, toCyd]) => toBen !== toCyd)).toBe(true);
});

test("shares that aren't parts of one whole are refused", () => {
  const { room } = setup();
  expect(() => room.damage({ seed: 1, dropShare: 0.6, doubleShare: 0.6 })).toThrow("0.6 and 0.6");
  expect(() => room.damage({ seed: 1, delayShare: -0.1 })).toThrow("-0.1");
  expect(() => room.damage({ seed: 1, dropShare: Number.NaN })).toThrow("NaN");
});

test.each([1, 2, 3, 4, 5])("the record is what the recipients got (seed %i)", (seed) => {
  const { clock, room, got, idOf, send } = setup();
  const random = createRandom(seed);
  room.damage({
    seed,
    dropShare: 0.15,
    doubleShare: 0.15,
    delayShare: 0.3,
    maxDelayMs: 120,
    reorderShare: 0.3,
  });
  const count = 1500;
  for (let n = 0; n < count; n++) {
    send(n, random() < 0.3 ? idOf("Cyd") : "*");
    if (random() < 0.6) clock.pass(random() * 40);
  }
  clock.pass(1000);

  const messages = room.messages();
  expect(messages).toHaveLength(count);
  const all = messages.flatMap(({ deliveries }) => deliveries);
  for (const name of ["Ben", "Cyd"]) {
    const heard = got[name] as readonly number[];
    for (const { data, deliveries } of messages) {
      const delivery = deliveries.find(({ to }) => to === idOf(name));
      const copies = heard.filter((each) => each === data).length;
      expect(delivery?.copies ?? 0).toBe(copies);
      if (!delivery || copies === 0) continue;
      const before = heard.slice(0, heard.indexOf(data as number));
      expect(delivery.isOvertaken).toBe(before.some((each) => each > (data as number)));
    }
  }
  const share = (test: (delivery: (typeof all)[number]) => boolean) =>
    all.filter(test).length / all.length;
  expect(all.every(({ isPending }) => !isPending)).toBe(true);
  expect(share(({ copies }) => copies === 0)).toBeCloseTo(0.15, 1);
  expect(share(({ copies }) => copies === 2)).toBeCloseTo(0.15, 1);
  expect(share(({ delayMs }) => delayMs === 0)).toBeCloseTo(0.85 * 0.4, 1);
  expect(share(({ isOvertaken }) => isOvertaken)).toBeGreaterThan(0.2);
});
