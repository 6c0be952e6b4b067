import fc from "fast-check";
import * as v from "valibot";
import { expect, test, vi } from "vitest";

import { pageEventSchema } from "../extension/protocol/event";
import type { DailyCall } from "./daily-call";
import { observeCall } from "./observe-call";
import { createOutbox } from "./outbox";

// Longer than the schema takes.
vi.stubGlobal("location", { href: `https://app.example/?${"x".repeat(25_000)}` });

/** A call object as far as capture touches it, whose methods take anything. */
function makeCall(own: object) {
  class Emitter {
    emit(): boolean {
      return true;
    }
    listenerCount(): number {
      return 1;
    }
  }
  class Call extends Emitter {
    callClientId = "call-1";
    _messageChannel = {};
    sendAppMessage(): unknown {
      return this;
    }
    setUserData(): Promise<unknown> {
      return Promise.resolve({});
    }
    setMeetingSessionData(): void {}
    static version = () => "0.92.2";
  }
  return Object.assign(new Call(), own) as unknown as DailyCall &
    Record<string, (...args: unknown[]) => unknown>;
}

function observe(own: object = {}) {
  const outbox = createOutbox({ now: () => 1, later: (run) => run() });
  const problems: unknown[] = [];
  const announced = vi.fn<(room?: string) => void>();
  const call = makeCall(own);
  const observed = observeCall(call, true, {
    outbox,
    announced,
    destroyed: () => {},
    report: (where, error) => problems.push([where, error]),
  });
  const events = () => {
    let texts: unknown[] = [];
    outbox.subscribe(0, (text) => {
      texts = [...texts, ...(JSON.parse(text) as { events: unknown[] }).events];
      return true;
    })();
    return texts;
  };
  return { call, observed, events, problems, announced };
}

const throwing = new Proxy(
  {},
  {
    get() {
      throw new Error("no");
    },
    ownKeys() {
      throw new Error("no");
    },
  },
);
const long = (length: number) => "y".repeat(length);
const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown>(
    throwing,
    long(25_000),
    long(1_100_000),
    Symbol("s"),
    () => 1,
    Array.from({ length: 10_005 }, (_, i) => `${i}`),
    Object.fromEntries(Array.from({ length: 10_005 }, (_, i) => [`k${i}`, undefined])),
    [long(25_000)],
    { [long(25_000)]: undefined },
    Object.assign(new Error(long(25_000)), { name: long(25_000), stack: long(90_000) }),
  ),
);
const person = fc.record(
  {
    session_id: anything,
    user_id: anything,
    user_name: anything,
    userData: anything,
    joined_at: anything,
  },
  { requiredKeys: [] },
);
const names = [
  "app-message",
  "participant-joined",
  "participant-updated",
  "participant-left",
  "meeting-session-state-updated",
  "joined-meeting",
  "error",
  "nonfatal-error",
  "network-connection",
  "access-state-updated",
  "meeting-session-summary-updated",
  "participant-counts-updated",
];

test("whatever a page hands over, what is captured of it is valid", () => {
  const step = fc.oneof(
    fc.tuple(
      fc.constantFrom("sendAppMessage", "setUserData", "setMeetingSessionData"),
      fc.array(anything, { maxLength: 3 }),
    ),
    fc.tuple(fc.constant("emit"), fc.tuple(fc.constantFrom(...names), anything)),
    fc.tuple(
      fc.constant("emit"),
      fc.tuple(
        fc.constantFrom(...names),
        fc.record(
          {
            data: anything,
            fromId: anything,
            participant: person,
            participants: fc.dictionary(fc.string(), person),
            reason: anything,
            errorMsg: anything,
            error: anything,
            details: anything,
            type: anything,
            event: anything,
            meetingSessionState: fc.record({ data: anything, topology: anything }),
          },
          { requiredKeys: [] },
        ),
      ),
    ),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
      const { call, observed, events } = observe();
      for (const [method, args] of steps) Reflect.apply(call[method] as () => unknown, call, args);
      observed.snapshot();
      for (const event of events()) {
        const { success, issues } = v.safeParse(pageEventSchema, event);
        expect(issues?.map(({ message, path }) => [message, path?.map(({ key }) => key)])).toBe(
          undefined,
        );
        expect(success).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test("a room too large to list is still joined", () => {
  const { call, events } = observe();
  const participants = Object.fromEntries(
    Array.from({ length: 10_050 }, (_, i) => [`p${i}`, { session_id: `p${i}`, local: i === 0 }]),
  );
  call["emit"]?.("joined-meeting", { participants });
  const joined = events().find((event) => (event as { name?: string }).name === "joined-meeting");
  expect(v.is(pageEventSchema, joined)).toBe(true);
});

test("a page says that it has a call, and which room it joins", () => {
  const properties = { url: "https://you.daily.co/qa?t=secret" };
  const { call, observed, announced } = observe({ properties });
  call["sendAppMessage"]?.("before the join");
  expect(announced.mock.calls).toEqual([[]]);
  call["emit"]?.("joined-meeting", { participants: {} });
  expect(announced).toHaveBeenLastCalledWith("https://you.daily.co/qa");
  properties.url = "https://you.daily.co/lobby";
  call["emit"]?.("left-meeting", {});
  call["emit"]?.("app-message", { data: 1, fromId: "bob" });
  expect(announced).toHaveBeenCalledTimes(2);
  call["emit"]?.("joined-meeting", { participants: {} });
  expect(announced).toHaveBeenLastCalledWith("https://you.daily.co/lobby");
  // For a panel that comes too late to get the join itself.
  observed.snapshot();
  expect(announced).toHaveBeenCalledTimes(4);
  expect(announced).toHaveBeenLastCalledWith("https://you.daily.co/lobby");
});

test("properties that a page put on all objects change nothing that is captured", () => {
  const { call, events, problems } = observe();
  const pollution = { value: "X", writable: true, configurable: true };
  for (const name of ["payload", "participants", "get"])
    Object.defineProperty(Object.prototype, name, pollution);
  try {
    call["sendAppMessage"]?.({ a: 1 });
    call["emit"]?.("left-meeting", {});
  } finally {
    for (const name of ["payload", "participants", "get"])
      Reflect.deleteProperty(Object.prototype, name);
  }
  expect(problems).toEqual([]);
  expect(events().map((event) => v.is(pageEventSchema, event))).toEqual([true, true, true]);
});

test("a call object looks as it does without us", () => {
  const without = makeCall({});
  const { call } = observe();
  expect(Reflect.ownKeys(call)).toEqual(Reflect.ownKeys(without));
  const list = (target: object) => {
    const all = [];
    for (const name in target) all.push(name);
    return all;
  };
  expect(list(call)).toEqual(list(without));
  call["sendAppMessage"] = () => "mine";
  expect(Object.keys(call)).toContain("sendAppMessage");
});
