import { type Signal, signal } from "@preact/signals";

import type { Command, CommandAction } from "../../extension/protocol/command";
import { type CallStanding, whyNot } from "../../core/daily/command-check";
import { shortText } from "../../core/lib/short-text";
import type { CallState } from "../../core/session/call-state";
import type { SessionLog } from "../../core/session/session-log";

/** How a command leaves the panel. Answers false when there is no connection. */
export type SendCommand = (documentId: string, command: Command) => boolean;

/** A command that was sent, newest last. Its outcome is in the log, under its id. */
export type SentCommand = {
  readonly commandId: string;
  readonly callId: string;
  readonly action: CommandAction;
  /** Of one that is repeated: this is the latest of so many. */
  readonly run?: Run;
};

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
  /** Sends a command. Answers why it did not, if so. */
  send(call: CallState | undefined, action: CommandAction): string | undefined;
  repeat(
    call: CallState | undefined,
    action: CommandAction,
    times: number,
    everyMs: number,
  ): string | undefined;
  stop(): void;
};

/** Sends what the user asks for. State never changes here: it does when Daily says so. */
export function createCommands(
  log: SessionLog,
  sendCommand: SendCommand,
  later: (run: () => void, delayMs: number) => unknown = setTimeout,
): Commands {
  const sent = signal<readonly SentCommand[]>([]);
  const repeating = signal<Repeating | undefined>(undefined);
  const ended = signal<string | undefined>(undefined);

  const documentOf = (callId: string) =>
    [...log.documents.values()].find(({ callIds }) => callIds.has(callId));

  function standing(call: CallState | undefined): CallStanding | undefined {
    return call && { ...call, isLive: documentOf(call.callId)?.isConnected ?? false };
  }

  function send(call: CallState | undefined, action: CommandAction, run?: Run): string | undefined {
    const problem = whyNot(action.kind, standing(call));
    if (problem !== undefined || !call) return problem;
    const command: Command = { commandId: crypto.randomUUID(), callId: call.callId, action };
    const documentId = documentOf(call.callId)?.documentId ?? "";
    if (!sendCommand(documentId, command)) return "The page of this call cannot be reached.";
    sent.value = listed(sent.value, run ? { ...command, run } : command);
    return undefined;
  }

  return {
    sent,
    repeating,
    ended,
    whyNot: (kind, call) => whyNot(kind, standing(call)),
    send: (call, action) => send(call, action),
    repeat(call, action, times, everyMs) {
      if (repeating.value)
        return `${repeating.value.what} is still being repeated: stop that first.`;
      ended.value = undefined;
      const delayMs = Math.min(LONGEST_EVERY_MS, Math.max(SHORTEST_EVERY_MS, everyMs || 0));
      const bounded = Math.max(1, Math.min(MAX_TIMES, Math.floor(times) || 1));
      const id = crypto.randomUUID();
      const problem = send(call, action, bounded === 1 ? undefined : { id, times: 1 });
      if (problem !== undefined || bounded === 1) return problem;
      const run: Repeating = { id, done: 1, times: bounded, what: whatOf(action) };
      repeating.value = run;
      const again = (last: Repeating) => {
        if (repeating.value !== last) return; // Stopped, or another run began.
        const next = { ...last, done: last.done + 1 };
        const now = call && log.calls.get(call.callId);
        const obstacle = send(now, action, { id, times: next.done });
        if (obstacle !== undefined) {
          ended.value = `Stopped after ${last.done} of ${last.times}: ${obstacle}`;
          repeating.value = undefined;
          return;
        }
        repeating.value = next.done < next.times ? next : undefined;
        if (next.done < next.times) later(() => again(next), delayMs);
      };
      later(() => again(run), delayMs);
      return undefined;
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
