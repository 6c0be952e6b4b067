import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Command, CommandAction } from "../../extension/protocol/command";
import { type CallStanding, whyNot } from "../../core/daily/command";
import { shortText } from "../../core/lib/texts";
import type { CallState } from "../../core/session/call-state";
import { tabOf } from "../../core/session/people";
import type { SessionLog } from "../../core/session/session-log";

/** How a command leaves the panel. Returns false when there is no connection. */
export type SendCommand = (documentId: string, command: Command) => boolean;

/** A command that was sent, newest last. Its outcome is in the log, under its id. */
export type SentCommand = {
  readonly commandId: string;
  readonly callId: string;
  readonly action: CommandAction;
  /** Of one that is repeated: this is the latest of so many. */
  readonly run?: Run;
};

/** What became of asking for a command: its id, or why it was not sent. */
export type Sent =
  | { readonly ok: true; readonly commandId: string }
  | { readonly ok: false; readonly reason: string };

export const refuse = (reason: string) => ({ ok: false, reason }) as const;

type Run = { readonly id: string; readonly times: number };

/** A repeated command: bounded, and stopped by hand or when the call can no longer take it. */
type Repeating = {
  readonly id: string;
  readonly done: number;
  readonly times: number;
  readonly what: string;
};

const MAX_SENT = 100;
export const MAX_TIMES = 100;
export const SHORTEST_EVERY_MS = 50;
export const LONGEST_EVERY_MS = 60_000;

export type Commands = {
  readonly sent: Signal<readonly SentCommand[]>;
  readonly repeating: Signal<Repeating | undefined>;
  /** Why the last repetition ended before its time; undefined when it did not. */
  readonly ended: Signal<string | undefined>;
  /** Why a command would be refused before it is sent; undefined when it would not. */
  readonly whyNot: (kind: CommandAction["kind"], call: CallState | undefined) => string | undefined;
  send(call: CallState | undefined, action: CommandAction): Sent;
  /** Sends a command, and again until it was sent so often. */
  repeat(call: CallState | undefined, action: CommandAction, times: number, everyMs: number): Sent;
  stop(): void;
};

const RECORDED = "This is a recording: there is no page to send it to.";

const OFF = "The inspector is off on this page. Reload the page to send.";

const RECORDED_SEAT = "This is from a recording: there is no page to send it from.";

/**
 * Sends what the user asks for, while the page's own session is shown. State never changes here: it does when Daily
 * says so.
 */
export function createCommands(
  log: SessionLog,
  sendCommand: SendCommand,
  isLive: ReadonlySignal<boolean> = signal(true),
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
): Commands {
  const sent = signal<readonly SentCommand[]>([]);
  const repeating = signal<Repeating | undefined>(undefined);
  const ended = signal<string | undefined>(undefined);

  const documentOf = (callId: string) =>
    [...log.documents.values()].find(({ callIds }) => callIds.has(callId));

  function standing(call: CallState | undefined): CallStanding | undefined {
    if (!call) return undefined;
    const isLive = documentOf(call.callId)?.isConnected ?? false;
    return { ...call, isLive, tab: call.isOfSeat ? tabOf(call) : undefined };
  }

  function obstacleTo(kind: CommandAction["kind"], call: CallState | undefined) {
    const document = documentOf(call?.callId ?? "");
    if (document?.isOff) return OFF;
    return document?.seat?.origin.kind === "recording"
      ? RECORDED_SEAT
      : whyNot(kind, standing(call));
  }

  function dispatch(call: CallState | undefined, action: CommandAction, run?: Run): Sent {
    const problem = obstacleTo(action.kind, call);
    if (problem !== undefined || !call) return refuse(problem ?? "");
    const command: Command = { commandId: crypto.randomUUID(), callId: call.callId, action };
    const documentId = documentOf(call.callId)?.documentId ?? "";
    if (!sendCommand(documentId, command))
      return refuse("The page of this call cannot be reached.");
    sent.value = listed(sent.value, run ? { ...command, run } : command);
    return { ok: true, commandId: command.commandId };
  }

  /** The next of a run, until it is done, stopped, or the call can't take it any more. */
  function goOn(last: Repeating, callId: string, action: CommandAction, delayMs: number): void {
    if (repeating.value !== last) return; // Stopped, or another run began.
    const next = { ...last, done: last.done + 1 };
    const result = dispatch(log.calls.get(callId), action, { id: last.id, times: next.done });
    if (!result.ok) ended.value = `Stopped after ${last.done} of ${last.times}: ${result.reason}`;
    const isOver = !result.ok || next.done >= next.times;
    repeating.value = isOver ? undefined : next;
    if (!isOver) later(() => goOn(next, callId, action, delayMs), delayMs);
  }

  return {
    sent,
    repeating,
    ended,
    whyNot: (kind, call) => (isLive.value ? obstacleTo(kind, call) : RECORDED),
    send: (call, action) => (isLive.value ? dispatch(call, action) : refuse(RECORDED)),
    repeat(call, action, times, everyMs) {
      if (!isLive.value) return refuse(RECORDED);
      if (repeating.value)
        return refuse(`${repeating.value.what} is still being repeated: stop that first.`);
      ended.value = undefined;
      const bounded = Math.max(1, Math.min(MAX_TIMES, Math.floor(times) || 1));
      if (bounded === 1) return dispatch(call, action);
      const delayMs = Math.min(LONGEST_EVERY_MS, Math.max(SHORTEST_EVERY_MS, everyMs || 0));
      const id = crypto.randomUUID();
      const first = dispatch(call, action, { id, times: 1 });
      if (!first.ok || !call) return first;
      const run: Repeating = { id, done: 1, times: bounded, what: whatOf(action) };
      repeating.value = run;
      later(() => goOn(run, call.callId, action, delayMs), delayMs);
      return first;
    },
    stop: () => void (repeating.value = undefined),
  };
}

/** A run takes one place in the list, the one that it began with: a hundred of it must not push out what can be undone. */
function listed(sent: readonly SentCommand[], command: SentCommand): readonly SentCommand[] {
  const { run } = command;
  const isSameRun = (each: SentCommand) => run !== undefined && each.run?.id === run.id;
  return sent.some(isSameRun)
    ? sent.map((each) => (isSameRun(each) ? command : each))
    : [...sent.slice(1 - MAX_SENT), command];
}

const NAMES = {
  "send-app-message": "the message",
  "receive-app-message": "the simulated message",
  "set-user-data": "the user data",
  "set-meeting-session-data": "the session data",
} as const;

/** What is repeated, in a few words: `the message {"n":1}`. */
const whatOf = ({ kind, json }: CommandAction): string =>
  `${NAMES[kind]} ${shortText(json ?? "", 20)}`;
