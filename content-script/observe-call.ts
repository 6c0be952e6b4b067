import type { Command } from "../extension/protocol/command";
import type { MethodName } from "../extension/protocol/event";
import { toPayload } from "../extension/protocol/payload";
import { redactSecrets } from "../extension/protocol/redact";
import { type DailyCall, isConstructed, readCallId, readVersion } from "./daily-call";
import { describeArguments } from "./describe-arguments";
import { describeError } from "./describe-error";
import { describeEvent, describeRoom, everyone, isRecorded } from "./describe-event";
import type { Outbox } from "./outbox";
import { commandCall, performCall } from "./perform-command";
import { findLosses } from "./find-losses";
import { createParticipantWatch } from "./participant-watch";
import { traceAbove } from "./trace";
import { type CallObserver, watchPromise, wrapMethod } from "./wrap-method";

export type ObserveOptions = {
  readonly outbox: Outbox;
  /** Told once, when the call object turns out to be real. */
  readonly announced: () => void;
  /** Told when daily-js lets go of the call object, so that nobody else keeps it. */
  readonly destroyed: () => void;
  readonly report: (where: string, error: unknown, callId: string) => void;
};

export type ObservedCall = {
  /** Records the whole state of the call as it is now. */
  snapshot(): void;
  /** Whether this is the call with that id. */
  hasId(id: string): boolean;
  perform(command: Command): void;
};

/**
 * Records what one call object is asked to do and what it emits, as events in the outbox. Wraps the three methods and
 * `emit` on the instance; emitting is the only place where all events, their listeners and what those throw can be
 * seen, because daily-js swallows it. Nothing that goes wrong here reaches the page.
 */
export function observeCall(
  call: DailyCall,
  isCallObjectMode: boolean,
  options: ObserveOptions,
): ObservedCall {
  const { outbox, announced } = options;
  const watch = createParticipantWatch();
  const fallbackId = `${Date.now()}${Math.random()}`;
  let callId: string | undefined;
  /** The panel's command that is being carried out right now. */
  let doing: { readonly commandId: string; readonly mark: unknown } | undefined;

  const report = (where: string) => (error: unknown) => options.report(where, error, callId ?? "");

  function callInfo() {
    const mode = isCallObjectMode ? ("call-object" as const) : ("prebuilt" as const);
    return { version: readVersion(call), mode, url: redactSecrets(location.href) };
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
    if (!doing || !Object.is(doing.mark, mark)) return undefined;
    const { commandId } = doing;
    doing = undefined;
    return commandId;
  }

  function observeEmit([name, event]: readonly unknown[]): CallObserver | undefined {
    if (!isRecorded(name)) return undefined;
    const id = identify();
    if (id === undefined) return undefined;
    // Before the listeners run, for they may change what was carried.
    const described = describeEvent(name, event, { call, watch });
    if (!described) return undefined;
    const commandId = name === "app-message" ? takeCommand(event) : undefined;
    const listeners = call.listenerCount(name);
    // One object all the way, for a copy with a spread costs as much as all the rest.
    const emitted = Object.assign(described, {
      kind: "daily-event" as const,
      callId: id,
      listeners,
      handlerMs: 0,
    });
    const all = listeners > 1 ? call.listeners?.(name) : undefined;
    const sameListeners = all && all.length - new Set(all).size;
    if (sameListeners) Object.assign(emitted, { sameListeners });
    if (commandId !== undefined) Object.assign(emitted, { simulated: true, commandId });
    if (name === "call-instance-destroyed") options.destroyed();
    const slot = outbox.open();
    const startedAt = performance.now();
    function complete(): void {
      emitted.handlerMs = performance.now() - startedAt;
      slot.complete(emitted);
    }
    return {
      returned: (value) => (complete(), value),
      threw(error) {
        Object.assign(emitted, { handlerError: describeError(error) });
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
    const asked = Object.assign(
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
    if (commandId !== undefined) Object.assign(asked, { by: "panel", commandId });
    // What is no JSON at all says so itself.
    const lost = payload.problem ? [] : findLosses(args[0], method === "setMeetingSessionData");
    if (lost.length > 0) Object.assign(asked, { lost });
    // Opened last, for a slot that is never completed would hold up all later ones.
    const slot = outbox.open();
    return {
      returned(value) {
        slot.complete(asked, trace);
        return watchPromise(value, (settled) => recordSettled(id, method, slot.seq, settled));
      },
      threw(error) {
        slot.complete(
          Object.assign(asked, { outcome: "threw", error: describeError(error) }),
          trace,
        );
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
      report(`${method} settled`)(error);
    }
  }

  wrapMethod(call, "emit", observeEmit, report("emit"));
  for (const method of ["sendAppMessage", "setUserData", "setMeetingSessionData"] as const) {
    wrapMethod(
      call,
      method,
      (args, wrapper) => observeMethod(method, args, wrapper),
      report(method),
    );
  }
  queueMicrotask(() => {
    try {
      if (identify() === undefined) begin("call-failed");
    } catch (error) {
      report("construction")(error);
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
      message ??= "The page did not hand it on to Daily.";
      outbox.push({ kind: "command-failed", callId: of, commandId, message });
    },
    snapshot() {
      const id = identify();
      if (id === undefined || !isConstructed(call)) return;
      outbox.push({ kind: "call-snapshot", callId: id, ...callInfo(), ...readState(call, watch) });
    },
  };
}

function readState(call: DailyCall, watch: ReturnType<typeof createParticipantWatch>) {
  const state = call.meetingState?.();
  const meetingState = typeof state === "string" ? state : "";
  // Outside of a meeting this method throws.
  const session = meetingState === "joined-meeting" ? call.meetingSessionState?.() : undefined;
  const { data, topology } = (session ?? {}) as { data?: unknown; topology?: unknown };
  return {
    meetingState,
    participants: everyone(call.participants?.(), watch),
    ...(data !== undefined && { payload: toPayload(data) }),
    ...(typeof topology === "string" && { topology }),
    ...describeRoom(call),
  };
}
