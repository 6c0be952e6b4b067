import type { CallState } from "../../core/session/call-state";
import type { Commands, SentCommand } from "./commands";
import type { Entry } from "../../core/session/session-log";
import { undoOf } from "./undo";

export type Undos = {
  /** Whether a command took back another. */
  isUndo(command: SentCommand): boolean;
  /** Why a command cannot be taken back now; undefined when it can. */
  whyNot(command: SentCommand, call: CallState): string | undefined;
  /** Takes back a command. Answers why it did not, if so. */
  undo(command: SentCommand, call: CallState): string | undefined;
};

/** Takes back commands of the panel, and knows which of them did so. */
export function createUndos(
  commands: Commands,
  outcomes: Pick<ReadonlyMap<string, Entry>, "get">,
): Undos {
  const undoing = new WeakSet<SentCommand>();
  const undoFor = (command: SentCommand, call: CallState) =>
    undoOf(command, outcomes.get(command.commandId), call);
  return {
    isUndo: (command) => undoing.has(command),
    whyNot(command, call) {
      const asked = undoFor(command, call);
      return asked.ok ? commands.whyNot(asked.action.kind, call) : asked.reason;
    },
    undo(command, call) {
      const asked = undoFor(command, call);
      if (!asked.ok) return asked.reason;
      const refusal = commands.send(call, asked.action);
      const sent = commands.sent.peek().at(-1);
      if (refusal === undefined && sent) undoing.add(sent);
      return refusal;
    },
  };
}
