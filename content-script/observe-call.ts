import type { Command } from "../extension/protocol/command";
import type { MethodName } from "../extension/protocol/event";
import { clip, clipText } from "../extension/protocol/bounds";
import { toPayload } from "../extension/protocol/payload";
import { redactSecrets } from "../extension/protocol/redact";
import { type DailyCall, isConstructed, readCallId, readCount, readVersion } from "./daily-call";
import {
  describeArguments,
  describeEvent,
  describeRoom,
  everyone,
  isRecorded,
  optional,
} from "./describe-event";
import { describeError, traceAbove } from "./describe-error";
import type { Outbox } from "./outbox";
import { commandCall, performCall } from "./perform-command";
import { findLosses } from "./find-losses";
import { createParticipantWatch } from "./participant-watch";
import {
  assign,
  createWeakMap,
  dateNow,
  getPrototypeOf,
  hasOwn,
  is,
  performanceNow,
  random,
  startMicrotask,
} from "./primordials";
import { type CallObserver, type Observe, watchPromise, wrapMethod } from "./wrap-method";

const METHODS = ["emit", "sendAppMessage", "setUserData", "setMeetingSessionData"] as const;
type Wrapped = (typeof METHODS)[number];
type ObserveNamed = (
  name: Wrapped,
  args: readonly unknown[],
  called: unknown,
) => CallObserver | undefined;

/** Who observes which call object. */
const observers = createWeakMap<ObserveNamed>();
/** The prototypes whose methods are wrapped. */
const wrapped = createWeakMap<true>();
/** Each puts a method back. */
const unwraps: (() => void)[] = [];
/** Whether calls are left alone until the page is reloaded. */
export let isOff = false;

export type ObserveOptions = {
  readonly outbox: Outbox;
  /** Told when the call object turns out to be real, and with the address of a room when it has joined it. */
  readonly announced: (room?: string) => void;
  /** Told when daily-js drops the call object, so that no one else keeps it. */
  readonly destroyed: () => void;
  readonly report: (where: string, error: unknown, callId: string) => void;
};

export type ObservedCall = {
  /** Records all state of the call as it is now. */
  snapshot(): void;
  /** Whether this is the call with that id. */
  hasId(id: string): boolean;
  perform(command: Command): void;
};

/**
 * Records what one call object is asked to do and what it emits, as events in the outbox. Wraps the three methods and
 * `emit`; emitting is the only place where all events, their listeners and what those throw can be
 * seen, because daily-js swallows it. Nothing that goes wrong here reaches the page.
 */
export function observeCall(
  call: DailyCall,
  isCallObjectMode: boolean,
  options: ObserveOptions,
): ObservedCall {
  const { outbox, announced } = options;
  const watch = createParticipantWatch();
  const fallbackId = `${dateNow()}${random()}`;
  let callId: string | undefined;
  /** The panel's command that is being carried out right now. */
  let doing: { readonly commandId: string; readonly mark: unknown } | undefined;

  const report = (where: string, error: unknown) => options.report(where, error, callId ?? "");

  function callInfo() {
    const mode = isCallObjectMode ? ("call-object" as const) : ("prebuilt" as const);
    return { version: readVersion(call), mode, url: redactSecrets(clip(location.href)) };
  }

  /** The id of this call, whose first event comes before any other; undefined while the constructor runs. */
  function identify(): string | undefined {
    return callId ?? (isConstructed(call) ? begin("call-created") : undefined);
  }

  function begin(kind: "call-created" | "call-failed"): string {
    // Kept, because daily-js forgets its id on destroy().
    callId = readCallId(call) ?? fallbackId;
    outbox.push({ kind, callId, ...callInfo() });
    announced();
    return callId;
  }

  /** The id of the command that leads to a call with this value, once: what the page does in its turn is the page's. */
  function takeCommand(mark: unknown): string | undefined {
    if (!doing || !is(doing.mark, mark)) return undefined;
    const { commandId } = doing;
    doing = undefined;
    return commandId;
  }

  function observeEmit(args: readonly unknown[]): CallObserver | undefined {
    const [name, event] = [args[0], args[1]];
    if (!isRecorded(name)) return undefined;
    const id = identify();
    if (id === undefined) return undefined;
    // Before the listeners run, for they may change what was carried.
    const described = describeEvent(name, event, { call, watch });
    if (!described) return undefined;
    if (hasOwn(described, "room")) announced((described as { room: string }).room);
    const commandId = name === "app-message" ? takeCommand(event) : undefined;
    const listeners = readCount(call.listenerCount(name)) ?? 0;
    // One object all the way, for a copy with a spread costs as much as all the rest.
    const emitted = assign(described, {
      kind: "daily-event" as const,
      callId: id,
      listeners,
      handlerMs: 0,
    });
    const all = listeners > 1 ? call.listeners?.(name) : undefined;
    const sameListeners = all && countSame(all);
    if (sameListeners) assign(emitted, { sameListeners });
    if (commandId !== undefined) assign(emitted, { simulated: true, commandId });
    if (name === "call-instance-destroyed") options.destroyed();
    const slot = outbox.open();
    const startedAt = performanceNow();
    function complete(): void {
      emitted.handlerMs = performanceNow() - startedAt;
      slot.complete(emitted);
    }
    return {
      returned: (value) => (complete(), value),
      threw(error) {
        assign(emitted, { handlerError: describeError(error) });
        complete();
      },
    };
  }

  function observeMethod(
    method: MethodName,
    args: readonly unknown[],
    wrapper: unknown,
  ): CallObserver | undefined {
    const id = identify();
    if (id === undefined) return undefined;
    const trace = traceAbove(wrapper);
    const commandId = takeCommand(args[0]);
    const payload = toPayload(args[0]);
    const asked = assign(
      {
        kind: "method-called" as const,
        callId: id,
        method,
        payload,
        by: "page" as "page" | "panel",
        outcome: "returned" as "returned" | "threw",
      },
      describeArguments(call, method, args),
    );
    if (commandId !== undefined) assign(asked, { by: "panel", commandId });
    // What isn't JSON at all says so itself.
    const lost = payload.problem ? [] : findLosses(args[0], method === "setMeetingSessionData");
    if (lost.length > 0) assign(asked, { lost });
    // Opened last, for a slot that is never completed would hold up all later ones.
    const slot = outbox.open();
    return {
      returned(value) {
        slot.complete(asked, trace);
        return watchPromise(value, (settled) => recordSettled(id, method, slot.seq, settled));
      },
      threw(error) {
        slot.complete(assign(asked, { outcome: "threw", error: describeError(error) }), trace);
      },
    };
  }

  function recordSettled(
    id: string,
    method: MethodName,
    calledSeq: number,
    settled: { value: unknown } | { error: unknown },
  ): void {
    try {
      const common = { kind: "method-settled" as const, callId: id, method, calledSeq };
      if ("error" in settled) {
        outbox.push({ ...common, outcome: "rejected", error: describeError(settled.error) });
      } else {
        outbox.push({ ...common, outcome: "resolved", valueType: typeof settled.value });
      }
    } catch (error) {
      report(`${method} settled`, error);
    }
  }

  observers.set(call, (name, args, called) =>
    name === "emit" ? observeEmit(args) : observeMethod(name, args, called),
  );
  wrapMethods(call, options.report);
  startMicrotask(() => {
    try {
      if (identify() === undefined) begin("call-failed");
    } catch (error) {
      report("construction", error);
    }
  });

  return {
    hasId: (id) => id === callId,
    perform({ commandId, callId: of, action }) {
      let message: string | undefined;
      try {
        const asked = commandCall(action, call.callClientId);
        doing = { commandId, mark: asked.mark };
        message = performCall(call, asked);
        if (!doing) return;
        doing = undefined;
      } catch (error) {
        message = describeError(error).message;
      }
      // It never came to a call of Daily's own method, such as when the page has put a wrapper around it.
      message ??= "The page didn't pass it on to Daily.";
      outbox.push({ kind: "command-failed", callId: of, commandId, message });
    },
    snapshot() {
      const id = identify();
      if (id === undefined || !isConstructed(call)) return;
      const state = readState(call, watch);
      outbox.push({ kind: "call-snapshot", callId: id, ...callInfo(), ...state });
      announced(state.room);
    },
  };
}

/**
 * Wraps the methods where Daily's class has them, so that a call object itself looks as it does without us; on the call
 * object where it has its own. `emit`, which the class inherits from one that others may use, is put beside them.
 */
function wrapMethods(call: DailyCall, report: ObserveOptions["report"]): void {
  const home = holderOf(call, "sendAppMessage");
  for (let i = 0; i < METHODS.length; i++) {
    const name = METHODS[i] as Wrapped;
    const holder = hasOwn(call, name) ? call : home;
    if (holder === home && holder !== call && wrapped.get(home)) continue;
    const observe: Observe = (self, args, called) =>
      isOff ? undefined : observers.get(self as object)?.(name, args, called);
    // All calls of the class share the wrapper, so it belongs to none of them.
    const tell = (error: unknown) => report(name, error, "");
    const unwrap =
      wrapMethod(holder, name, observe, tell) ??
      // A frozen class: then on the call object itself.
      wrapMethod(call, name, observe, tell);
    if (unwrap) unwraps[unwraps.length] = unwrap;
  }
  wrapped.set(home, true);
}

/** Leaves all calls alone for good: puts their methods back, and what can't be put back passes calls on unseen. */
export function leaveCalls(): void {
  isOff = true;
  for (let i = 0; i < unwraps.length; i++) (unwraps[i] as () => void)();
}

/** The object in the chain of prototypes that has a method of its own. */
function holderOf(call: object, name: string): object {
  for (let each: object | null = call; each; each = getPrototypeOf(each))
    if (hasOwn(each, name)) return each;
  return call;
}

/** How many entries of a list are the same as one before them. A few listeners, so the plain way will do. */
function countSame(list: readonly unknown[]): number {
  let same = 0;
  for (let i = 1; i < list.length; i++)
    for (let j = 0; j < i; j++)
      if (list[i] === list[j]) {
        same++;
        break;
      }
  return same;
}

function readState(call: DailyCall, watch: ReturnType<typeof createParticipantWatch>) {
  const meetingState = clipText(call.meetingState?.()) ?? "";
  // Outside of a meeting this method throws.
  const session = meetingState === "joined-meeting" ? call.meetingSessionState?.() : undefined;
  const { data, topology } = (session ?? {}) as { data?: unknown; topology?: unknown };
  return {
    meetingState,
    participants: everyone(call.participants?.(), watch),
    ...(data !== undefined && { payload: toPayload(data) }),
    ...optional("topology", topology),
    ...describeRoom(call),
  };
}
