import { readBody, reply, replyJson } from "../room/http-reply";
import type { RoomServer } from "../room/server";

/** A page that measures when it is told to, over HTTP, because nothing may be attached to its browser. */
type TurnTaker = {
  /** Has the page send so many messages in one go. Returns the milliseconds that it took. */
  timeSends(calls: number): Promise<number>;
};

export type Turns = {
  /** Resolves once the page of that name is there: `turn?of=…` gives it the next number, `done?of=…` takes the time. */
  taker(name: string): Promise<TurnTaker>;
};

/** Below `/turns/` of a server: pages ask for their turn and wait, and report how long it took. */
export function serveTurns(server: RoomServer): Turns {
  const asked = new Map<string, Slot<(calls: number) => void>>();
  const done = new Map<string, Slot<number>>();
  const slotIn = <T>(slots: Map<string, Slot<T>>, name: string): Slot<T> => {
    const slot = slots.get(name) ?? createSlot<T>();
    slots.set(name, slot);
    return slot;
  };

  server.serve("/turns/", async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", server.origin);
    const name = searchParams.get("of") ?? "";
    if (pathname === "/turns/turn") {
      slotIn(asked, name).put((calls) => replyJson(response, 200, calls));
      return;
    }
    slotIn(done, name).put(Number(await readBody(request)));
    reply(response, 204, "json");
  });

  return {
    async taker(name) {
      let next = await slotIn(asked, name).take();
      return {
        async timeSends(calls) {
          next(calls);
          const ms = await slotIn(done, name).take();
          next = await slotIn(asked, name).take();
          return ms;
        },
      };
    },
  };
}

type Slot<T> = { put(value: T): void; take(): Promise<T> };

/** Values from one who brings them to one who waits for them, in order. */
function createSlot<T>(): Slot<T> {
  const values: T[] = [];
  const waiting: ((value: T) => void)[] = [];
  return {
    put(value) {
      const taker = waiting.shift();
      if (taker) taker(value);
      else values.push(value);
    },
    take: () =>
      new Promise((resolve) => {
        if (values.length > 0) resolve(values.shift() as T);
        else waiting.push(resolve);
      }),
  };
}
