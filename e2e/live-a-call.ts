import type { DailyEvent, DailyEventObject } from "@daily-co/daily-js";

/**
 * Runs inside a page: lives through a call with the real daily-js, refusals and failing listeners included, and tells
 * everything that an app could notice, without what differs from run to run (ids, times).
 */
export async function liveACall(): Promise<string[]> {
  const { call } = window;
  const seen: string[] = [];
  const note = (what: string, value: unknown) => void seen.push(`${what}: ${String(value)}`);
  const until = <T extends DailyEvent>(
    name: T,
    test: (event: DailyEventObject<T>) => boolean = () => true,
  ) =>
    new Promise<void>((resolve) => {
      const listener = (event: DailyEventObject<T>) => {
        if (!test(event)) return;
        call.off(name, listener);
        resolve();
      };
      call.on(name, listener);
    });
  const attempt = (what: string, run: () => unknown) => {
    try {
      const value = run();
      note(
        what,
        value === call
          ? "returned the call"
          : value instanceof Promise
            ? "a promise"
            : typeof value,
      );
      return value;
    } catch (error) {
      note(`${what} threw`, error);
      return undefined;
    }
  };
  const outcome = async (what: string, run: () => unknown) => {
    try {
      const value: unknown = await (attempt(what, run) as Promise<unknown>);
      note(`${what} resolved`, value === undefined ? value : Object.keys(value as object).sort());
    } catch (error) {
      note(`${what} rejected`, error);
    }
  };

  note("own keys", Object.keys(call).sort().join());
  for (const name of ["sendAppMessage", "setUserData", "setMeetingSessionData", "emit"] as const) {
    const method = Reflect.get(call, name) as () => unknown;
    note(
      name,
      [typeof method, method.name, method.length, Object.keys(call).includes(name)].join(),
    );
  }
  const unhandled: string[] = [];
  window.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    unhandled.push(String(event.reason));
  });
  const names = [
    "joining-meeting",
    "joined-meeting",
    "participant-joined",
    "participant-left",
    "left-meeting",
    "call-instance-destroyed",
    "nonfatal-error",
  ] as const;
  for (const name of names)
    call.on(name, (event) =>
      note(
        "event",
        `${name} ${Object.keys(event ?? {})
          .sort()
          .join()}`,
      ),
    );

  attempt("send before the join", () => call.sendAppMessage({ early: true }));
  attempt("session data before the join", () => call.setMeetingSessionData({ early: true }));
  await call.join();
  note("state", call.meetingState());

  const echoed = until("app-message");
  attempt("send", () => call.sendAppMessage({ text: "hi" }));
  await echoed;
  attempt("send to one", () => call.sendAppMessage("x", "nobody"));
  attempt("send nothing", () => call.sendAppMessage(undefined));
  attempt("send too much", () => call.sendAppMessage("x".repeat(5_000)));
  attempt("send a BigInt", () => call.sendAppMessage({ n: 1n }));
  attempt("send a function", () => call.sendAppMessage({ f() {} }));
  attempt("send without the call", () =>
    Reflect.apply(Reflect.get(call, "sendAppMessage") as () => unknown, undefined, [1]),
  );

  await outcome("user data", () => call.setUserData({ hand: true }));
  await outcome("too much user data", () => call.setUserData("y".repeat(5_000)));
  // No one handles this one: the page must hear of it exactly as often as without us.
  void call.setUserData("z".repeat(5_000));
  const state = until(
    "meeting-session-state-updated",
    ({ meetingSessionState }) => "stage" in (meetingSessionState.data as object),
  );
  attempt("session data", () => call.setMeetingSessionData({ stage: 1 }));
  attempt("bad strategy", () => call.setMeetingSessionData({ a: 1 }, "deep" as "replace"));
  attempt("bad session data", () =>
    call.setMeetingSessionData([] as unknown as Record<string, unknown>),
  );
  await state;

  // Listeners run in order, a failing one stops the rest, and one-time listeners go away.
  const order: string[] = [];
  call.once("app-message", () => void order.push("once"));
  call.on("app-message", () => {
    order.push("fails");
    throw new Error("in a listener");
  });
  call.on("app-message", () => void order.push("never"));
  const count = () =>
    Reflect.apply(Reflect.get(call, "listenerCount") as (name: string) => number, call, [
      "app-message",
    ]);
  note("listeners", count());
  note(
    "emit",
    Reflect.apply(Reflect.get(call, "emit") as (name: string) => boolean, call, ["unknown-event"]),
  );
  try {
    Reflect.apply(Reflect.get(call, "emit") as (name: string, event: object) => boolean, call, [
      "app-message",
      { data: 1, fromId: "x" },
    ]);
  } catch (error) {
    note("emit threw", error);
  }
  note("order", order.join());
  note("listeners", count());

  await call.leave();
  await outcome("user data after leaving", () => call.setUserData({ later: true }));
  attempt("send after leaving", () => call.sendAppMessage("late"));
  await call.destroy();
  attempt("send after destroying", () => call.sendAppMessage("late"));
  note("messages", window.received.map(({ data }) => JSON.stringify(data)).join());
  note("unhandled", unhandled.join());
  return seen;
}
